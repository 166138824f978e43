import type { RowFlag } from '../../events/imports.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { load } from '../ledger/ledger.ts';
import { livesOf } from '../people/lives.ts';
import { isSameName } from '../people/names.ts';
import { survivorOf } from '../people/own-record.ts';
import { personKey, readSealed, volunteersWith } from '../people/people.ts';
import { type Person, person } from '../people/person.ts';
import { isNumberOfAnother, isPhoneOfAnother, type Listed, samePerson } from './compare-people.ts';
import { mayImportInto } from './policy.ts';
import type { WaitingRow } from './waiting-rows.ts';

const known = person.strip();

const readPerson = async (volunteerId: string): Promise<Person | undefined> => {
  const record = await readSealed(personKey(volunteerId));
  return record && known.parse(record.fields);
};

/**
 * Whether a record was only ever written by its own person: they registered themselves, and no staff
 * corrected it, checked a credential for it or merged a record into it. Anybody can register
 * themselves with any number, so such a record says nothing about whose number it is.
 */
const isUnchecked = async (volunteerId: string): Promise<boolean> => {
  const events = (await load({ type: 'volunteer', id: volunteerId })).map(({ event }) => event);
  return events.every(
    ({ type, data, actor }) =>
      'volunteer' in data &&
      data.volunteer.registeredBy === 'self' &&
      type !== 'CredentialVerified' &&
      type !== 'DuplicateMerged' &&
      (type !== 'PersonalDataCorrected' || actor.role === 'volunteer'),
  );
};

type Row = Pick<WaitingRow, 'volunteerId' | 'repeats'> & Listed;

interface Place {
  /**
   * `repeated`: the command itself registered the row's person. `known`: an earlier row or list did.
   * `new`: nobody did, and the id is free. `another`: the row's ID number, or its name and phone,
   * belong to somebody else, and nobody may be registered.
   */
  readonly is: 'repeated' | 'known' | 'new' | 'another';
  readonly volunteerId: string;
  /** What the record holds, or the one it was merged into; for a new one, what the row does. */
  readonly record: Listed;
  readonly flags: readonly RowFlag[];
}

/** What a record holds, or the one it was merged into, and its state. */
const heldBy = async (id: string, volunteer: Volunteer, own: Person) => {
  const isMerged = volunteer.mergedInto !== null;
  const survivor = isMerged ? await survivorOf(id) : id;
  const state = (isMerged && (await aggregate('volunteer').stateNow(survivor))) || volunteer;
  const { areaId, tags, serviceCategories } = state;
  const person = (isMerged ? await readPerson(survivor) : own) ?? {};
  const flags: RowFlag[] = [];
  if (state.status === 'deactivated') flags.push('deactivated');
  if (isMerged) flags.push('merged');
  return { record: { person, areaId, hasArea: true, tags, serviceCategories }, flags };
};

/**
 * Looks for the row's person under the ids that are derived from the row, one after the other. A
 * record that is over, or was corrected to another person, is passed by, so the row's person has the
 * next id, the same each time. Consistent.
 */
const placeOf = async (row: Row, key?: string): Promise<Place> => {
  let known: Place | undefined;
  let isTaken = false;
  let corrected: readonly RowFlag[] = [];
  for await (const { id, volunteer, isOver, isRepeat } of livesOf(row.volunteerId, key)) {
    const before = volunteer && !isOver ? await readPerson(id) : undefined;
    const held =
      volunteer && before ? await heldBy(id, volunteer, before) : { record: row, flags: [] };
    if (isRepeat)
      return { is: 'repeated', volunteerId: id, ...held, flags: [...held.flags, ...corrected] };
    if (!volunteer)
      return (
        known ?? { is: isTaken ? 'another' : 'new', volunteerId: id, ...held, flags: corrected }
      );
    if (!before) continue;
    const found = samePerson(row.person, before);
    if (found === 'same') known ??= { is: 'known', volunteerId: id, ...held };
    if (found === 'another') isTaken = true;
    if (found === 'neither') corrected = ['corrected-record'];
  }
  throw new Error('the last id is free');
};

