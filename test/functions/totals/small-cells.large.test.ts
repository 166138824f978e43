import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Area } from '../../../events/organisations.ts';
import { treeOf } from '../../../functions/figures/area-tree.ts';
import { type BaseCell, hiddenCells } from '../../../functions/totals/small-cells.ts';

const parents: Readonly<Record<string, string | null>> = {
  district: null,
  north: 'district',
  'north-1': 'north',
  'north-2': 'north',
  south: 'district',
  'south-1': 'south',
  'south-2': 'south',
  'south-3': 'south',
};
const thisYear = 2025;
const tree = treeOf(
  Object.entries(parents).map(
    ([id, parentId]) => ({ id, parents: [{ fromYear: 0, parentId }] }) as unknown as Area,
  ),
  thisYear,
);
const areaIds = Object.keys(parents);
const periods = [
  '2025',
  ...Array.from({ length: 12 }, (_, at) => `2025-${String(at + 1).padStart(2, '0')}`),
];
const themes = [null, 'CLINIC', 'LAW'];

interface Cell {
  readonly areaId: string | null;
  readonly alone: boolean;
  readonly period: string;
  readonly theme: string | null;
}
const cells: readonly Cell[] = [null, ...areaIds].flatMap((areaId) =>
  (areaId === null ? [false] : [false, true]).flatMap((alone) =>
    periods.flatMap((period) => themes.map((theme) => ({ areaId, alone, period, theme }))),
  ),
);

/** The district contains all areas: its figures are those of all of them together. */
const isEverything = ({ areaId, alone }: Cell): boolean =>
  areaId === null || (areaId === 'district' && !alone);

const isIn = ({ areaId, alone, period, theme }: Cell, base: Omit<BaseCell, 'value'>): boolean =>
  (areaId === null ||
    (alone ? base.areaId === areaId : tree.within(areaId).includes(base.areaId))) &&
  base.month.startsWith(period) &&
  (theme === null || base.theme === theme);
const figureAt = (cell: Cell, base: readonly BaseCell[]): number =>
  base.filter((each) => isIn(cell, each)).reduce((sum, { value }) => sum + value, 0);

const bases = fc.uniqueArray(
  fc.record({
    areaId: fc.constantFrom(...areaIds),
    month: fc.constantFrom('2025-03', '2025-04', '2025-10'),
    theme: fc.constantFrom('CLINIC', 'LAW'),
    value: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 90 })),
  }),
  { selector: ({ areaId, month, theme }) => `${areaId}|${month}|${theme}`, maxLength: 14 },
);

const prime = 2_147_483_629n;
const mod = (value: bigint): bigint => ((value % prime) + prime) % prime;
const inverse = (value: bigint): bigint => {
  let [result, base, power] = [1n, mod(value), prime - 2n];
  for (; power > 0n; power >>= 1n) {
    if (power & 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
};

/**
 * Rows in echelon form, by the column of their first one. What reduces to nothing with them is a sum of
 * differences of them: whoever knows them can work it out.
 */
const createSpace = () => {
  const rows = new Map<number, bigint[]>();
  const reduce = (given: readonly bigint[]): bigint[] => {
    const row = [...given];
    for (let column = 0; column < row.length; column += 1) {
      const pivot = rows.get(column);
      const factor = row[column] ?? 0n;
      if (!pivot || factor === 0n) continue;
      for (let at = column; at < row.length; at += 1)
        row[at] = mod((row[at] ?? 0n) - factor * (pivot[at] ?? 0n));
    }
    return row;
  };
  return {
    add: (given: readonly bigint[]): void => {
      const row = reduce(given);
      const column = row.findIndex((value) => value !== 0n);
      if (column < 0) return;
      const factor = inverse(row[column] ?? 1n);
      rows.set(
        column,
        row.map((value) => mod(value * factor)),
      );
    },
    holds: (given: readonly bigint[]): boolean => reduce(given).every((value) => value === 0n),
  };
};

test('no figure by area from 1 to 4 is published, nor follows from those that are', () => {
  const coordinates = areaIds.flatMap((areaId) =>
    ['2025-03', '2025-04', '2025-10', '2025-01'].flatMap((month) =>
      ['CLINIC', 'LAW'].map((theme) => ({ areaId, month, theme })),
    ),
  );
  // Of the months in which there is nothing, one stands for all.
  const shown = cells.filter(({ period }) =>
    ['2025', '2025-03', '2025-04', '2025-10', '2025-01'].includes(period),
  );
  const rowOf = (cell: Cell): readonly bigint[] =>
    coordinates.map((each) => (isIn(cell, each) ? 1n : 0n));
  fc.assert(
    fc.property(bases, (base) => {
      const hidden = hiddenCells(base, tree);
      const space = createSpace();
      for (const cell of shown) if (!hidden.has(cell)) space.add(rowOf(cell));
      for (const cell of shown) {
        const value = figureAt(cell, base);
        if (isEverything(cell) || value === 0 || value >= 5) continue;
        expect([cell, hidden.has(cell), space.holds(rowOf(cell))]).toEqual([cell, true, false]);
      }
    }),
    { numRuns: 80 },
  );
});

test('hides nothing without a small figure, and never a figure of all areas', () => {
  fc.assert(
    fc.property(bases, (base) => {
      const hidden = hiddenCells(base, tree);
      const isSmall = cells.some((cell) => {
        const value = figureAt(cell, base);
        return !isEverything(cell) && value > 0 && value < 5;
      });
      const found = cells.filter((cell) => hidden.has(cell));
      expect(found.filter(isEverything)).toEqual([]);
      expect(found.length > 0).toBe(isSmall);
    }),
  );
});

test('a small figure hides a second one beside it, by area and by month', () => {
  const hidden = hiddenCells(
    [
      { areaId: 'north-1', month: '2025-03', theme: 'CLINIC', value: 3 },
      { areaId: 'north-1', month: '2025-04', theme: 'CLINIC', value: 30 },
      { areaId: 'north-2', month: '2025-03', theme: 'CLINIC', value: 40 },
      { areaId: 'south-1', month: '2025-03', theme: 'CLINIC', value: 50 },
    ],
    tree,
  );
  const at = (areaId: string, period: string) =>
    hidden.has({ areaId, alone: false, period, theme: null });
  expect([at('north-1', '2025-03'), at('north-2', '2025-03')]).toEqual([true, true]);
  expect([at('north-1', '2025-04'), at('north-1', '2025')]).toContain(true);
  expect([at('south-1', '2025-03'), at('district', '2025')]).toEqual([false, false]);
});
