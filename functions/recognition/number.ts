import { hasCheckDigits, withCheckDigits } from '../runtime/check-digits.ts';

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

const written = (digits: string): string =>
  [
    digits.slice(0, 6),
    digits.slice(6, 10),
    digits.slice(10, 14),
    digits.slice(14, 20),
    digits.slice(20),
  ].join('-');

/** The number of these parts with its check digits. */
export const numberOf = ({ division, issuer, year, serial }: NumberParts): string =>
  written(withCheckDigits(`${division}${issuer}${year}${serial}`));

/**
 * A number as somebody typed it, with or without hyphens and blanks, in the form in which it is kept. Undefined
 * for a number that was mistyped: another count of digits, or check digits that do not fit.
 */
export const readNumber = (text: string): string | undefined => {
  const digits = text.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^\d{22}$/.test(digits) && hasCheckDigits(digits) ? written(digits) : undefined;
};
