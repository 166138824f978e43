import { yearOf } from '../runtime/calendar.ts';
import type { Contribution } from '../views/projection.ts';
import { runningMeasures } from './metrics.ts';

/**
 * The key of an item of totals. A sum is kept for one area and theme, once for the month and once for
 * the year. Larger cells are added up on reading, so their parts always sum to them, and the number of
 * items read grows with areas and themes, never with entries or months.
 *
 * `totals#<year>`        `<month>#<area>#<theme>`          sums, and persons of the month
 *                        `<month>#<area>#<theme>#outputs`  sums of what activities report
 *                        `<month>#<area>#*` and the like   persons counted too often below it
 * `totals#<year>#year`   the same with `<year>`            the year’s
 * `running`              `<measure>#<area>`                sums by month, from the beginning
 */
export interface TotalsKey {
  readonly pk: string;
  readonly sk: string;
}

/** The totals to read: of a month (`yyyy-mm`) or year (`yyyy`), an area or all, a theme or all. */
export interface TotalsScope {
  readonly period: string;
  readonly areaId: string | null;
  readonly theme: string | null;
}

/** The dimensions of a line that say which cell it adds to. */
export type Place = Pick<Contribution, 'month' | 'areaId' | 'theme'>;

/** Stands for all areas, or all themes, in a key. No area or theme has this name. */
export const every = '*';

export const totalsPrefix = 'totals#';
/** Holds the sums from the beginning of time. */
export const runningPartition = 'running';

/** The partition of a period. The months of a year share one, and the year as a whole has its own. */
export const totalsPartition = (period: string): string =>
  isYear(period) ? `${totalsPrefix}${period}#year` : `${totalsPrefix}${yearOf(period)}`;

export const runningPrefixOf = (measure: string): string => `${measure}#`;
const runningKey = (measure: string, area: string): TotalsKey => ({
  pk: runningPartition,
  sk: `${runningPrefixOf(measure)}${area}`,
});
/** The measure and area of a running item. */
export const runningOf = (sk: string): { readonly measure: string; readonly area: string } => {
  const [measure = '', area = ''] = sk.split('#');
  return { measure, area };
};

export const isYear = (period: string): boolean => period.length === 4;

/** An item of totals has two attributes for each measure: its sum, and the number of its lines. */
const sumPrefix = 'sum:';
export const sumAttribute = (measure: string): string => `${sumPrefix}${measure}`;
export const linesAttribute = (measure: string): string => `lines:${measure}`;

type Item = Readonly<Record<string, unknown>>;

/** The measures of an item of totals: each with its sum and its number of lines. */
export const measuresOf = (
  item: Item,
): readonly (readonly [measure: string, sum: number, lines: number])[] =>
  Object.entries(item).flatMap(([name, sum]) => {
    if (!name.startsWith(sumPrefix)) return [];
    const measure = name.slice(sumPrefix.length);
    return [[measure, sum as number, item[linesAttribute(measure)] as number] as const];
  });

/**
 * The sums by month of a running item, up to and including the end of a period. A year ends in
 * December. Leaves out a month that has no lines any more.
 */
export const runningUpTo = (
  item: Item,
  period: string,
): readonly (readonly [month: string, sum: number])[] => {
  const last = isYear(period) ? `${period}-12` : period;
  return measuresOf(item).flatMap(([month, sum, lines]) =>
    lines > 0 && month <= last ? [[month, sum] as const] : [],
  );
};

/** The key of the totals of a cell. A registration has no theme: its theme is the empty string. */
export const totalsKey = (period: string, area: string, theme: string): TotalsKey => ({
  pk: totalsPartition(period),
  sk: [period, area, theme].join('#'),
});

/**
 * The keys of the two items that hold a measure at this place: the month's and the year's. Activity
 * outputs have items of their own. A district may define many outputs, and they are written once an
 * activity; without them the other items stay below 1 KB, which keeps the price of every entry at
 * its lowest.
 */
export const sumKeys = ({ month, areaId, theme }: Place, measure: string): readonly TotalsKey[] =>
  [month, yearOf(month)].map((period) => {
    const { pk, sk } = totalsKey(period, areaId, theme ?? '');
    return { pk, sk: measure.startsWith('outputs.') ? `${sk}#outputs` : sk };
  });

export const areaAndThemeOf = (sk: string): { readonly area: string; readonly theme: string } => {
  const [, area = '', theme = ''] = sk.split('#');
  return { area, theme };
};

/** Whether an item says how new its figures are, as items with sums do. */
export const isDated = ({ pk, sk }: TotalsKey): boolean =>
  pk.startsWith(totalsPrefix) && !sk.includes(every);

/** What to add to one item of totals: by measure, the sum and the number of lines. */
export interface Delta extends TotalsKey {
  readonly measures: Map<string, { sum: number; lines: number }>;
  /** When the newest event behind this delta was recorded. */
  recordedAt: string;
}

/** Collects additions. `effective` leaves out those that cancel out. */
export const createDeltas = () => {
  const deltas = new Map<string, Delta>();
  const add = (
    { pk, sk }: TotalsKey,
    measure: string,
    { sum, lines }: { readonly sum: number; readonly lines: number },
    recordedAt: string,
  ): void => {
    const id = `${pk}|${sk}`;
    const delta: Delta = deltas.get(id) ?? { pk, sk, measures: new Map(), recordedAt };
    deltas.set(id, delta);
    const total = delta.measures.get(measure) ?? { sum: 0, lines: 0 };
    delta.measures.set(measure, { sum: total.sum + sum, lines: total.lines + lines });
    if (recordedAt > delta.recordedAt) delta.recordedAt = recordedAt;
  };
  return {
    add,
    /** Adds a contribution (1) or takes it away (−1), for an event recorded at this time. */
    addContribution: (
      contribution: Contribution | undefined,
      sign: 1 | -1,
      recordedAt: string,
    ): void => {
      if (!contribution) return;
      for (const [measure, value] of Object.entries(contribution.measures)) {
        const more = { sum: sign * value, lines: sign };
        for (const key of sumKeys(contribution, measure)) add(key, measure, more, recordedAt);
        if (runningMeasures.has(measure)) {
          const { areaId, month, until } = contribution;
          const running = runningKey(measure, areaId);
          add(running, month, more, recordedAt);
          if (until) add(running, until, { sum: -more.sum, lines: more.lines }, recordedAt);
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
