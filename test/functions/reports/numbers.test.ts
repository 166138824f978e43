import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hoursOf, inSentence } from '../../../functions/reports/numbers.ts';

describe('a number in a sentence', () => {
  test.each([
    [0, 0, '0'],
    [9999, 0, '9999'],
    [10_000, 0, '1万'],
    [12_345, 0, '1.2345万'],
    [65_800, 0, '6.58万'],
    [290_000, 0, '29万'],
    [76_000, 1, '7.6万'],
    [76_000.5, 1, '76000.5'],
    [163.65, 1, '163.7'],
    [-12_000, 0, '-1.2万'],
  ] as const)('%d is %s', (value, decimals, shown) => {
    expect(inSentence(value, decimals, 'zh-CN')).toBe(shown);
  });

  test('in English there is no 万', () => {
    expect(inSentence(65_800, 0, 'en')).toBe('65800');
  });

  test('says exactly what it is', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (tenths) => {
        const value = tenths / 10;
        const [, digits = '', wan] =
          /^([\d.]+)(万?)$/.exec(inSentence(value, value % 1 === 0 ? 0 : 1, 'zh-CN')) ?? [];
        expect(Number(digits) * (wan === '万' ? 10_000 : 1)).toBeCloseTo(value, 5);
      }),
    );
  });
});

test.each([
  [0, 0],
  [3, 0.1],
  [2, 0],
  [57, 1],
  [60, 1],
  [4_560_030, 76_000.5],
])('%d minutes are %d hours', (minutes, hours) => {
  expect(hoursOf(minutes)).toBe(hours);
});
