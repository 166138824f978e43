import { isSameName } from '../people/names.ts';
import type { Person } from '../people/person.ts';
import type { Column } from './heading-words.ts';

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
 * Whether a row describes the person of a record whose id is derived from the row's ID number, or
 * from its phone and name. The name must be the same, and so must the ID number if the row has one:
 * the record may have been corrected to somebody else. A person may change their phone.
 */
export const isSamePerson = (given: Person, before: Person): boolean =>
  isSameName(given.name, before.name) &&
  (given.idDocument === undefined || given.idDocument.number === before.idDocument?.number);

/** Whether two people have the same phone but different names. */
export const isPhoneOfAnother = (given: Person, before: Person): boolean =>
  given.phone !== undefined && given.phone === before.phone && !isSameName(given.name, before.name);
