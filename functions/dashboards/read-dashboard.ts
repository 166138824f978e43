import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { inGeneration, liveGeneration } from '../shared/generations.ts';
import { settings, viewsTable } from '../shared/settings.ts';
import {
  allScope,
  areaScope,
  type Cell,
  crossPartition,
  linesAttribute,
  runningPartition,
  runningUpTo,
  sumAttribute,
  themeScope,
  totalsKey,
  totalsPartition,
} from './cells.ts';
import { baseMetrics, type Metric, metricsOf } from './metrics.ts';

type Totals = Readonly<Record<string, unknown>>;

interface Figure {
  readonly value: number | null;
  readonly unit: string;
  readonly aggregation: Metric['aggregation'];
  readonly estimated?: number | null;
}
type Figures = Readonly<Record<string, Figure>>;

const queryAll = async (pk: string, prefix = ''): Promise<readonly Totals[]> => {
  const items: Totals[] = [];
  const partition = inGeneration(await liveGeneration(), pk);
  let from: Record<string, unknown> | undefined;
  do {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: viewsTable(),
        KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition, ...(prefix ? { ':prefix': prefix } : {}) },
        ExclusiveStartKey: from,
      }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
};

/** What is known of a measure: its sum, or null when no line says anything about it. */
const known = (totals: Totals | undefined, measure: string): number | null =>
  (totals?.[linesAttribute(measure)] as number | undefined)
    ? (totals?.[sumAttribute(measure)] as number)
    : null;

/** A running measure up to and with the end of a period. */
const knownUpTo = (running: Totals | undefined, period: string): number | null => {
  const months = runningUpTo(running, period);
  return months.length > 0 ? months.reduce((total, [, sum]) => total + sum, 0) : null;
};

const figuresOf = (
  totals: Totals | undefined,
  running: Totals | undefined,
  period: string,
): Figures =>
  Object.fromEntries(
    Object.entries(metricsOf(settings().outputs)).flatMap(([name, metric]) => {
      const { unit, aggregation } = metric;
      const value = metric.running ? knownUpTo(running, period) : known(totals, name);
      // Outputs are many and each belongs to a theme or two: only those reported are shown.
      if (value === null && !Object.hasOwn(baseMetrics, name)) return [];
      const estimated = metric.estimated ? { estimated: known(totals, metric.estimated) } : {};
      return [[name, { value, unit, aggregation, ...estimated }]];
    }),
  );

interface Read {
  readonly own: Totals | undefined;
  /** Of the whole period, whatever part of it is read. */
  readonly asOf: string | null;
  readonly areas: ReadonlyMap<string, Totals>;
  readonly themes: ReadonlyMap<string, Totals>;
}

const after = (items: readonly Totals[], part: (sk: string) => string | undefined) =>
  new Map(
    items.flatMap((item) => {
      const name = part(String(item.sk));
      return name === undefined ? [] : [[name, item] as const];
    }),
  );
const nameAfter = (prefix: string) => (sk: string) =>
  sk.startsWith(prefix) ? sk.slice(prefix.length) : undefined;

const getOne = async (cell: Cell): Promise<Totals | undefined> => {
  const { pk, sk } = totalsKey(cell);
  const Key = { pk: inGeneration(await liveGeneration(), pk), sk };
  const { Item } = await dynamodb.send(new GetCommand({ TableName: viewsTable(), Key }));
  return Item;
};

const asOfOf = (whole: Totals | undefined): string | null =>
  (whole?.asOf as string | undefined) ?? null;

/**
 * The totals of a period, whole or for an area, a theme or both: as many reads for a year of a
 * million entries as for an empty month. With a filter the breakdown is by the other dimension.
 */
const readTotals = async ({ period, areaId, theme }: Cell): Promise<Read> => {
  const none = new Map<string, Totals>();
  if (areaId === null && theme === null) {
    const items = await queryAll(totalsPartition(period));
    const own = items.find(({ sk }) => sk === allScope);
    return {
      own,
      asOf: asOfOf(own),
      areas: after(items, nameAfter(areaScope)),
      themes: after(items, nameAfter(themeScope)),
    };
  }
  const cross = crossPartition(period);
  const [own, whole, items] = await Promise.all([
    getOne({ period, areaId, theme }),
    getOne({ period, areaId: null, theme: null }),
    areaId !== null && theme !== null ? [] : queryAll(cross, areaId === null ? '' : `${areaId}#`),
  ]);
  return {
    own,
    asOf: asOfOf(whole),
    areas: theme !== null ? after(items, (sk) => ofTheme(sk, theme)) : none,
    themes: areaId !== null ? after(items, nameAfter(`${areaId}#`)) : none,
  };
};

const ofTheme = (sk: string, theme: string): string | undefined => {
  const [areaId, itsTheme] = sk.split('#');
  return itsTheme === theme ? areaId : undefined;
};

/**
 * A dashboard: the figures of a cell and their breakdown.
 * Registrations have an area but no theme, so a theme's figures leave them unknown.
 */
export const readDashboard = async (cell: Cell) => {
  const { period, areaId, theme } = cell;
  const [{ own, asOf, areas, themes }, registrations] = await Promise.all([
    readTotals(cell),
    theme === null ? queryAll(runningPartition('volunteersRegistered')) : [],
  ]);
  const running = after(registrations, (sk) => sk);
  // An area in which nothing happened still has its registered volunteers.
  const registered = [...after(registrations, nameAfter(areaScope))].flatMap(([name, totals]) =>
    knownUpTo(totals, period) === null ? [] : [name],
  );
  const byArea = areaId === null ? [...new Set([...areas.keys(), ...registered])].sort() : [];
  return {
    period,
    filter: { area: areaId, theme },
    status: 'open' as const,
    asOf,
    metrics: figuresOf(
      own,
      running.get(areaId === null ? allScope : `${areaScope}${areaId}`),
      period,
    ),
    breakdown: {
      area: Object.fromEntries(
        byArea.map((name) => [
          name,
          figuresOf(areas.get(name), running.get(`${areaScope}${name}`), period),
        ]),
      ),
      theme: Object.fromEntries(
        [...themes].map(([name, totals]) => [name, figuresOf(totals, undefined, period)]),
      ),
    },
  };
};
