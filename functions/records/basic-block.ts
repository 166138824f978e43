import type { Volunteer } from '../../events/volunteers.ts';
import { type Leave, openPerson } from '../people/people.ts';
import type { Names } from './read-blocks.ts';
import type { Basic } from './record-answer.ts';

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** The number of an ID document, which is an object with a number, or the number itself. */
const numberOf = (document: unknown): string | null =>
  text(
    typeof document === 'object' && document !== null
      ? (document as { number?: unknown }).number
      : document,
  );

/** All but the last four characters become asterisks; all do when there are at most four. */
const masked = (number: string): string =>
  number.length > 4 ? number.slice(-4).padStart(number.length, '*') : '*'.repeat(number.length);

/** Skills as entered: a list or a text. */
const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((each) => text(each) ?? []);

/** A volunteer's personal fields, by one read and one call of KMS; null when there are none. */
export const readPerson = async (leave: Leave) => (await openPerson(leave))?.fields ?? null;

/** @param whole whether the reader may see the ID document's whole number */
export const basicBlock = (
  person: Awaited<ReturnType<typeof readPerson>>,
  { areaId, serviceCategories, tags, registeredOn }: Volunteer,
  names: Names,
  whole: boolean,
): Basic => {
  const idDocument = numberOf(person?.idDocument);
  return {
    name: text(person?.name),
    sex: text(person?.sex),
    birthDate: text(person?.birthDate),
    idDocument: idDocument === null || whole ? idDocument : masked(idDocument),
    phone: text(person?.phone),
    skills: listOf(person?.skills),
    areaId,
    area: names.area(areaId),
    serviceCategories,
    tags,
    registeredOn,
  };
};
