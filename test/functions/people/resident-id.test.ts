import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkCharacterOf, readResidentId } from '../../../functions/people/resident-id.ts';
import { residentIds } from '../../support/people.ts';

const today = '2025-10-18';
const faultOf = (text: string) => {
  const read = readResidentId(text, today);
  return typeof read === 'string' ? read : undefined;
};
/** With the check digit that belongs to it, whatever the digits say. */
const complete = (digits: string) => digits + checkCharacterOf(digits);

test('the number of the standard itself is read', () => {
  // GB 11643-1999, examples of its annex.
  expect(readResidentId('11010519491231002X', today)).toEqual({
    number: '11010519491231002X',
    birthDate: '1949-12-31',
    sex: 'female',
  });
  expect(readResidentId('440524188001010014', today)).toBe('birth-date');
});

test('a small x, full-width digits and spaces mean the same', () => {
  const number = '11010519491231002X';
  expect(readResidentId(' 110105 19491231 002x ', today)).toMatchObject({ number });
  expect(readResidentId('１１０１０５１９４９１２３１００２Ｘ', today)).toMatchObject({ number });
});

test.each(['×', '✕', '*', '＊', 'х', 'Χ', 'Ｘ', 'x', '\u202c X'])(
  '%s at the end is the check character X, and is checked',
  (last) => {
    expect(readResidentId(`11010519491231002${last}`, today)).toMatchObject({
      number: '11010519491231002X',
    });
    expect(faultOf(`11010519491231001${last}`)).toBe('check-digit');
  },
);

test('hyphens and characters without width stand in no number', () => {
  expect(readResidentId('\u202d110105-1949-1231–002X\u202c', today)).toMatchObject({
    number: '11010519491231002X',
  });
});

test('each fault has its own reason', () => {
  expect(faultOf('110105491231002')).toBe('old-number');
  expect(faultOf('')).toBe('format');
  expect(faultOf('1101051949123100')).toBe('format');
  expect(faultOf('11010519491231002XX')).toBe('format');
  expect(faultOf('1101051949123100A1')).toBe('format');
  expect(faultOf('X10105194912310021')).toBe('format');
  expect(faultOf('-10105194912310021')).toBe('format');
  expect(faultOf(complete('16010519491231002'))).toBe('region');
  expect(faultOf(complete('91084019491231002'))).toBe('foreign');
  expect(faultOf('110105********002X')).toBe('masked');
  expect(faultOf('11010519491231****')).toBe('masked');
  expect(faultOf(complete('11010519490229002'))).toBe('birth-date');
  expect(faultOf(complete('11010519491331002'))).toBe('birth-date');
  expect(faultOf(complete('11010500001231002'))).toBe('birth-date');
  expect(faultOf(complete('11010518991231002'))).toBe('birth-date');
  expect(faultOf(complete('11010520251019002'))).toBe('birth-date');
  expect(faultOf(complete('11010520251018002'))).toBeUndefined();
  expect(faultOf('110105194912310021')).toBe('check-digit');
});

test('any valid number is read as what it was made from', () => {
  fc.assert(
    fc.property(residentIds(), ({ number, birthDate, sex }) => {
      expect(readResidentId(number, today)).toEqual({ number, birthDate, sex });
    }),
  );
});

test('no single changed character passes', () => {
  const characters = [...'0123456789X'];
  fc.assert(
    fc.property(residentIds(), ({ number }) => {
      for (let at = 0; at < 18; at += 1)
        for (const other of characters)
          if (other !== number[at])
            expect(faultOf(number.slice(0, at) + other + number.slice(at + 1))).toBeDefined();
    }),
    { numRuns: 30 },
  );
});

test('no two neighbours in the wrong order pass', () => {
  fc.assert(
    fc.property(residentIds(), ({ number }) => {
      for (let at = 0; at < 17; at += 1) {
        const [a = '', b = ''] = [number[at], number[at + 1]];
        const swapped = number.slice(0, at) + b + a + number.slice(at + 2);
        if (a !== b) expect(faultOf(swapped)).toBeDefined();
      }
    }),
  );
});

test('no text at all makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      readResidentId(text, today);
    }),
  );
});
