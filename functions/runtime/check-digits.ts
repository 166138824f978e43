/** The remainder of a number of any length, digit by digit. */
const modulo97 = (digits: string): number =>
  [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);

/**
 * Digits with two check digits behind them, by ISO 7064 MOD 97-10: one wrong digit and two neighbours that changed
 * places are always found.
 */
export const withCheckDigits = (digits: string): string =>
  `${digits}${String(98 - modulo97(`${digits}00`)).padStart(2, '0')}`;

/** Whether the last two of these digits are the check digits of the others. */
export const hasCheckDigits = (digits: string): boolean =>
  /^\d{3,}$/.test(digits) && withCheckDigits(digits.slice(0, -2)) === digits;
