/** What a resident identity number says by itself. */
export interface ResidentId {
  /** 18 characters, `X` in upper case. */
  readonly number: string;
  readonly birthDate: string;
  readonly sex: 'female' | 'male';
}

export type ResidentIdFault = 'format' | 'check-digit' | 'birth-date';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

const isDate = (date: string): boolean => {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
};

/**
 * Reads a resident identity number (GB 11643-1999): 17 digits and a check character by ISO 7064
 * MOD 11-2; digits 7 to 14 are the birth date, the 17th is odd for men.
 *
 * @param today no one is born after it; nor before 1900
 */
export const readResidentId = (text: string, today: string): ResidentId | ResidentIdFault => {
  const number = text.trim().toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return 'format';
  const sum = weights.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  if (checkCharacters[sum % 11] !== number[17]) return 'check-digit';
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isDate(birthDate) || birthDate < '1900-01-01' || birthDate > today) return 'birth-date';
  return { number, birthDate, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
};
