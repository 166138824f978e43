import type { SQSEvent } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import { handler as projector } from '../../functions/projector/projector.ts';
import { invoke } from '../../test/support/invoke.ts';
import { emptyTables } from '../../test/support/tables.ts';
import { createYear, type Year } from '../district.ts';
import { expectExact } from '../exact.ts';
import { startCluster } from '../postgres/cluster.ts';
import { seeded } from '../random.ts';
import { chunksOf, inParallel, perSecond } from '../statistics.ts';
import { runEarlier } from './earlier.ts';
import { runNaive } from './naive.ts';
import { runEmmett, runPostgres } from './postgres.ts';

export interface Result {
  readonly label: string;
  /** `entry` and `roll` are ours. */
  readonly rival: 'entry' | 'roll' | 'earlier' | 'naive' | 'postgres' | 'emmett';
  /** Changes of lines: entered or verified. */
  readonly changes: number;
  readonly width: number;
  readonly ms: number;
  readonly perSecond: number;
}

export interface Asked {
  readonly seed: number;
  readonly entries: number;
  readonly areas: number;
  readonly roll: number;
  /** The share of the entries for slow designs. */
  readonly share: number;
  /** The commit whose projector is compared; none if empty. */
  readonly earlier: string;
  readonly postgres: boolean;
}

/** As in infra/constructs/subscriber.ts. */
const batchSize = 100;
const sideBySide = 2;

type Events = readonly DomainEvent[];

interface Sheet<Step> {
  readonly logged: readonly Step[];
  readonly verified: readonly Step[];
}

const peopleAtWork = 6;
const sheetsBetween = 20;

/**
 * The usual case: six people work at once, each on a sheet. They enter one after another, and some
 * sheets later verify it.
 */
const inWorkingOrder = <Step>(
  year: Year,
  seed: number,
  sheetOf: (n: number) => Sheet<Step>,
): readonly Step[] => {
  const random = seeded(seed);
  const sheets: { readonly at: number; readonly steps: Step[] }[] = [];
  for (let n = 0; n < year.counts.activities; n += 1) {
    const { logged, verified } = sheetOf(n);
    const at = Math.floor(n / peopleAtWork) * peopleAtWork;
    sheets.push({ at, steps: [...logged] }, { at: at + sheetsBetween, steps: [...verified] });
  }
  const waiting = sheets.sort((a, b) => a.at - b.at).map(({ steps }) => steps);
  const desks: Step[][] = [];
  const stream: Step[] = [];
  for (;;) {
    while (desks.length < peopleAtWork && waiting.length > 0) desks.push(waiting.shift() ?? []);
    if (desks.length === 0) return stream;
    const desk = random.int(0, desks.length - 1);
    const step = desks[desk]?.shift();
    if (step) stream.push(step);
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
  const { seed } = asked;
  const note = (
    rival: Result['rival'],
    label: string,
    changes: number,
    width: number,
    ms: number,
  ) => {
    const result = { rival, label, changes, width, ms, perSecond: perSecond(changes, ms) };
    results.push(result);
    console.error(`${label} (${width}): ${Math.round(result.perSecond)} changes/s`);
  };
  const yearOf = (entries: number): Year => createYear({ ...asked, entries, verified: 0.9 });
  const year = yearOf(asked.entries);
  const lines = inWorkingOrder(year, seed, year.sheetLines);
  const small = yearOf(Math.max(1, Math.round(asked.entries * asked.share)));
  const few = inWorkingOrder(small, seed, small.sheetLines);
  const eventsOf = (of: Year, by: 'roll' | 'entry') =>
    inWorkingOrder(of, seed, (n) => of.sheetEvents(n, by));

  // Warms up the engine and this process.
  await emptyTables();
  await project(eventsOf(small, 'entry').slice(0, 500));

  const runOurs = async (by: 'roll' | 'entry', of: Year, changes: number): Promise<void> => {
    const events = eventsOf(of, by);
    await emptyTables();
    // The dashboards are read by the areas of the year.
    await project(of.areaEvents.flat());
    const ms = await timed(() => project(events));
    const shown = await expectExact(events, of.cellsShown());
    console.error(`${shown} dashboards are exact`);
    const label = by === 'roll' ? `rolls of ${asked.roll}` : 'entry by entry';
    note(by, `projector, batches of 100: ${label}`, changes, sideBySide, ms);
  };
  await runOurs('entry', small, few.length);
  if (asked.earlier) {
    const ms = await runEarlier(asked.earlier, few, { batchSize, sideBySide });
    note(
      'earlier',
      `the projector of ${asked.earlier}: entry by entry`,
      few.length,
      sideBySide,
      ms,
    );
  }
  await runOurs('roll', year, lines.length);
  for (const width of [sideBySide, 8]) {
    const ms = await runNaive(few, width);
    note('naive', 'naive: a call an event, an ADD a cell', few.length, width, ms);
  }
  if (!asked.postgres) return results;
  const cluster = await startCluster();
  if (!cluster) return results;
  try {
    const name = `PostgreSQL ${cluster.version}`;
    for (const width of [sideBySide, 8]) {
      const took = await runPostgres(cluster, lines, width, 1);
      note('postgres', `${name}: a transaction a change`, lines.length, width, took);
    }
    const took = await runPostgres(cluster, lines, 1, batchSize);
    note('postgres', `${name}: a transaction for 100 changes`, lines.length, 1, took);
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
