import type { Volunteer } from '../../events/volunteers.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isActive } from '../people/active.ts';
import { isUnchecked } from '../people/checked-number.ts';
import type { IndexKind } from '../people/keys.ts';
import { nameIn } from '../people/names.ts';
import { acceptedSurvivorOf } from '../people/own-record.ts';
import { volunteersWith } from '../people/people.ts';
import { normalPhone, phoneFault } from '../people/phone.ts';
import { normalNumber } from '../people/resident-id.ts';
import { wasRegisteredOn } from '../people/spells.ts';
import { Rejection } from '../refusals/decision.ts';

export interface Person {
  readonly id: string;
  readonly volunteer: Volunteer;
}

/** How a line of a roll names its person: by one of these. */
export interface Named {
  readonly volunteerId?: string | undefined;
  readonly phone?: string | undefined;
  readonly idNumber?: string | undefined;
  /** Beside a number: the name that the roll has. */
  readonly name?: string | undefined;
}

/** The record under which somebody is entered for an id that was given. */
const readPerson = async (given: string): Promise<Person | undefined> => {
  // May be a moment old; a refusal is based on a consistent read.
  const recent = await aggregate('volunteer').stateNow(given, false);
  if (recent && isActive(recent)) return { id: given, volunteer: recent };
  const { id, volunteer } = await acceptedSurvivorOf(given);
  return volunteer && { id, volunteer };
};

/** Whoever takes part now, or did on that day: what somebody gave before they left may be entered late. */
const mayStandOn = (date: string, volunteer: Volunteer): boolean =>
  isActive(volunteer) || (volunteer.status !== 'erased' && wasRegisteredOn(volunteer, date));

/** Whether a person's own record, in the area where it is, has this name. */
const isCalled = async ({ id, volunteer }: Person, name: string): Promise<boolean> =>
  (await volunteersWith('name', nameIn(volunteer.areaId, name))).includes(id);

/**
 * The one person with a number whom the actor may know. Anybody can claim any number, so a number leads to
 * nobody while another record has it, wherever that one is; unless only one of them was ever checked by
 * staff. Of people out of reach the answer is that of a number that nobody has.
 * @param name if the roll has it: then the number leads to somebody of this name only
 */
const withNumber = async (
  actor: Actor,
  date: string,
  [kind, value]: readonly [IndexKind, string],
  name: string | undefined,
): Promise<Person> => {
  const holders = new Map<string, Person>();
  for (const person of await Promise.all((await volunteersWith(kind, value)).map(readPerson)))
    if (person && person.volunteer.status !== 'erased') holders.set(person.id, person);
  const all = [...holders.values()];
  const areUnchecked =
    all.length > 1 ? await Promise.all(all.map(({ id }) => isUnchecked(id))) : [false];
  const [only, ...others] = all.filter((_, at) => !areUnchecked[at]);
  if (!only || others.length > 0 || !mayStandOn(date, only.volunteer))
    throw new Rejection('nobody-with-number');
  const isWithinReach =
    actor.roles.includes('district-admin') || (await worksIn(actor, only.volunteer.areaId));
  if (!isWithinReach || (name !== undefined && !(await isCalled(only, name))))
    throw new Rejection('nobody-with-number');
  return only;
};

/**
 * Who is meant, for an actor who may enter people for that day.
 * @throws Rejection `unknown-reference`, `volunteer-not-active`, `nobody-with-number`, `invalid-value` for what is no number
 */
export const findPerson = async (
  actor: Actor,
  date: string,
  { volunteerId, phone, idNumber, name }: Named,
): Promise<Person> => {
  if (volunteerId !== undefined) {
    const person = await readPerson(volunteerId);
    // Staff may enter whoever came; a partner's machine knows people of its areas only.
    const isWithinReach =
      person && (!actor.isSigned || (await worksIn(actor, person.volunteer.areaId)));
    if (!isWithinReach)
      throw new Rejection('unknown-reference', { what: 'volunteer', id: volunteerId });
    const { status } = person.volunteer;
    if (!mayStandOn(date, person.volunteer))
      throw new Rejection('volunteer-not-active', { status });
    return person;
  }
  if (phone === undefined)
    return withNumber(actor, date, ['id-number', normalNumber(idNumber ?? '')], name);
  const number = normalPhone(phone);
  if (number === undefined) {
    const [zh, en] = phoneFault(phone);
    throw new Rejection('invalid-value', { zh, en });
  }
  return withNumber(actor, date, ['phone', number], name);
};
