import { maxCertifiedEntries } from '../../events/recognition.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { entriesOfPerson } from '../figures/person-entries.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { countedWith } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { type VerifiedEntries, verifiedEntries } from '../sheets/verified-entries.ts';

/** Requests that are made at the same time. */
const lanes = 10;

/** Whose service is certified, by which recording unit, and of which days. */
export interface Certified {
  readonly volunteerId: string;
  readonly issuerId: string;
  readonly from: string;
  readonly until: string;
}

/**
 * The verified entries with hours of a person's days at the activities that a unit records. The Views say on which
 * sheets the person stands, and may miss what was entered a moment ago; what counts is read from the Ledger.
 * @throws Rejection `nothing-to-certify`, `too-many-entries`
 */
export const snapshotOf = async (
  { volunteerId, issuerId, from, until }: Certified,
  volunteer: Pick<Volunteer, 'mergedFrom'>,
): Promise<VerifiedEntries> => {
  const known = await entriesOfPerson(countedWith(volunteerId, volunteer, { own: true }));
  const ofDays = known.filter(({ serviceDate }) => serviceDate >= from && serviceDate <= until);
  const activityIds = [...new Set(ofDays.map(({ activityId }) => activityId))];
  const recorded = await inParallel(lanes, activityIds, async (id) => {
    const activity = await aggregate('activity').stateNow(id);
    return activity?.recordingUnitId === issuerId ? [id] : [];
  });
  const byUnit = new Set(recorded.flat());
  const candidates = ofDays.filter(({ activityId }) => byUnit.has(activityId)).toReversed();
  const count = candidates.length;
  if (count > maxCertifiedEntries)
    throw new Rejection('too-many-entries', { count, most: maxCertifiedEntries });
  const snapshot = await verifiedEntries(volunteerId, candidates);
  if (snapshot.entries.length === 0) throw new Rejection('nothing-to-certify');
  return snapshot;
};
