import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasCheckDigits, withCheckDigits } from '../../../functions/runtime/check-digits.ts';

test('of all pairs of digits one is the check of a number', () => {
  const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 30 }).map((all) => all.join(''));
  fc.assert(
    fc.property(digits, (number) => {
      const pairs = Array.from({ length: 100 }, (_, at) => String(at).padStart(2, '0'));
      const good = pairs.filter((pair) => hasCheckDigits(`${number}${pair}`));
      expect(good).toEqual([withCheckDigits(number).slice(-2)]);
    }),
  );
});

test.each(['', '1', '12', '1a3', '794 '])('%j has no check digits', (text) => {
  expect(hasCheckDigits(text)).toBe(false);
});
