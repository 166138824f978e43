/** What a resident identity number says. */
export interface ResidentId {
  /** 18 characters, `X` in upper case. */
  readonly number: string;
  readonly birthDate: string;
  readonly sex: 'female' | 'male';
}

export type ResidentIdFault =
  | 'format'
  | 'masked'
  | 'old-number'
  | 'foreign'
  | 'foreign-format'
  | 'region'
  | 'birth-date'
  | 'check-digit';

/**
 * The first two digits (GB/T 2260); 81 to 83 are used on residence permits for Hong Kong, Macau and
 * Taiwan.
 */
const provinces = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/** The 18th character, computed from the 17 digits before it (ISO 7064, MOD 11-2). */
export const checkCharacterOf = (digits: string): string => {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return checkCharacters[sum % 11] ?? '';
};

const isDate = (date: string): boolean => {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
};

/**
 * A document's number in normal form: capitals, plain digits, no blanks, hyphens or invisible
 * characters.
 */
export const normalNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}\u2212]/gu, '')
    .toUpperCase();

/**
 * Characters written in place of the check character X: a multiplication sign, a star, the Cyrillic
 * or Greek letter.
 */
const writtenForX = /(?<=^\d{17})[×✕✖*ХΧ]$/u;

/** Reads the parts common to all 18-character numbers: birth date, sex and check character. */
const readDigits = (number: string, today: string): ResidentId | ResidentIdFault => {
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isDate(birthDate) || birthDate < '1900-01-01' || birthDate > today) return 'birth-date';
  if (checkCharacterOf(number) !== number[17]) return 'check-digit';
  return { number, birthDate, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
};

/**
 * Reads a resident identity number (GB 11643-1999): 17 digits and a check character. Digits 7 to 14
 * are the birth date; the 17th is odd for men.
 *
 * @param today a birth date after it, or before 1900, is refused
 */
export const readResidentId = (text: string, today: string): ResidentId | ResidentIdFault => {
  const number = normalNumber(text).replace(writtenForX, 'X');
  if (/^\d{15}$/.test(number)) return 'old-number';
  if (/^\d+[*X]{3,}/.test(number)) return 'masked';
  if (!/^\d{17}[\dX]$/.test(number)) return 'format';
  if (number.startsWith('9')) return 'foreign';
  if (!provinces.test(number)) return 'region';
  return readDigits(number, today);
};

/**
 * Reads the number of a foreigner's permanent resident card in the form of GA 2102-2023: a 9, 2
 * digits for the region, 3 for the nationality, then as in a resident identity number.
 */
export const readForeignId = (text: string, today: string): ResidentId | ResidentIdFault => {
  const number = normalNumber(text).replace(writtenForX, 'X');
  return /^9\d{16}[\dX]$/.test(number) ? readDigits(number, today) : 'foreign-format';
};
