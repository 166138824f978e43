import type { Fact } from '../../events/catalogue.ts';
import type { Sheet } from '../../events/participation.ts';
import { type AlsoAppend, aggregate, type Versioned } from '../ledger/aggregate.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { type Claim, claimsOf, noFurtherSheet, sheetIdOf } from './claims.ts';

/**
 * A transaction has 100 actions: the activity's event, one for each sheet, and the check that no further
 * sheet began.
 */
const maxSheets = 98;

/** Streams that are read at the same time. */
const lanes = 16;

interface FoundSheet extends Versioned<Sheet> {
  readonly id: string;
}

/** Sheets of an activity, as the Ledger has them. */
export interface SheetsOfActivity {
  /** All of its sheets. */
  readonly claims: readonly Claim[];
  /** Those that a command concerns, whole. */
  readonly sheets: readonly FoundSheet[];
}

/**
 * Reads those sheets of an activity that a command concerns; by default all.
 * @throws Rejection `too-many-sheets` when one transaction could not write them
 */
export const sheetsOf = async (
  activityId: string,
  concerns: (claim: Claim) => boolean = () => true,
): Promise<SheetsOfActivity> => {
  const claims = await claimsOf(activityId);
  const concerned = claims.filter(concerns);
  if (concerned.length > maxSheets)
    throw new Rejection('too-many-sheets', { sheets: concerned.length, most: maxSheets });
  const sheets = await inParallel(lanes, concerned, async (claim) => {
    const id = sheetIdOf(activityId, claim);
    return { id, ...(await aggregate('sheet').get(id)) };
  });
  return { claims, sheets };
};

/** What is written together with an activity's event. */
export interface WithSheets {
  readonly appends: readonly AlsoAppend[];
  readonly writes: readonly AlsoWrite[];
}

/**
 * An event on each of the sheets, also where it changes nothing: whoever writes on a sheet at the
 * same time then reads the activity again. And a check that no further sheet began.
 */
export const onEachSheet = (
  activityId: string,
  { claims, sheets }: SheetsOfActivity,
  factOf: (sheet: Sheet) => Fact,
): WithSheets => ({
  appends: sheets.map(({ id, state, version }) => ({
    type: 'sheet',
    id,
    version,
    fact: factOf(state),
  })),
  writes: [noFurtherSheet(activityId, claims)],
});
