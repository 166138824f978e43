import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { certificateNumber } from '../../../events/recognition.ts';
import { numberOf, readNumber } from '../../../functions/recognition/number.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const numbers = fc
  .record({ division: digits(6), issuer: digits(4), year: digits(4), serial: digits(6) })
  .map(numberOf);

const withDigit = (number: string, at: number, digit: string): string =>
  number.slice(0, at) + digit + number.slice(at + 1);

/** Where the digits of a number stand. */
const places = (number: string): readonly number[] =>
  [...number].flatMap((each, at) => (each === '-' ? [] : [at]));

/** Every number with one digit that is another one. */
const mistyped = (number: string): readonly string[] =>
  places(number).flatMap((at) =>
    [...'0123456789']
      .filter((digit) => digit !== number[at])
      .map((digit) => withDigit(number, at, digit)),
  );

/** Every number in which two neighbours that differ changed places, also over a hyphen. */
const swapped = (number: string): readonly string[] => {
  const all = places(number);
  return all.slice(1).flatMap((at, before) => {
    const left = all[before] ?? 0;
    const [one = '', other = ''] = [number[left], number[at]];
    return one === other ? [] : [withDigit(withDigit(number, left, other), at, one)];
  });
};

test('a number is read back, also without hyphens, with blanks and in full-width digits', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      expect(certificateNumber.parse(number)).toBe(number);
      const bare = number.replaceAll('-', '');
      const wide = bare.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
      for (const typed of [number, bare, wide, ` ${number.replaceAll('-', ' – ')} `])
        expect(readNumber(typed)).toBe(number);
    }),
  );
});

test('one wrong digit and two that changed places are always found', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const wrong = [...mistyped(number), ...swapped(number)];
      expect(wrong.length).toBeGreaterThan(22 * 9);
      expect(wrong.filter((each) => readNumber(each) !== undefined)).toEqual([]);
    }),
  );
});

test.each([
  '',
  '1',
  'abc',
  '110105-0001-2026-482913',
  '110105-0001-2026-482913-810',
  '１'.repeat(23),
])('%j is no number', (typed) => {
  expect(readNumber(typed)).toBeUndefined();
});

test('the check digits are those of ISO 7064 MOD 97-10', () => {
  // As IBAN has it: the whole number leaves 1.
  const number = numberOf({ division: '110105', issuer: '0001', year: '2026', serial: '482913' });
  expect(number).toBe('110105-0001-2026-482913-81');
  expect(BigInt(number.replaceAll('-', '')) % 97n).toBe(1n);
});