/** The records with the row's ID number or phone, but for its own. Eventually consistent. */
const othersLike = async ({ idDocument, phone }: Person, own: string) => {
  const found = await Promise.all([
    idDocument ? volunteersWith('id-number', idDocument.number) : [],
    phone === undefined ? [] : volunteersWith('phone', phone),
  ]);
  const ids = [...new Set(found.flat())].filter((id) => id !== own);
  return Promise.all(ids.map(async (id) => ({ id, person: (await readPerson(id)) ?? {} })));
};

/** Whether staff merged two records into one. */
const isMerged = async (one: string, other: string): Promise<boolean> =>
  (await survivorOf(one)) === (await survivorOf(other));

export type Standing = Pick<Place, 'is' | 'volunteerId' | 'record'> & {
  readonly flags: readonly RowFlag[];
};

/**
 * Whether a row's person is registered, and which other records staff should compare with theirs.
 * Two people are never one by a number alone: the rule is `samePerson`.
 * @param key the idempotency key with which the row is registered
 * @throws Problem `record-unreadable`
 */
export const standingOf = async (row: Row, key?: string): Promise<Standing> => {
  const { person: given, repeats } = row;
  const { is, volunteerId, record, flags } = await placeOf(row, key);
  const others = await othersLike(given, volunteerId);
  const claims = others.filter(({ person: other }) => isNumberOfAnother(given, other));
  const areUnchecked = await Promise.all(claims.map(({ id }) => isUnchecked(id)));
  const namesakes = others.filter(({ person: other }) => isSameName(given.name, other.name));
  const areMerged = await Promise.all(namesakes.map(({ id }) => isMerged(id, volunteerId)));
  const isHeld = is === 'new' && areUnchecked.includes(false);
  // An earlier row may say less than this one, and so fit a record that this one contradicts.
  const isContradicted =
    repeats !== undefined && samePerson(repeats.own.person, record.person) === 'another';
  const byOthers: readonly (readonly [RowFlag, boolean])[] = [
    ['claimed-number', areUnchecked.includes(true)],
    ['possible-duplicate', areMerged.includes(false)],
    ['shared-phone', others.some(({ person: other }) => isPhoneOfAnother(given, other))],
  ];
  return {
    is: isHeld || isContradicted ? 'another' : is,
    volunteerId,
    record,
    flags: [...flags, ...byOthers.flatMap(([flag, isRaised]) => (isRaised ? [flag] : []))],
  };
};

/** Flags that tell the state of a record. */
const states: readonly RowFlag[] = ['deactivated', 'merged'];

/**
 * What an actor may know of a known record: neither its state nor how it differs from the list, if
 * they do not work in its area. A list would otherwise tell whether a guessed address or phone is
 * that of somebody whose record is closed. For a merged record, the id is that of the record that
 * it was merged into. At most a few reads, and only if there is something.
 */
export const shownTo = async <Name extends string>(
  actor: Actor,
  given: {
    readonly volunteerId: string;
    readonly differs: readonly Name[];
    readonly flags: readonly RowFlag[];
  },
): Promise<typeof given> => {
  const { volunteerId, differs, flags } = given;
  if (differs.length === 0 && !flags.some((flag) => states.includes(flag))) return given;
  const id = flags.includes('merged') ? await survivorOf(volunteerId) : volunteerId;
  const volunteer = await aggregate('volunteer').stateNow(id);
  const inArea = volunteer !== undefined && (await worksIn(actor, volunteer.areaId));
  return mayImportInto(actor, { inArea })
    ? { volunteerId: id, differs, flags }
    : { volunteerId, differs: [], flags: flags.filter((flag) => !states.includes(flag)) };
};
