import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { faultNames } from './faults.ts';
import { describe, shrink } from './shrink.ts';
import { planOf, simulate } from './simulation.ts';

/** `npm run lab -- --runs 10000 [--seed 1] [--replay <seed>]` */

interface Report {
  readonly runs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly broken: readonly number[];
}

const workers = 2;
/** Runs between two words to the main thread. */
const portion = 50;

const add = (to: Record<string, number>, name: string, value: number): void => {
  to[name] = (to[name] ?? 0) + value;
};

/** Every other seed of a range. */
const work = async ({ first, end }: { first: number; end: number }): Promise<void> => {
  for (let seed = first; seed < end; ) {
    const counts: Record<string, number> = {};
    const broken: number[] = [];
    let runs = 0;
    for (; seed < end && runs < portion; seed += workers, runs += 1) {
      const result = await simulate(planOf(seed));
      for (const [name, value] of Object.entries(result.counts)) add(counts, name, value);
      for (const fault of result.faults) add(counts, fault.replace(/#.*/, ''), 1);
      if (result.violations.length > 0) broken.push(seed);
    }
    parentPort?.postMessage({ runs, counts, broken } satisfies Report);
  }
};

const replay = async (seed: number): Promise<boolean> => {
  const plan = planOf(seed);
  const result = await simulate(plan);
  console.log(describe({ plan, result }));
  console.log(`trace ${result.hash}`);
  return result.violations.length === 0;
};

const table = (rows: readonly (readonly [string, number])[]): string =>
  rows.map(([name, value]) => `| ${name} | ${value.toLocaleString('en')} |`).join('\n');

const runAll = async (runs: number, first: number): Promise<boolean> => {
  const counts: Record<string, number> = {};
  const broken: number[] = [];
  const begun = performance.now();
  let done = 0;
  let told = 0;
  const seconds = (): number => (performance.now() - begun) / 1000;
  const hear = (report: Report): void => {
    done += report.runs;
    broken.push(...report.broken);
    for (const [name, value] of Object.entries(report.counts)) add(counts, name, value);
    if (seconds() - told < 10) return;
    told = seconds();
    console.error(`${done} of ${runs} runs, ${broken.length} violations, ${told.toFixed(0)} s`);
  };
  await Promise.all(
    Array.from({ length: workers }, (_, at) => {
      const data = { first: first + at, end: first + runs };
      const worker = new Worker(new URL(import.meta.url), { workerData: data });
      worker.on('message', hear);
      return new Promise<void>((resolve, reject) => {
        worker.on('error', reject);
        worker.on('exit', () => resolve());
      });
    }),
  );
  const { commands = 0, events = 0, deliveries = 0, redriven = 0, partial = 0 } = counts;
  console.log(
    [
      '| | |\n|---|---:|',
      table([
        ['runs', done],
        ['commands', commands],
        ['events', events],
        ['deliveries', deliveries],
        ...faultNames.map((fault) => [fault, counts[fault] ?? 0] as const),
        ['batches that failed in part', partial],
        ['messages redriven', redriven],
        ['violations', broken.length],
      ]),
    ].join('\n'),
  );
  const [{ model = 'unknown' } = {}] = cpus();
  const each = ((seconds() * 1000 * workers) / Math.max(done, 1)).toFixed(1);
  console.log(
    `${seconds().toFixed(0)} s, ${each} ms a run and worker, ${workers} workers, seeds ${first}–${first + runs - 1}, ${cpus().length} × ${model.trim()}, node ${process.version}`,
  );
  const [seed] = broken.sort((a, b) => a - b);
  if (seed === undefined) return done === runs;
  console.log(`\nseed ${seed} breaks a law; the shortest way to it that was found:`);
  const plan = planOf(seed);
  console.log(describe(await shrink({ plan, result: await simulate(plan) }, {})));
  return false;
};

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      replay: { type: 'string' },
    },
  });
  const fine =
    values.replay === undefined
      ? await runAll(Number(values.runs), Number(values.seed))
      : await replay(Number(values.replay));
  process.exitCode = fine ? 0 : 1;
} else await work(workerData);
