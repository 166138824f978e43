import { dayFlagsIn, withDayFlag } from '../figures/person-entries.ts';
import type { UseCase } from '../http/serve.ts';
import { roleAmong } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { yearOf } from '../runtime/calendar.ts';
import { claimsOf, sheetIdOf } from '../sheets/claims.ts';
import { noEntry, noSheet } from './change-entries.ts';
import type { participation } from './contract.ts';
import { readableLines } from './read-access.ts';
import { sheetHead } from './sheet-answer.ts';

/** Costs the reads of a sheet that is there, so that the time of a refusal does not tell of it. */
const missing = { ...noSheet, entries: new Map([[noEntry.volunteerId, noEntry]]) };

/** A sheet as it is, or as it was at a version. */
export const readSheet: UseCase<typeof participation.readSheet> = async (request) => {
  const { id } = request.params;
  const { version: asked } = request.query;
  const sheets = aggregate('sheet');
  const found = await (asked === undefined ? sheets.find(id) : sheets.findAt(id, asked));
  const entries = await readableLines(request, found?.state ?? missing);
  if (!found) throw new Rejection('not-found', { what: 'sheet', id });
  const { state, version } = found;
  // What a sheet said at a version does not change; a day may be flagged later.
  const ofDays =
    asked === undefined
      ? await dayFlagsIn(yearOf(state.place.serviceDate))
      : new Map<never, never>();
  const shown = entries.map((entry) => ({
    ...entry,
    flags: withDayFlag(entry.flags, ofDays.get(`${id}|${entry.volunteerId}`)),
  }));
  return { body: { ...sheetHead(id, state, version), entries: shown }, version };
};

/** The sheets of an activity, by day. Which there are says nothing about anybody, but is for staff. */
export const listSheets: UseCase<typeof participation.listSheets> = async ({ actor, params }) => {
  const { id } = params;
  if (!roleAmong(actor, 'district-admin', 'verifier', 'organiser', 'auditor'))
    throw new Rejection('forbidden');
  await aggregate('activity').get(id);
  const items = (await claimsOf(id)).map((claim) => ({
    id: sheetIdOf(id, claim),
    serviceDate: claim.date,
    number: claim.number,
  }));
  return { body: { items: items.sort((a, b) => (a.id < b.id ? -1 : 1)) } };
};
