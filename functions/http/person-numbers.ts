/** The numbers of persons, as digits with nothing between them. */

/** A mobile number, also with the code of China or a zero before it. */
export const isMobile = (digits: string): boolean => /^(?:(?:00)?86|0)?1[3-9]\d{9}$/.test(digits);

/** A landline with its area code. */
export const isLandline = (digits: string): boolean =>
  /^(?:(?:00)?86)?0(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}$/.test(digits);

const province = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)';
const born = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const residentId = new RegExp(
  `^${province}\\d{4}(?:(?:18|19|20)\\d{2}${born}\\d{3}[\\dX]|\\d{2}${born}\\d{3})$`,
);
/**
 * A resident ID number of 18 or of 15 digits. The check digit is not verified, because a number with
 * a typing error reveals just as much.
 */
const isResidentId = (digits: string): boolean => residentId.test(digits);

/** A bank card, by the digits with which most begin. */
export const isBankCard = (digits: string): boolean => /^(?:62|43|52|95)\d{14,17}$/.test(digits);

/** The check digit of cards (ISO/IEC 7812, Luhn). */
const isLuhn = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0) %
    10 ===
  0;

/** Cards of other countries than China: beginnings and lengths. */
const foreignCard =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7]|6[05])\d{14}|35\d{14}|3[47]\d{13}|3[0689]\d{12})$/;

/**
 * A bank card of 13 to 19 digits: by its beginning, or for cards that begin as other numbers do by its
 * check digit too.
 */
export const isCard = (digits: string): boolean =>
  isBankCard(digits) || (foreignCard.test(digits) && isLuhn(digits));

export const isMobileOrId = (digits: string): boolean => isMobile(digits) || isResidentId(digits);
