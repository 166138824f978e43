import type { DomainEvent } from '../../events/catalogue.ts';
import { entriesOf } from '../../events/participation.ts';
import type { StarTerms } from '../../events/stars.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { entriesOfPerson } from '../figures/person-entries.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { isActive } from '../people/active.ts';
import { acceptedSurvivorOf, countedWith } from '../people/own-record.ts';
import { starIdOf } from '../people/stars.ts';
import { orRejection, Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { find } from './decider.ts';
import { snapshotFor } from './snapshot.ts';
import { checkTenure, countedUntil, neededMinutes, termsOf } from './terms.ts';

/** The highest level of the policy that the Views say somebody has reached, of those for which nobody is selected. */
const reached = async (
  volunteerId: string,
  volunteer: Volunteer,
  today: string,
): Promise<{ readonly level: number; readonly terms: StarTerms } | undefined> => {
  const policy = settings().stars;
  const until = countedUntil(policy, today);
  const known = await entriesOfPerson(countedWith(volunteerId, volunteer, { own: true }));
  const minutes = known
    .filter(({ status, serviceDate }) => status === 'verified' && serviceDate <= until)
    .reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0);
  const open = policy.levels.filter(({ selected }) => !selected).toReversed();
  for (const each of open) {
    const terms = termsOf(policy, each);
    const tenure = await orRejection(() => checkTenure(terms, volunteer, until));
    if (neededMinutes(terms) <= minutes && !(tenure instanceof Rejection))
      return { level: each.level, terms };
  }
  return undefined;
};

/** Finds the star of one person, if there is one that nobody has begun. */
const findStarOf = async (record: string, cause: DomainEvent): Promise<void> => {
  const { id: volunteerId, volunteer } = await acceptedSurvivorOf(record);
  if (!volunteer || !isActive(volunteer)) return;
  const today = localDateOf(Date.parse(cause.recordedAt), settings().timezone);
  const next = await reached(volunteerId, volunteer, today);
  if (!next) return;
  const { level, terms } = next;
  const id = starIdOf(volunteerId, level);
  if (await aggregate('star').find(id)) return;
  // The Ledger decides: the Views may have counted what was voided a moment ago.
  const snapshot = await orRejection(() => snapshotFor(volunteerId, volunteer, terms, today));
  if (snapshot instanceof Rejection) return;
  const { areaId } = volunteer;
  await aggregate('star').execute(id, {
    request: followUp(cause),
    authorise: () => cause.actor.role,
    authoriseAbsent: () => cause.actor.role,
    begin: () => find({ volunteerId, level, areaId, terms, snapshot, today }),
    // Somebody nominated meanwhile.
    decide: () => null,
  });
};

/**
 * Where stars are found by the hours alone: finds the highest level that each person of an event has reached by it. Below
 * a level that was begun, granted or declined nothing is found any more.
 */
export const findStars = async (event: DomainEvent<'HoursVerified'>): Promise<void> => {
  if (settings().stars.by !== 'automatic') return;
  for (const { volunteerId } of entriesOf(event.data)) await findStarOf(volunteerId, event);
};
