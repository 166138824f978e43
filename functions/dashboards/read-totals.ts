import {
  areaAndThemeOf,
  every,
  measuresOf,
  type TotalsScope,
  totalsPartition,
} from '../figures/totals.ts';
import { queryItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { inGeneration, liveGeneration } from '../views/generations.ts';

type Item = Readonly<Record<string, unknown>>;

/** All items of a partition of the Views, or those whose sort key begins with the prefix. */
export const queryAll = async (pk: string, prefix = ''): Promise<readonly Item[]> => {
  const partition = inGeneration(await liveGeneration(), pk);
  return queryItems({
    TableName: viewsTable(),
    KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partition, ...(prefix ? { ':prefix': prefix } : {}) },
  });
};

/** The totals of a part: by measure, a sum and its number of lines. */
export type Totals = ReadonlyMap<string, { readonly sum: number; readonly lines: number }>;

export interface Parts {
  readonly own: Totals;
  readonly areas: ReadonlyMap<string, Totals>;
  readonly themes: ReadonlyMap<string, Totals>;
  /** When the newest event in the figures was recorded. */
  readonly asOf: string | null;
}

/** Sums by part. Leaves out parts that have no lines any more. */
const createSums = () => {
  const sums = new Map<string, Map<string, { sum: number; lines: number }>>();
  return {
    add: (part: string, measure: string, sum: number, lines: number): void => {
      const totals = sums.get(part) ?? new Map();
      sums.set(part, totals);
      const known = totals.get(measure) ?? { sum: 0, lines: 0 };
      totals.set(measure, { sum: known.sum + sum, lines: known.lines + lines });
    },
    all: (): ReadonlyMap<string, Totals> =>
      new Map(
        [...sums].filter(([, totals]) => [...totals.values()].some(({ lines }) => lines > 0)),
      ),
  };
};

/**
 * Adds up the items of the cell that was asked for, including the corrections for members counted
 * in several of its parts. With an area or a theme given, the breakdown is by the other dimension.
 */
const addUp = (items: readonly Item[], { areaId, theme: themeKey }: TotalsScope): Parts => {
  const [own, areas, themes] = [createSums(), createSums(), createSums()];
  const [ownArea, ownTheme] = [areaId ?? every, themeKey ?? every];
  let asOf: string | null = null;
  for (const item of items) {
    const { area, theme } = areaAndThemeOf(String(item.sk));
    const finest = area !== every && theme !== every;
    const inArea = area === ownArea || (finest && areaId === null);
    const inTheme = theme === ownTheme || (finest && themeKey === null);
    const isOwn = inArea && inTheme;
    const ofArea = areaId === null && area !== every && inTheme;
    const ofTheme = themeKey === null && theme !== every && theme !== '' && inArea;
    if (isOwn && typeof item.asOf === 'string' && item.asOf > (asOf ?? '')) asOf = item.asOf;
    for (const [measure, sum, lines] of measuresOf(item)) {
      if (isOwn) own.add('', measure, sum, lines);
      if (ofArea) areas.add(area, measure, sum, lines);
      if (ofTheme) themes.add(theme, measure, sum, lines);
    }
  }
  return { own: own.all().get('') ?? new Map(), areas: areas.all(), themes: themes.all(), asOf };
};

/**
 * The totals of a cell of a month or year, by one query, limited to the area if one is given. The
 * number of items read grows with areas and themes, not with entries.
 */
export const readTotals = async (cell: TotalsScope): Promise<Parts> => {
  const { period, areaId } = cell;
  const prefix = areaId === null ? `${period}#` : `${period}#${areaId}#`;
  return addUp(await queryAll(totalsPartition(period), prefix), cell);
};
