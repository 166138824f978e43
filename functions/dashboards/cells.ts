import { yearOf } from '../shared/calendar.ts';
import type { Contribution } from '../shared/projection.ts';
import { runningMeasures } from './metrics.ts';

/** Where a figure stands: a month (`yyyy-mm`) or year (`yyyy`), an area or all, a theme or all. */
export interface Cell {
  readonly period: string;
  readonly areaId: string | null;
  readonly theme: string | null;
}

export interface TotalsKey {
  readonly pk: string;
  readonly sk: string;
}

/** The dimensions of a line: enough to say which cells it adds to. */
export type Place = Pick<Contribution, 'month' | 'areaId' | 'theme'>;

export const allScope = 'all';
export const areaScope = 'area#';
export const themeScope = 'theme#';

export const totalsPartition = (period: string): string => `totals#${period}`;
export const crossPartition = (period: string): string => `totals#${period}#cross`;
export const runningPartition = (measure: string): string => `running#${measure}`;

/** An item of totals has two attributes for each measure: its sum, and the number of its lines. */
const sumPrefix = 'sum:';
export const sumAttribute = (measure: string): string => `${sumPrefix}${measure}`;
export const linesAttribute = (measure: string): string => `lines:${measure}`;

type Item = Readonly<Record<string, unknown>>;

/** The sums of an item of totals, by measure. */
export const sumsOf = (item: Item = {}): readonly (readonly [measure: string, sum: number])[] =>
  Object.entries(item).flatMap(([name, sum]) =>
    name.startsWith(sumPrefix) ? [[name.slice(sumPrefix.length), sum as number] as const] : [],
  );

/** The sums by month of a running item, up to and with the end of a period: a year's is December. */
export const runningUpTo = (
  item: Item | undefined,
  period: string,
): readonly (readonly [month: string, sum: number])[] => {
  const last = period.length === 4 ? `${period}-12` : period;
  return sumsOf(item).filter(([month]) => month <= last);
};

/**
 * A period's totals by area and by theme lie in one partition, so that one query has a whole
 * dashboard; those of an area and a theme at once lie in another, so that it stays small.
 */
export const totalsKey = ({ period, areaId, theme }: Cell): TotalsKey => {
  if (areaId !== null && theme !== null)
    return { pk: crossPartition(period), sk: `${areaId}#${theme}` };
  const sk =
    areaId !== null ? `${areaScope}${areaId}` : theme !== null ? `${themeScope}${theme}` : allScope;
  return { pk: totalsPartition(period), sk };
};

/** The up to four cells of one period that something in this area and theme adds to. */
export const cellsIn = (period: string, areaId: string, theme: string | null): readonly Cell[] => [
  { period, areaId: null, theme: null },
  { period, areaId, theme: null },
  ...(theme === null
    ? []
    : [
        { period, areaId: null, theme },
        { period, areaId, theme },
      ]),
];

export const cellsOf = ({ month, areaId, theme }: Place): readonly Cell[] => [
  ...cellsIn(month, areaId, theme),
  ...cellsIn(yearOf(month), areaId, theme),
];

/** What is to be added to one item of totals: by measure, the sum and the number of lines. */
export interface Delta extends TotalsKey {
  readonly measures: Map<string, { sum: number; lines: number }>;
}

/** A collection of additions, with those that cancel out left out at the end. */
export const createDeltas = () => {
  const deltas = new Map<string, Delta>();
  const add = ({ pk, sk }: TotalsKey, measure: string, sum: number, lines: number): void => {
    const id = `${pk}|${sk}`;
    const delta = deltas.get(id) ?? { pk, sk, measures: new Map() };
    deltas.set(id, delta);
    const total = delta.measures.get(measure) ?? { sum: 0, lines: 0 };
    delta.measures.set(measure, { sum: total.sum + sum, lines: total.lines + lines });
  };
  return {
    add,
    /** Adds a contribution, or with −1 takes it away. */
    addContribution: (contribution: Contribution | undefined, sign: 1 | -1): void => {
      if (!contribution) return;
      for (const [measure, value] of Object.entries(contribution.measures)) {
        for (const cell of cellsOf(contribution)) add(totalsKey(cell), measure, sign * value, sign);
        if (runningMeasures.has(measure)) {
          const pk = runningPartition(measure);
          for (const sk of [allScope, `${areaScope}${contribution.areaId}`])
            add({ pk, sk }, contribution.month, sign * value, sign);
        }
      }
    },
    effective: (): readonly Delta[] =>
      [...deltas.values()].flatMap((delta) => {
        const measures = new Map(
          [...delta.measures].filter(([, { sum, lines }]) => sum !== 0 || lines !== 0),
        );
        return measures.size > 0 ? [{ ...delta, measures }] : [];
      }),
  };
};
