import { setTimeout as sleep } from 'node:timers/promises';
import { areaName, createYear, monthName, year as yearName } from '../district.ts';
import type { BenchHost } from '../host.ts';
import { startCluster } from '../postgres/cluster.ts';
import { quantile } from '../statistics.ts';
import { expectLoaded, loadViews } from './load.ts';
import { createGroupBy, type GroupBy } from './postgres.ts';

export interface Asked {
  readonly seed: number;
  readonly sizes: readonly number[];
  readonly areas: number;
  readonly samples: number;
  readonly postgres: boolean;
}

interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly samples: number;
}

const spreadOf = (values: readonly number[]): Spread => ({
  p50: quantile(values, 0.5),
  p99: quantile(values, 0.99),
  samples: values.length,
});

const month = 6;
const pageSize = 50;
/** Up to this size presences are loaded too, and all items are compared with the real projector's. */
const whole = 1000;

const dashboards = [
  { name: 'month', path: `/dashboards/${monthName(month)}`, period: monthName(month) },
  {
    name: 'month, one area',
    path: `/dashboards/${monthName(month)}?areaId=${areaName(1)}`,
    period: monthName(month),
    area: areaName(1),
  },
  { name: 'year', path: `/totals/${yearName}`, period: yearName },
  {
    name: 'year, one area',
    path: `/totals/${yearName}?areaId=${areaName(1)}`,
    period: yearName,
    area: areaName(1),
  },
] as const;

type Page = { readonly items: readonly unknown[]; readonly next: string | null };

const ask = async (url: string, token?: string): Promise<unknown> => {
  const answer = await fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
};

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await run();
  return performance.now() - began;
};

/** The cursors of the first, a middle and the last page of the year's lines, found by paging. */
const pagesOf = async ({ host }: BenchHost, token: string) => {
  const at = (cursor: string | undefined, limit = pageSize): string =>
    `${host.url}/totals/${yearName}/lines?${new URLSearchParams({
      ...{ metric: 'creditedMinutes', limit: String(limit) },
      ...(cursor ? { cursor } : {}),
    })}`;
  const cursors: string[] = [];
  for (let next: string | null | undefined; next !== null; ) {
    const page = (await ask(at(next, 100), token)) as Page;
    if (page.next) cursors.push(page.next);
    next = page.next;
  }
  return [
    { name: `lines of the year, first ${pageSize}`, url: at(undefined) },
    { name: 'lines of the year, middle', url: at(cursors[Math.floor(cursors.length / 2)]) },
    { name: 'lines of the year, last', url: at(cursors.at(-1)) },
  ];
};

export const measure = async (start: () => Promise<BenchHost>, asked: Asked) => {
  const { sizes, samples } = asked;
  const hosts = new Map<number, BenchHost>();
  let bareUrl = '';
  for (const size of sizes) {
    const began = performance.now();
    const host = await start();
    const year = createYear({ ...asked, entries: size });
    const { items, total } = await loadViews(host, year, size <= whole);
    if (size <= whole) await expectLoaded(host, year);
    hosts.set(size, host);
    // The value of the largest year remains, which the bare read uses.
    bareUrl = `${host.host.url}/bare?${new URLSearchParams(total)}`;
    const took = Math.round((performance.now() - began) / 1000);
    console.error(`${size} entries: ${items} items loaded in ${took} s`);
  }
  const largest = sizes.at(-1) ?? 0;
  const large = hosts.get(largest);
  if (!large) throw new Error('no sizes');
  const token = await large.host.mintToken({ sub: 'verifier-1', role: 'verifier' });

  const times = new Map<string, number[]>();
  const note = (name: string, ms: number): void => {
    const known = times.get(name) ?? [];
    known.push(ms);
    times.set(name, known);
  };
  const pages = await pagesOf(large, token);
  const round = async (noted: (name: string, ms: number) => void): Promise<void> => {
    for (const { name, path } of dashboards) {
      noted('bare', await timed(() => ask(bareUrl)));
      for (const [size, { host }] of hosts)
        noted(`${name}|${size}`, await timed(() => ask(`${host.url}${path}`)));
    }
    for (const { name, url } of pages) noted(name, await timed(() => ask(url, token)));
  };
  // Lets workers start, engines warm up, and the effects of loading settle.
  for (let at = 0; at < Math.min(50, samples); at += 1) await round(() => undefined);
  await sleep(1000);
  for (let at = 0; at < samples; at += 1) await round(note);

  const groupBy = asked.postgres
    ? await measureGroupBy(createYear({ ...asked, entries: largest }), samples)
    : undefined;
  const spread = (name: string): Spread => spreadOf(times.get(name) ?? []);
  return {
    sizes,
    bare: spread('bare'),
    reads: [
      {
        name: 'bare GetItem through the same host',
        bySize: { [largest]: spread('bare') } as Readonly<Record<number, Spread>>,
        postgres: undefined,
      },
      ...dashboards.map(({ name }) => ({
        name,
        bySize: Object.fromEntries(
          sizes.map((size) => [size, spread(`${name}|${size}`)]),
        ) as Readonly<Record<number, Spread>>,
        postgres: groupBy?.get(name),
      })),
      ...pages.map(({ name }) => ({
        name,
        bySize: { [largest]: spread(name) } as Readonly<Record<number, Spread>>,
        postgres: undefined,
      })),
    ],
  };
};

const measureGroupBy = async (
  year: ReturnType<typeof createYear>,
  samples: number,
): Promise<ReadonlyMap<string, Spread> | undefined> => {
  const cluster = await startCluster();
  if (!cluster) return undefined;
  let database: GroupBy | undefined;
  try {
    database = await createGroupBy(cluster, year);
    const groupBy = database;
    const result = new Map<string, Spread>();
    for (const { name, period, ...where } of dashboards) {
      // A year of a million rows takes seconds, so a few samples are enough.
      const runs = period === yearName ? Math.ceil(samples / 40) : Math.ceil(samples / 4);
      const values: number[] = [];
      for (let at = 0; at < runs; at += 1)
        values.push(await timed(() => groupBy.read(period, 'area' in where ? where.area : null)));
      result.set(name, spreadOf(values));
    }
    return result;
  } finally {
    await database?.end();
    await cluster.stop();
  }
};
