import type { Volunteer } from '../../events/volunteers.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isActive } from '../people/active.ts';
import type { IndexKind } from '../people/keys.ts';
import { survivorOf } from '../people/own-record.ts';
import { volunteersWith } from '../people/people.ts';
import { normalPhone, phoneFault } from '../people/phone.ts';
import { normalNumber } from '../people/resident-id.ts';
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
}

/** The record under which somebody is entered: of a merged record, the one that stays. */
const readPerson = async (given: string): Promise<Person | undefined> => {
  // May be a moment old; a refusal is based on a consistent read.
  const volunteer = await aggregate('volunteer').stateNow(given, false);
  if (volunteer && isActive(volunteer)) return { id: given, volunteer };
  const id = await survivorOf(given);
  const now = await aggregate('volunteer').stateNow(id);
  return now && { id, volunteer: now };
};

/**
 * The one person with a number whom the actor may know. Of people out of reach the answer is that of a
 * number that nobody has.
 */
const withNumber = async (actor: Actor, kind: IndexKind, value: string): Promise<Person> => {
  const people = await Promise.all((await volunteersWith(kind, value)).map(readPerson));
  const known = new Map<string, Person>();
  for (const person of people) {
    if (!person || !isActive(person.volunteer)) continue;
    const isWithinReach =
      actor.roles.includes('district-admin') || (await worksIn(actor, person.volunteer.areaId));
    if (isWithinReach) known.set(person.id, person);
  }
  const [only, ...others] = known.values();
  if (!only || others.length > 0) throw new Rejection('nobody-with-number');
  return only;
};

/**
 * Who is meant, for an actor who may enter people.
 * @throws Rejection `unknown-reference`, `nobody-with-number`, `invalid-value` for what is no number
 */
export const findPerson = async (
  actor: Actor,
  { volunteerId, phone, idNumber }: Named,
): Promise<Person> => {
  if (volunteerId !== undefined) {
    const person = await readPerson(volunteerId);
    if (!person) throw new Rejection('unknown-reference', { what: 'volunteer', id: volunteerId });
    return person;
  }
  if (phone === undefined) return withNumber(actor, 'id-number', normalNumber(idNumber ?? ''));
  const number = normalPhone(phone);
  if (number === undefined) {
    const [zh, en] = phoneFault(phone);
    throw new Rejection('invalid-value', { zh, en });
  }
  return withNumber(actor, 'phone', number);
};
