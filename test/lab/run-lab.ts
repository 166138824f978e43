import './environment.ts';
import { availableParallelism, cpus } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { runCommand, UsageError } from '../../infra/commands/command-line.ts';
import { useCases } from './commands.ts';
import { faultNames } from './faults.ts';
import { describe, shrink } from './shrink.ts';
import { planOf, simulate } from './simulation.ts';

/** A range of seeds that one thread runs before it reports. */
interface Slice {
  readonly first: number;
  readonly runs: number;
}
interface Report extends Slice {
  readonly counts: Readonly<Record<string, number>>;
  readonly broken: readonly number[];
}

const sliceSize = 200;
const secondsBetweenLines = 10;
/** From this number of runs on, every command must have been accepted at least once. */
const enoughRuns = 2000;

type Counts = Record<string, number>;
const add = (to: Counts, more: Counts): void => {
  for (const [name, value] of Object.entries(more)) to[name] = (to[name] ?? 0) + value;
};

/** In a thread: runs the slices that it receives. */
const work = (): void => {
  // Refusals are errors, and their stack traces are not read here.
  Error.stackTraceLimit = 0;
  parentPort?.on('message', async ({ first, runs }: Slice) => {
    const counts: Counts = {};
    const broken: number[] = [];
    for (let seed = first; seed < first + runs; seed += 1) {
      const result = await simulate(planOf(seed), {}, { traced: false });
      add(counts, result.counts);
      for (const fault of result.faults) add(counts, { [fault.replace(/#.*/, '')]: 1 });
      if (result.violations.length > 0) broken.push(seed);
    }
    parentPort?.postMessage({ first, runs, counts, broken } satisfies Report);
  });
};

const replay = async (seed: number): Promise<boolean> => {
  const plan = planOf(seed);
  const result = await simulate(plan);
  console.log(describe({ plan, result }));
  console.log(`trace ${result.hash}`);
  return result.violations.length === 0;
};

const told = (value: number): string => value.toLocaleString('en');
const table = (rows: readonly (readonly [string, number])[]): string =>
  ['| | |\n|---|---:|', ...rows.map(([name, value]) => `| ${name} | ${told(value)} |`)].join('\n');

/** The counts in a report, besides the faults. */
const counted: Readonly<Record<string, string>> = {
  commands: 'commands',
  events: 'events',
  deliveries: 'deliveries',
  partial: 'batches that failed in part',
  redriven: 'messages redriven',
  stopped: 'functions stopped before a write',
  operations: 'rebuilds, discards, reconciles',
  switches: 'generations switched to',
  reads: 'reads of the quiet month',
  monthsClosed: 'months closed',
  stoppedCloses: 'closes that stopped',
  yearsClosed: 'years closed',
  restatements: 'restatements',
};

/** Plays runs from a seed on, up to the first slice with a violation. */
const runAll = async (runs: number, seed: number, threads: number): Promise<boolean> => {
  const end = seed + runs;
  const counts: Counts = {};
  const broken: number[] = [];
  const open = new Set<number>();
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  let next = seed;
  let done = 0;
  let toldAt = 0;
  let stopped = false;

  /** Every seed below this one is done, so a later run can continue here. */
  const reached = (): number => Math.min(next, ...open);
  const tell = (): void => {
    toldAt = seconds();
    const rate = done / toldAt;
    const left = (runs - done) / rate / 60;
    console.error(
      `${told(done)} of ${told(runs)} runs, ${rate.toFixed(0)} a second, ${left.toFixed(1)} min left, ${broken.length} violations; go on with --seed ${reached()} --runs ${end - reached()}`,
    );
  };
  const stop = (): void => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(new URL(import.meta.url));
      const give = (): void => {
        if (stopped || next >= end) {
          worker.terminate();
          return;
        }
        const slice: Slice = { first: next, runs: Math.min(sliceSize, end - next) };
        next += slice.runs;
        open.add(slice.first);
        worker.postMessage(slice);
      };
      worker.on('message', (report: Report) => {
        open.delete(report.first);
        done += report.runs;
        add(counts, report.counts);
        broken.push(...report.broken);
        if (broken.length > 0) stop();
        if (seconds() - toldAt > secondsBetweenLines) tell();
        give();
      });
      give();
      await new Promise<void>((resolve, reject) => {
        worker.on('error', reject);
        worker.on('exit', () => resolve());
      });
    }),
  );
  console.log(
    table([
      ['runs', done],
      ...Object.entries(counted).map(([name, is]) => [is, counts[name] ?? 0] as const),
      ...faultNames.map((fault) => [fault, counts[fault] ?? 0] as const),
      ['violations', broken.length],
    ]),
  );
  const never = Object.keys(useCases).filter((name) => !counts[name]);
  if (done >= enoughRuns && never.length > 0)
    console.log(`what is asked for makes no sense any more: ${never.join(', ')} was never done`);
  const [{ model = 'unknown' } = {}] = cpus();
  const each = ((seconds() * 1000 * threads) / Math.max(done, 1)).toFixed(1);
  console.log(
    `${seconds().toFixed(0)} s, ${each} ms a run and thread, ${threads} threads, seeds ${seed}–${reached() - 1}, ${cpus().length} × ${model.trim()}, node ${process.version}`,
  );
  const [worst] = broken.sort((a, b) => a - b);
  if (worst !== undefined) {
    console.log(`\nseed ${worst} breaks a law: npm run lab -- --replay ${worst}`);
    console.log('the shortest way to it that was found:');
    const plan = planOf(worst);
    console.log(describe(await shrink({ plan, result: await simulate(plan) }, {})));
  } else if (done < runs)
    console.log(`stopped; go on with --seed ${reached()} --runs ${end - reached()}`);
  return done === runs && broken.length === 0 && (done < enoughRuns || never.length === 0);
};

const usage = `usage: npm run lab [-- --runs N] [--seed N] [--threads N]
       npm run lab -- --replay SEED

  --runs      how many seeds (10000)
  --seed      the first of them (1)
  --threads   how many at once (one for each core)
  --replay    plays one seed, and prints its trace`;

const wholeNumber = (name: string, text: string): number => {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new UsageError(`--${name} is a whole number from 1 on.`);
};

const options = {
  runs: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  threads: { type: 'string', default: String(availableParallelism()) },
  replay: { type: 'string' },
} as const;

if (isMainThread)
  await runCommand({ usage, options }, async ({ runs, seed, threads, replay: one }) => {
    const fine =
      one === undefined
        ? await runAll(
            wholeNumber('runs', runs),
            wholeNumber('seed', seed),
            wholeNumber('threads', threads),
          )
        : await replay(wholeNumber('replay', one));
    return fine ? 0 : 1;
  });
else work();
