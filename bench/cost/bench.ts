// The cost of a million HoursLogged on AWS: requests counted at the wire, priced from prices.json.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../infra/local/data/dynamodb.ts';
import { printRuns } from './report.ts';
import type { Asked } from './runs.ts';
import { createWire } from './wire.ts';

export const options = {
  seed: '1',
  /** Hours entries logged in each run. */
  logs: '2000',
  communities: '12',
  /** Single commands a second, a run for each rate. At higher rates a batch's events share more cells. */
  rates: '1,5,50',
  /** Rolls of twenty to forty people, a second. */
  rolls: '0.2',
  /** Only the runs whose label begins with one of these. */
  only: '',
};

const askedFor = (given: Readonly<Record<string, string>>): readonly Asked[] => {
  const common = {
    seed: Number(given.seed),
    logs: Number(given.logs),
    communities: Number(given.communities),
    ...{ rate: 5, rolls: false, correct: 0, void: 0, verify: 0 },
  };
  const few = { logs: Math.min(common.logs, 300) };
  const rates = (given.rates ?? '').split(',').map(Number);
  const rolls = { ...common, rate: Number(given.rolls), rolls: true, design: 'ours' as const };
  const only = (given.only ?? '').split(',');
  const all: readonly Asked[] = [
    // Their cost per event does not depend on the number or the rate of commands.
    { ...common, ...few, design: 'floor', label: 'floor' },
    { ...common, ...few, design: 'naive', label: 'naive' },
    ...rates.map((rate) => ({
      ...common,
      rate,
      design: 'ours' as const,
      label: `single ${rate}/s`,
    })),
    { ...rolls, label: 'roll, logged' },
    { ...rolls, verify: 0.5, label: 'roll, verified whole' },
    { ...common, design: 'ours', correct: 0.2, void: 0.1, label: 'mix 5/s' },
    { ...common, design: 'ours', verify: 0.5, label: 'single, verified 5/s' },
  ];
  return all.filter(({ label }) => only.some((begin) => label.startsWith(begin)));
};

export const run = async (given: Readonly<Record<string, string>>): Promise<unknown> => {
  const folder = await mkdtemp(join(tmpdir(), 'leifeng-bench-'));
  const engine = await startEngine(join(folder, 'dynamodb'), join(folder, 'dynamodb.log'));
  const wire = await createWire(engine.endpoint);
  delete process.env.DYNAMODB_ENDPOINT;
  Object.assign(process.env, {
    TEST_DYNAMODB_ENDPOINT: wire.endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: wire.endpoint,
    BUS_NAME: 'bus',
    // Lambda sets this variable, and our log lines contain it.
    _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
  });
  try {
    await import('../../test/support/tables.ts');
    // The tests silence the log; here its bytes are part of the cost.
    process.env.POWERTOOLS_LOG_LEVEL = 'INFO';
    const { runOne } = await import('./runs.ts');
    const runs = [];
    for (const asked of askedFor(given)) {
      const begun = Date.now();
      runs.push(await runOne(wire, asked));
      console.error(`${asked.label}: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
    }
    return printRuns(runs);
  } finally {
    await wire.stop();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
