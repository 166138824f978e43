import type { SQSEvent } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import { handler as projector } from '../../functions/projector/projector.ts';
import { invoke } from '../../test/support/invoke.ts';
import { freshTables } from '../../test/support/tables.ts';
import { createYear, type Year } from '../district.ts';
import { expectExact } from '../exact.ts';
import { startCluster } from '../postgres/cluster.ts';
import { seeded } from '../random.ts';
import { chunksOf, inParallel, perSecond } from '../statistics.ts';
import { runNaive } from './naive.ts';
import { runEmmett, runPostgres } from './postgres.ts';

export interface Result {
  readonly label: string;
  readonly rival: 'ours' | 'naive' | 'postgres' | 'emmett';
  readonly events: number;
  readonly width: number;
  readonly ms: number;
  readonly perSecond: number;
}

export interface Asked {
  readonly seed: number;
  readonly entries: number;
  readonly areas: number;
  readonly naiveShare: number;
  readonly postgres: boolean;
}

/** As in infra/constructs/subscriber.ts. */
const batchSize = 100;
const sideBySide = 2;

type Events = readonly DomainEvent[];

/** The worst case: neighbouring events share no cell. Entries are verified some hundred events later. */
const scattered = (year: Year, seed: number): Events => {
  const random = seeded(seed);
  const places: { readonly at: number; readonly event: DomainEvent }[] = [];
  for (let n = 0; n < year.counts.entries; n += 1) {
    let at = n;
    for (const event of year.hours(n)) {
      places.push({ at, event });
      at += random.int(100, 1000);
    }
  }
  return places.sort((a, b) => a.at - b.at).map(({ event }) => event);
};

const peopleAtWork = 6;
const sheetsBetween = 20;

/**
 * The usual case: an activity's roll is entered entry by entry, and some sheets later verified entry by
 * entry; six people work at once, each on a sheet.
 */
const bySheets = (year: Year, seed: number): Events => {
  const random = seeded(seed);
  const { activities, entries } = year.counts;
  const sheets: { readonly at: number; readonly events: DomainEvent[] }[] = [];
  for (let of = 0; of < activities; of += 1) {
    const lives: Events[] = [];
    for (let n = of; n < entries; n += activities) lives.push(year.hours(n));
    const at = Math.floor(of / peopleAtWork) * peopleAtWork;
    sheets.push({ at, events: lives.flatMap(([logged]) => logged ?? []) });
    const events = lives.flatMap(([, verified]) => verified ?? []);
    sheets.push({ at: at + sheetsBetween, events });
  }
  const waiting = sheets.sort((a, b) => a.at - b.at).map(({ events }) => events);
  const desks: DomainEvent[][] = [];
  const stream: DomainEvent[] = [];
  for (;;) {
    while (desks.length < peopleAtWork && waiting.length > 0) desks.push(waiting.shift() ?? []);
    if (desks.length === 0) return stream;
    const desk = random.int(0, desks.length - 1);
    const event = desks[desk]?.shift();
    if (event) stream.push(event);
    else desks.splice(desk, 1);
  }
};

const batchOf = (events: Events): SQSEvent =>
  ({
    Records: events.map((detail, at) => ({
      messageId: String(at),
      body: JSON.stringify({ detail }),
    })),
  }) as unknown as SQSEvent;

/** The projector as deployed: full batches, two at once. Failed messages are delivered again. */
const project = (events: Events): Promise<void> =>
  inParallel(chunksOf(events, batchSize), sideBySide, async (batch) => {
    let left: readonly DomainEvent[] = batch;
    while (left.length > 0) {
      const { batchItemFailures } = await invoke(projector, batchOf(left));
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      left = left.filter((_, at) => failed.has(String(at)));
    }
  });

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await run();
  return performance.now() - began;
};

export const runAll = async (asked: Asked): Promise<readonly Result[]> => {
  const results: Result[] = [];
  const note = (
    rival: Result['rival'],
    label: string,
    events: number,
    width: number,
    ms: number,
  ) => {
    const result = { rival, label, events, width, ms, perSecond: perSecond(events, ms) };
    results.push(result);
    console.error(`${label} (${width}): ${Math.round(result.perSecond)} events/s`);
  };
  const yearOf = (entries: number): Year => createYear({ ...asked, entries, verified: 0.9 });

  const year = yearOf(asked.entries);
  const events = bySheets(year, asked.seed);
  const small = yearOf(Math.max(1, Math.round(asked.entries * asked.naiveShare)));
  const few = bySheets(small, asked.seed);

  // Warms up the engine and this process.
  await freshTables();
  await project(few.slice(0, 500));

  const runOurs = async (label: string, of: Year, all: Events): Promise<void> => {
    await freshTables();
    const ms = await timed(() => project(all));
    const shown = await expectExact(all, of.cellsShown());
    console.error(`${shown} dashboards are exact`);
    note('ours', label, all.length, sideBySide, ms);
  };
  await runOurs('projector, batches of 100: sheet by sheet', year, events);
  for (const width of [sideBySide, 8]) {
    const ms = await runNaive(few, width);
    note('naive', 'naive: a call an event, an ADD a cell', few.length, width, ms);
  }
  await runOurs('projector again, as many as naive', small, few);
  await runOurs('projector, all scattered over the year', small, scattered(small, asked.seed));
  if (!asked.postgres) return results;
  const cluster = await startCluster();
  if (!cluster) return results;
  try {
    const name = `PostgreSQL ${cluster.version}`;
    for (const width of [sideBySide, 8]) {
      const took = await runPostgres(cluster, events, width, 1);
      note('postgres', `${name}: a transaction an event`, events.length, width, took);
    }
    const took = await runPostgres(cluster, events, 1, batchSize);
    note('postgres', `${name}: a transaction for 100 events`, events.length, 1, took);
    for (const width of [sideBySide, 8])
      note(
        'emmett',
        `${name}: emmett, appended with an inline projection`,
        few.length,
        width,
        await runEmmett(cluster, few, width),
      );
  } finally {
    await cluster.stop();
  }
  return results;
};
