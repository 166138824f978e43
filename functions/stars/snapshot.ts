import { maxCertifiedEntries } from '../../events/recognition.ts';
import type { StarTerms } from '../../events/stars.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { entriesOfPerson } from '../figures/person-entries.ts';
import { countedWith } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { verifiedEntries } from '../sheets/verified-entries.ts';
import type { StarSnapshot } from './decider.ts';
import { checkHours, countedUntil, neededMinutes } from './terms.ts';

/**
 * The oldest verified entries of a person that make up the hours of a star. The Views say on which sheets the person
 * stands, and may miss what was entered a moment ago; what counts is read from the Ledger.
 * @throws Rejection `star-hours-missing`, `too-many-entries`
 */
export const snapshotFor = async (
  volunteerId: string,
  volunteer: Pick<Volunteer, 'mergedFrom'>,
  terms: StarTerms,
  today: string,
): Promise<StarSnapshot> => {
  const until = countedUntil(terms, today);
  const known = await entriesOfPerson(countedWith(volunteerId, volunteer, { own: true }));
  const candidates = known.filter(({ serviceDate }) => serviceDate <= until).toReversed();
  const found = await verifiedEntries(volunteerId, candidates, neededMinutes(terms));
  checkHours(terms, found);
  const count = found.entries.length;
  if (count > maxCertifiedEntries)
    throw new Rejection('too-many-entries', { count, most: maxCertifiedEntries });
  return { countedUntil: until, ...found };
};
