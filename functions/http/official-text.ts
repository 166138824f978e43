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

type Path = readonly PropertyKey[];

/** The paths of the texts in a value that `text` is true of; and of what has a key that `key` is true of. */
const pathsIn = (
  value: unknown,
  is: { readonly text: (text: string) => boolean; readonly key: (key: string) => boolean },
  path: Path = [],
): readonly Path[] => {
  if (typeof value === 'string') return is.text(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    is.key(key) ? [path] : pathsIn(inner, is, [...path, key]),
  );
};

/** The paths of all texts in a value that have somebody's number in them, keys included. */
export const numbersIn = (value: unknown): readonly Path[] =>
  pathsIn(value, {
    text: (text) => !uuid.test(text) && namesSomebody(text),
    key: namesSomebody,
  });

/** Half a character, or a control character that is no tab and no line break. */
const unfit = /[[\p{Cs}\p{Cc}]--[\t\n\r]]/v;
export const unfitText =
  '含有控制字符或不完整的字符 / has control characters, or half of a character';

/** The paths of all texts in a value that a store, a bus or a page would not take. */
export const unfitIn = (value: unknown): readonly Path[] =>
  pathsIn(value, { text: (text) => unfit.test(text), key: () => false });

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
