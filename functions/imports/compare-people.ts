import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { lifeOf } from '../people/lives.ts';
import { isSameName } from '../people/names.ts';
import { personKey, readSealed, volunteersWith } from '../people/people.ts';
import { type Person, person } from '../people/person.ts';
import type { Column } from './heading-words.ts';
import { mayImportInto } from './policy.ts';

const known = person.strip();

const readPerson = async (volunteerId: string): Promise<Person | undefined> => {
  const record = await readSealed(personKey(volunteerId));
  return record && known.parse(record.fields);
};

const isSame = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.every((each) => other.includes(each));
const squeezed = (text = ''): string => text.normalize('NFKC').replace(/\s/g, '');

/**
 * The columns in which a list differs from the record or has more. Columns missing in the list are
 * ignored.
 */
export const differencesOf = (given: Person, before: Person): readonly Column[] => {
  const { guardian } = given;
  const differs: readonly (readonly [Column, boolean])[] = [
    ['name', !isSameName(given.name, before.name)],
    ['sex', given.sex !== undefined && given.sex !== before.sex],
    ['birthDate', given.birthDate !== undefined && given.birthDate !== before.birthDate],
    [
      'documentNumber',
      given.idDocument !== undefined && given.idDocument.number !== before.idDocument?.number,
    ],
    ['phone', given.phone !== undefined && given.phone !== before.phone],
    [
      'address',
      given.address !== undefined && squeezed(given.address) !== squeezed(before.address),
    ],
    ['skills', !isSame(given.skills, before.skills)],
    ['guardianName', guardian !== undefined && !isSameName(guardian.name, before.guardian?.name)],
    ['guardianPhone', guardian !== undefined && guardian.phone !== before.guardian?.phone],
  ];
  return differs.flatMap(([column, isDifferent]) => (isDifferent ? [column] : []));
};

/** Whether two people share a document's number but have different names. */
export const isAnother = (given: Person, before: Person): boolean =>
  given.idDocument !== undefined &&
  given.idDocument.number === before.idDocument?.number &&
  !isSameName(given.name, before.name);

/**
 * The differences that an actor may know: none for a record of an area where they do not work. A list
 * would otherwise tell whether a guessed address or phone is that of somebody whose record is closed.
 * At most four reads, and only if there are differences.
 */
export const differencesFor = async <Name extends string>(
  actor: Actor,
  volunteerId: string | undefined,
  differs: readonly Name[],
): Promise<readonly Name[]> => {
  if (volunteerId === undefined || differs.length === 0) return differs;
  const volunteer = await aggregate('volunteer').stateNow(volunteerId);
  const inArea = volunteer !== undefined && (await worksIn(actor, volunteer.areaId));
  return mayImportInto(actor, { inArea }) ? differs : [];
};

type Row = { readonly volunteerId: string; readonly person: Person };

/**
 * Compares a row with its person's own record, from an earlier list. Consistent.
 * @throws Problem `record-unreadable`
 */
export const compareWithOwn = async ({ volunteerId, person: given }: Row) => {
  const before = await readPerson(volunteerId);
  return {
    isAnother: before !== undefined && isAnother(given, before),
    differs: before ? differencesOf(given, before) : [],
  };
};

/**
 * Compares a row with all records that have its number, its own among them. One query, and a read
 * for each record; eventually consistent.
 * @throws Problem `record-unreadable`
 */
export const compareWithKnown = async (row: Row) => {
  const { idDocument, phone } = row.person;
  const found = idDocument
    ? await volunteersWith('id-number', idDocument.number)
    : await volunteersWith('phone', phone ?? '');
  // A person who was erased and registered again has another id since.
  const isFirst = found.length === 0 || found.includes(row.volunteerId);
  const own = isFirst ? row.volunteerId : await lifeOf(row.volunteerId, undefined);
  const others = await Promise.all(found.filter((id) => id !== own).map((id) => readPerson(id)));
  const people = others.flatMap((other) => other ?? []);
  return {
    /** The id under which the row's person is registered; undefined when they are not. */
    registeredAs: found.includes(own) ? own : undefined,
    isAnother: people.some((other) => isAnother(row.person, other)),
    /** Whether another record has the same name. */
    hasDuplicate: people.some(({ name }) => isSameName(name, row.person.name)),
    /** Whether a record with another name has the same phone. */
    sharesPhone:
      idDocument === undefined && people.some(({ name }) => !isSameName(name, row.person.name)),
  };
};
