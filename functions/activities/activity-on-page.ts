import { toShow } from '../../events/sheet-sums.ts';
import { mayReadPlace } from '../access/reading.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { claimsOf, sheetIdOf } from '../sheets/claims.ts';
import { sumsOf } from '../sheets/sheet.ts';
import type { activities } from './contract.ts';
import { mayReadOutcome } from './policy.ts';

type Request = Parameters<UseCase<typeof activities.activityPage>>[0];

/** Sheets that are read for a page, unless it asks for one. */
const maxRead = 10;
/** Sheets that are read at a time. */
const lanes = 3;

/** A sheet's lines and sums, for whoever may read the whole sheet. */
const readLines = async (actor: Request['actor'], id: string) => {
  const sheet = await aggregate('sheet').stateNow(id);
  if (!sheet || !(await mayReadPlace(actor, sheet.place))) return null;
  return { sums: toShow(sumsOf(sheet)), lines: [...sheet.entries.values()] };
};

/**
 * An activity with its sheets, for those who may read its outcome, who may also list its sheets. A sheet that they may
 * not read as a whole, or that the page does not show, has no lines.
 */
export const activityPage: UseCase<typeof activities.activityPage> = async ({
  actor,
  params: { id },
  query: { sheet: asked },
}) => {
  if (!mayReadOutcome(actor)) throw new Rejection('forbidden');
  const { state } = await aggregate('activity').get(id);
  const sheets = (await claimsOf(id))
    .map((claim) => ({
      ...{ id: sheetIdOf(id, claim), serviceDate: claim.date, number: claim.number },
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const wanted = sheets.filter((each) => asked === undefined || each.id === asked);
  if (asked !== undefined && wanted.length === 0)
    throw new Rejection('not-found', { what: 'sheet', id: asked });
  const read = await inParallel(lanes, wanted.slice(0, maxRead), async (sheet) => {
    return [sheet.id, await readLines(actor, sheet.id)] as const;
  });
  const linesOf = new Map(read);
  return {
    body: {
      ...state,
      id,
      sheets: sheets.map((sheet) => ({ ...sheet, read: linesOf.get(sheet.id) ?? null })),
    },
  };
};
