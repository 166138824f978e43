import * as z from 'zod';

const gap = '[\\s-]{0,2}';
const day = '(?:0[1-9]|[12]\\d|3[01])';
const month = '(?:0[1-9]|1[0-2])';

/**
 * A mobile number, a resident ID number of 18 digits and one of 15, however they are spaced. The
 * check digit is not looked at: a number with a slip in it tells just as much.
 */
const personal = [
  `(?:(?:00)?86${gap})?1[3-9]\\d${gap}\\d{4}${gap}\\d{4}`,
  `[1-9]\\d{5}${gap}(?:18|19|20)\\d{2}${gap}${month}${gap}${day}${gap}\\d{3}[\\dX]`,
  `[1-9]\\d{5}${gap}\\d{2}${month}${day}${gap}\\d{3}`,
].map((pattern) => new RegExp(`(?<!\\d)${pattern}(?!\\d)`, 'i'));

/** Whether a text has a mobile or resident ID number in it, in full-width digits too. */
export const namesSomebody = (text: string): boolean => {
  // Compatibility forms become plain ones; what has no width cannot split a number.
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return personal.some((pattern) => pattern.test(plain));
};

export const nobodysNumber =
  '不得填写身份证号码或手机号码；个人信息只在志愿者档案中登记 / no ID or mobile numbers: personal data have their own place';

/** A UUID names nobody, and one in thousands would look as if it did. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The paths of all texts in a value that have somebody's number in them, keys included. */
export const numbersIn = (
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly (readonly PropertyKey[])[] => {
  if (typeof value === 'string') return !uuid.test(value) && namesSomebody(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    namesSomebody(key) ? [path] : numbersIn(inner, [...path, key]),
  );
};

/**
 * A short text of an official act, which stays in the Ledger for good: trimmed, not blank, at most
 * `max` characters, and with nobody's number in it.
 */
export const officialText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !namesSomebody(text), { message: nobodysNumber });
