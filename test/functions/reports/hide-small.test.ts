import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hideSmall } from '../../../functions/reports/hide-small.ts';
import type { Figure } from '../../../functions/reports/pieces.ts';

const cellOf = (value: number | null): Figure | null =>
  value === null ? null : ({ metric: 'm', value, shown: String(value) } as Figure);
const shown = (column: readonly (number | null)[]): readonly (number | string | null)[] =>
  hideSmall(column.map(cellOf)).map((cell) =>
    cell === null ? null : 'hidden' in cell ? cell.hidden : cell.value,
  );

describe('counts by area', () => {
  test.each([
    ['none is small', [5, 80, null, 0], [5, 80, null, 0]],
    [
      'one small count takes the smallest other with it',
      [3, 80, 30, null],
      ['small', 80, 'protecting', null],
    ],
    ['two that can be anything protect each other', [2, 3, 80], ['small', 'small', 80]],
    ['two ones would be known by their sum', [1, 1, 80, 7], ['small', 'small', 80, 'protecting']],
    ['so would two fours', [4, 4, 80], ['small', 'small', 'protecting']],
    [
      'where no other count is left, none is shown',
      [3, null, 0],
      ['protecting', 'protecting', 'protecting'],
    ],
  ])('%s', (_, column, expected) => {
    expect(shown(column)).toEqual(expected);
  });

  /** All columns of small whole numbers that look the same and have the same total. */
  const alike = (column: readonly (number | null)[]): readonly (readonly (number | null)[])[] => {
    const look = shown(column);
    const total = column.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const most = 12;
    const all = (at: number): readonly (readonly (number | null)[])[] => {
      if (at === look.length) return [[]];
      const cell = look[at];
      const values =
        cell === 'small'
          ? [1, 2, 3, 4]
          : cell === 'protecting'
            ? [null, ...Array.from({ length: most + 1 }, (_value, value) => value)]
            : [cell as number | null];
      return values.flatMap((value) => all(at + 1).map((rest) => [value, ...rest]));
    };
    return all(0).filter(
      (other) => other.reduce<number>((sum, value) => sum + (value ?? 0), 0) === total,
    );
  };

  test('no small count can be worked out from the others and the total', () => {
    const count = fc.option(fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(count, { minLength: 2, maxLength: 4 }), (column) => {
        const others = alike(column);
        column.forEach((value, at) => {
          if (value === null || value === 0 || value >= 5) return;
          // At least one other value is possible in its place.
          expect(new Set(others.map((other) => other[at])).size).toBeGreaterThan(1);
        });
      }),
      { numRuns: 300 },
    );
  });
});
