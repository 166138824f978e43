/** The parts of a certificate's number, as digits. */
export interface NumberParts {
  /** Six digits of the administrative division. */
  readonly division: string;
  /** Four digits of the recording unit. */
  readonly issuer: string;
  readonly year: string;
  /** Six digits. */
  readonly serial: string;
}

/** The remainder of a number of any length, digit by digit. */
const modulo97 = (digits: string): number =>
  [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);

const written = (digits: string): string =>
  [
    digits.slice(0, 6),
    digits.slice(6, 10),
    digits.slice(10, 14),
    digits.slice(14, 20),
    digits.slice(20),
  ].join('-');

/** The number of these parts with its check digits, by ISO 7064 MOD 97-10 over all digits. */
export const numberOf = ({ division, issuer, year, serial }: NumberParts): string => {
  const digits = `${division}${issuer}${year}${serial}`;
  const check = 98 - modulo97(`${digits}00`);
  return written(`${digits}${String(check).padStart(2, '0')}`);
};

/**
 * A number as somebody typed it, with or without hyphens and blanks, in the form in which it is kept. Undefined
 * for a number that was mistyped: another count of digits, or check digits that do not fit. One wrong digit and two
 * neighbours that changed places are always found.
 */
export const readNumber = (text: string): string | undefined => {
  const digits = text.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^\d{22}$/.test(digits) && modulo97(digits) === 1 ? written(digits) : undefined;
};
