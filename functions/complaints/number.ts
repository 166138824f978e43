import { hasCheckDigits, withCheckDigits } from '../runtime/check-digits.ts';

/** `yymmdd-nnnnnnnn-cc`: the day, eight digits that say nothing, and two check digits. */
export const complaintNumber = /^\d{6}-\d{8}-\d{2}$/;

const written = (digits: string): string =>
  [digits.slice(0, 6), digits.slice(6, 14), digits.slice(14)].join('-');

/**
 * @param day the local date, `yyyy-mm-dd`
 * @param random eight bytes or more
 */
export const newNumber = (day: string, random: Uint8Array): string => {
  const value = Buffer.from(random).readBigUInt64BE() % 100_000_000n;
  const date = day.slice(2).replaceAll('-', '');
  return written(withCheckDigits(`${date}${String(value).padStart(8, '0')}`));
};

/** A number as people type it, with hyphens where they belong; undefined when a digit of it is wrong. */
export const readNumber = (typed: string): string | undefined => {
  const digits = typed.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  return /^\d{16}$/.test(digits) && hasCheckDigits(digits) ? written(digits) : undefined;
};
