import type { RowFlag } from '../../events/imports.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { load } from '../ledger/ledger.ts';
import { livesOf } from '../people/lives.ts';
import { isSameName } from '../people/names.ts';
import { survivorOf } from '../people/own-record.ts';
import { personKey, readSealed, volunteersWith } from '../people/people.ts';
import { type Person, person } from '../people/person.ts';
import { isAnother, isPhoneOfAnother, isSamePerson } from './compare-people.ts';
import { mayImportInto } from './policy.ts';

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

type Row = { readonly volunteerId: string; readonly person: Person };

interface Place {
  /**
   * `repeated`: the command itself registered the row's person. `known`: an earlier row or list did.
   * `new`: nobody did, and the id is free. `another`: the row's ID number belongs to somebody with
   * another name, and nobody may be registered.
   */
  readonly is: 'repeated' | 'known' | 'new' | 'another';
  readonly volunteerId: string;
  readonly isDeactivated: boolean;
  /** Whether a record that was registered like this row was corrected to another person since. */
  readonly isAfterCorrected: boolean;
  /** What the record holds; for a new one, what the row does. */
  readonly record: Person;
}

/**
 * Looks for the row's person under the ids that are derived from the row, one after the other. A
 * record that is over, or was corrected to another person, is passed by, so the row's person has the
 * next id, the same each time. Consistent.
 */
const placeOf = async (
  { volunteerId: first, person: given }: Row,
  key?: string,
): Promise<Place> => {
  let known: Place | undefined;
  let isTaken = false;
  let isAfterCorrected = false;
  for await (const { id, volunteer, isOver, isRepeat } of livesOf(first, key)) {
    const before = volunteer && !isOver ? await readPerson(id) : undefined;
    const isDeactivated = volunteer?.status === 'deactivated';
    const place = { volunteerId: id, isDeactivated, isAfterCorrected, record: before ?? given };
    if (isRepeat) return { is: 'repeated', ...place };
    if (!volunteer) return known ?? { is: isTaken ? 'another' : 'new', ...place };
    if (!before) continue;
    if (isSamePerson(given, before)) known ??= { is: 'known', ...place, isAfterCorrected: false };
    else isAfterCorrected = true;
    isTaken ||= isAnother(given, before);
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
 * Two people are never one by a number alone: a record is the row's own only if the names are the
 * same.
 * @param key the idempotency key with which the row is registered
 * @throws Problem `record-unreadable`
 */
export const standingOf = async (row: Row, key?: string): Promise<Standing> => {
  const { person: given } = row;
  const { is, volunteerId, record, isDeactivated, isAfterCorrected } = await placeOf(row, key);
  const others = await othersLike(given, volunteerId);
  const claims = others.filter(({ person: other }) => isAnother(given, other));
  const areUnchecked = await Promise.all(claims.map(({ id }) => isUnchecked(id)));
  const namesakes = others.filter(({ person: other }) => isSameName(given.name, other.name));
  const areMerged = await Promise.all(namesakes.map(({ id }) => isMerged(id, volunteerId)));
  const isRefused = is === 'new' && areUnchecked.includes(false);
  const flags: readonly (readonly [RowFlag, boolean])[] = [
    ['deactivated', isDeactivated],
    ['corrected-record', isAfterCorrected],
    ['claimed-number', areUnchecked.includes(true)],
    ['possible-duplicate', areMerged.includes(false)],
    ['shared-phone', others.some(({ person: other }) => isPhoneOfAnother(given, other))],
  ];
  return {
    is: isRefused ? 'another' : is,
    volunteerId,
    record,
    flags: flags.flatMap(([flag, isRaised]) => (isRaised ? [flag] : [])),
  };
};

/**
 * What an actor may know of a known record: neither its state nor how it differs from the list, if
 * they do not work in its area. A list would otherwise tell whether a guessed address or phone is
 * that of somebody whose record is closed. At most four reads, and only if there is something.
 */
export const shownTo = async <Name extends string>(
  actor: Actor,
  volunteerId: string,
  { differs, flags }: { readonly differs: readonly Name[]; readonly flags: readonly RowFlag[] },
) => {
  if (differs.length === 0 && !flags.includes('deactivated')) return { differs, flags };
  const volunteer = await aggregate('volunteer').stateNow(volunteerId);
  const inArea = volunteer !== undefined && (await worksIn(actor, volunteer.areaId));
  return mayImportInto(actor, { inArea })
    ? { differs, flags }
    : { differs: [], flags: flags.filter((flag) => flag !== 'deactivated') };
};
