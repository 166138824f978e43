import { isSameName } from '../people/names.ts';
import type { Person } from '../people/person.ts';
import type { Column } from './heading-words.ts';

/** What a row of a list, or a record, says about somebody. */
export interface Listed {
  readonly person: Person;
  readonly areaId: string;
  /** False for a row that names no area, and has the one of the whole import. */
  readonly hasArea: boolean;
  readonly tags: readonly string[];
  readonly serviceCategories: readonly string[];
}

const isWithin = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.every((each) => other.includes(each));
const squeezed = (text = ''): string => text.normalize('NFKC').replace(/\s/g, '');
const differ = (given: string | undefined, before: string | undefined): boolean =>
  given !== undefined && given !== before;

/**
 * The columns in which a row differs from the record or has more. Columns missing in the row are
 * ignored.
 */
export const differencesOf = (given: Listed, before: Listed): readonly Column[] => {
  const [{ guardian, ...own }, record] = [given.person, before.person];
  const { relation } = guardian ?? {};
  const differs: readonly (readonly [Column, boolean])[] = [
    ['name', !isSameName(own.name, record.name)],
    ['sex', differ(own.sex, record.sex)],
    ['birthDate', differ(own.birthDate, record.birthDate)],
    ['documentType', differ(own.idDocument?.type, record.idDocument?.type)],
    ['documentNumber', differ(own.idDocument?.number, record.idDocument?.number)],
    ['phone', differ(own.phone, record.phone)],
    ['address', own.address !== undefined && squeezed(own.address) !== squeezed(record.address)],
    ['skills', !isWithin(own.skills, record.skills)],
    ['guardianName', guardian !== undefined && !isSameName(guardian.name, record.guardian?.name)],
    ['guardianPhone', differ(guardian?.phone, record.guardian?.phone)],
    // A list without relations has `other` for all of them.
    ['guardianRelation', relation !== 'other' && differ(relation, record.guardian?.relation)],
    ['guardianNumber', differ(guardian?.idDocument?.number, record.guardian?.idDocument?.number)],
    ['area', given.hasArea && given.areaId !== before.areaId],
    ['tags', !isWithin(given.tags, before.tags)],
    ['serviceCategories', !isWithin(given.serviceCategories, before.serviceCategories)],
  ];
  return differs.flatMap(([column, isDifferent]) => (isDifferent ? [column] : []));
};

/** The columns in which two people with one number contradict each other, so that they are two. */
export const contradictionsOf = (given: Person, before: Person): readonly Column[] => {
  const contradict = (one: string | undefined, other: string | undefined): boolean =>
    other !== undefined && differ(one, other);
  const found: readonly (readonly [Column, boolean])[] = [
    ['name', !isSameName(given.name, before.name)],
    ['documentType', contradict(given.idDocument?.type, before.idDocument?.type)],
    ['birthDate', contradict(given.birthDate, before.birthDate)],
    ['sex', contradict(given.sex, before.sex)],
  ];
  return found.flatMap(([column, isFound]) => (isFound ? [column] : []));
};

const hasSameNumber = ({ idDocument }: Person, before: Person): boolean =>
  idDocument !== undefined && idDocument.number === before.idDocument?.number;

/**
 * Whether a row describes the person of a record, or of an earlier row, whose id is derived from the
 * same ID number, or without one from the same phone and name. `another`: somebody else holds that
 * number, or that phone and name. `neither`: the record was corrected and holds them no longer. A
 * person may change their phone. The rule is the table in docs/import.md.
 */
export const samePerson = (given: Person, before: Person): 'same' | 'another' | 'neither' => {
  const isHeld = given.idDocument
    ? hasSameNumber(given, before)
    : isSameName(given.name, before.name);
  if (!isHeld) return 'neither';
  return contradictionsOf(given, before).length > 0 ? 'another' : 'same';
};

/** Whether a record holds the row's ID number for somebody else. */
export const isNumberOfAnother = (given: Person, before: Person): boolean =>
  hasSameNumber(given, before) && contradictionsOf(given, before).length > 0;

/** Whether two people have the same phone but different names. */
export const isPhoneOfAnother = (given: Person, before: Person): boolean =>
  given.phone !== undefined && given.phone === before.phone && !isSameName(given.name, before.name);
