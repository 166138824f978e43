import type { Person } from './person.ts';
import {
  normalNumber,
  type ResidentId,
  type ResidentIdFault,
  readForeignId,
  readResidentId,
} from './resident-id.ts';

type Document = NonNullable<Person['idDocument']>;

/** A document's normalised number, and what it says about its holder, if anything. */
export type ReadDocument = Pick<ResidentId, 'number'> & Partial<ResidentId>;

/** The forms of numbers that say nothing about their holder, by document. */
const forms = {
  passport: /^(?=.*\d)[A-Z0-9]{5,17}$/,
  // A letter for Hong Kong or Macau, 8 digits for the holder, and on older cards 2 for the issue.
  'hk-macau-permit': /^[HM]\d{8}(?:\d{2})?$/,
  'taiwan-permit': /^\d{8}(?:\d{2})?$/,
} as const;

export type DocumentFault = ResidentIdFault | keyof typeof forms;

/** The form before GA 2102-2023: the nationality's three letters, and 12 digits. */
const oldForeignId = /^[A-Z]{3}\d{12}$/;

/**
 * Reads the number of a document.
 * @param today a birth date after it is refused
 */
export const readDocument = (
  { type, number: text }: Document,
  today: string,
): ReadDocument | DocumentFault => {
  if (type === 'resident-id') return readResidentId(text, today);
  const number = normalNumber(text);
  if (type === 'foreign-permanent-resident-id')
    return oldForeignId.test(number) ? { number } : readForeignId(text, today);
  return forms[type].test(number) ? { number } : type;
};

/** The document with numbers of this form, when there is only one; 8 digits may belong to several. */
export const documentTypeOf = (text: string): Document['type'] | undefined => {
  const number = normalNumber(text);
  if (oldForeignId.test(number) || /^9\d{16}[\dX]$/.test(number))
    return 'foreign-permanent-resident-id';
  return forms['hk-macau-permit'].test(number) ? 'hk-macau-permit' : undefined;
};
