import { yearOf } from '../runtime/calendar.ts';
import type { Contribution } from '../views/projection.ts';
import { runningMeasures } from './metrics.ts';

/**
 * How the totals lie. A sum is kept in the finest cell of its month, and in that of its year: an area
 * and a theme. What is larger is added up when it is read, so its parts sum to it by construction, and
 * what is read grows with areas and themes, never with entries, nor with months.
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

/** What is asked for: a month (`yyyy-mm`) or year (`yyyy`), an area or all, a theme or all. */
export interface TotalsScope {
  readonly period: string;
  readonly areaId: string | null;
  readonly theme: string | null;
}

/** The dimensions of a line: enough to say which cell it adds to. */
export type Place = Pick<Contribution, 'month' | 'areaId' | 'theme'>;

/** All areas, or all themes, in a key. Neither an area nor a theme is called so. */
export const every = '*';

export const totalsPrefix = 'totals#';
/** What is kept from the beginning of time. */
export const runningPartition = 'running';

/** Where a period is: the months of a year together, and the year as a whole beside them. */
export const totalsPartition = (period: string): string =>
  isYear(period) ? `${totalsPrefix}${period}#year` : `${totalsPrefix}${yearOf(period)}`;

export const runningPrefixOf = (measure: string): string => `${measure}#`;
const runningKey = (measure: string, area: string): TotalsKey => ({
  pk: runningPartition,
  sk: `${runningPrefixOf(measure)}${area}`,
});
/** What a running item is of. */
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

/** What an item of totals says, by measure: a sum and how many lines it is the sum of. */
export const measuresOf = (
  item: Item,
): readonly (readonly [measure: string, sum: number, lines: number])[] =>
  Object.entries(item).flatMap(([name, sum]) => {
    if (!name.startsWith(sumPrefix)) return [];
    const measure = name.slice(sumPrefix.length);
    return [[measure, sum as number, item[linesAttribute(measure)] as number] as const];
  });

/**
 * The sums by month of a running item, up to and with the end of a period: a year's is December. A
 * month whose last line went is as if there had never been any.
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

/** The item of a part of a period; a registration has no theme, which is the empty one. */
export const totalsKey = (period: string, area: string, theme: string): TotalsKey => ({
  pk: totalsPartition(period),
  sk: [period, area, theme].join('#'),
});

/**
 * The items that keep a measure of lines in this place: the month's and the year's. What activities
 * report lies beside the rest: it has as many attributes as a district likes, and is written once an
 * activity, while an item below 1 KB keeps the price of every entry at its lowest.
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

/** Whether an item says how new its figures are: those that keep sums do. */
export const isDated = ({ pk, sk }: TotalsKey): boolean =>
  pk.startsWith(totalsPrefix) && !sk.includes(every);

/** What is to be added to one item of totals: by measure, the sum and the number of lines. */
export interface Delta extends TotalsKey {
  readonly measures: Map<string, { sum: number; lines: number }>;
  /** When the newest event that changes it was recorded. */
  recordedAt: string;
}

/** A collection of additions, with those that cancel out left out at the end. */
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
    /** Adds a contribution, or with −1 takes it away, because of an event recorded then. */
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
