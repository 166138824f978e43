import { maxCertifiedEntries } from '../../events/recognition.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { entriesOfPerson } from '../figures/person-entries.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { countedWith } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { type VerifiedEntries, verifiedEntries } from '../sheets/verified-entries.ts';
import { overlap } from './decider.ts';
import { readRegister } from './register.ts';

/** Requests that are made at the same time. */
const lanes = 10;

/** Whose service is certified, by which recording unit, and of which days. */
export interface Certified {
  readonly volunteerId: string;
  readonly issuerId: string;
  readonly from: string;
  readonly until: string;
}

/** Sheets whose entries another unit has certified for the person, in a certificate that is good. */
const certifiedByOthers = async (wanted: Certified): Promise<ReadonlySet<string>> => {
  const { certificates } = await readRegister(wanted.volunteerId);
  const near = certificates.filter(
    (each) => each.issuerId !== wanted.issuerId && overlap(each, wanted),
  );
  const sheets = await inParallel(lanes, near, async ({ id }) => {
    const other = await aggregate('certificate').stateNow(id);
    return other?.status === 'issued' ? other.entries.map(({ sheetId }) => sheetId) : [];
  });
  return new Set(sheets.flat());
};

/**
 * The verified entries with hours of a person's days at the activities that a unit records. The Views say on which
 * sheets the person stands, and may miss what was entered a moment ago; what counts is read from the Ledger. An activity
 * may have got another recording unit meanwhile: what a good certificate of another unit says is certified once.
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
  const elsewhere = await certifiedByOthers({ volunteerId, issuerId, from, until });
  const candidates = ofDays
    .filter(({ sheetId, activityId }) => byUnit.has(activityId) && !elsewhere.has(sheetId))
    .toReversed();
  const count = candidates.length;
  if (count > maxCertifiedEntries)
    throw new Rejection('too-many-entries', { count, most: maxCertifiedEntries });
  const snapshot = await verifiedEntries(volunteerId, candidates);
  if (snapshot.entries.length === 0) throw new Rejection('nothing-to-certify');
  return snapshot;
};
