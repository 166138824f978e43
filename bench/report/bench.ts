// The time to make the report of a year through the local host, in each of its forms, and the memory that its
// function needs in a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bundle } from '../bundle.ts';
import type { BenchHost } from '../host.ts';
import type { Step } from '../import/measure.ts';
import { milliseconds, quantile, whole } from '../statistics.ts';
import { table } from '../table.ts';

export const options = {
  seed: '1',
  /** Activities in the year, each with one sheet of eleven people. */
  activities: '1900',
  areas: '18',
  /** Requests of each form, in turns. */
  samples: '20',
};

const roll = 11;
const goal = { ms: 2000, megabytes: 256, bytes: 4 * 1024 * 1024 };

interface Told {
  readonly steps: readonly Step[];
  readonly bytes: number;
}

/** Makes the report once in each form in a process with the heap of a function of 256 MB. */
const inProcess = async (
  { host, views, ledger, people }: BenchHost,
  year: string,
): Promise<Told> => {
  const folder = await mkdtemp(join(tmpdir(), 'leifeng-report-'));
  try {
    const file = join(folder, 'make.mjs');
    await bundle(join(import.meta.dirname, 'make.ts'), file);
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=128', '--max-semi-space-size=1', file, year],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          AWS_ENDPOINT_URL_DYNAMODB: host.dynamodbEndpoint,
          VIEWS_TABLE: views,
          LEDGER_TABLE: ledger,
          PEOPLE_TABLE: people,
        },
      },
    );
    const ended = once(child, 'exit');
    const output = await text(child.stdout);
    const [code] = await ended;
    if (code !== 0) throw new Error(`it ended with ${code}: was the memory too little?`);
    return JSON.parse(output) as Told;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

export const run = async (given: Readonly<Record<string, string>>): Promise<unknown> => {
  const { withHosts } = await import('../host.ts');
  return withHosts(async (start) => {
    // Sets the functions' environment for the projector that makes the Views.
    await import('../../test/support/tables.ts');
    const { createYear, year } = await import('../district.ts');
    const { loadViews } = await import('../reads/load.ts');
    const { xlsx } = await import('../../functions/http/contract.ts');
    const bench = await start();
    const { host } = bench;
    const entries = Number(given.activities) * roll;
    await loadViews(
      bench,
      createYear({ seed: Number(given.seed), entries, areas: Number(given.areas), roll }),
      false,
    );
    const token = await host.mintToken({ sub: 'auditor-1', role: 'auditor' });
    const ask = async (accept: string): Promise<string> => {
      const answer = await fetch(`${host.url}/reports/${year}/draft`, {
        headers: { authorization: `Bearer ${token}`, accept },
      });
      const body = await answer.text();
      if (!answer.ok) throw new Error(body);
      return body;
    };
    const forms = { JSON: 'application/json', HTML: 'text/html', XLSX: xlsx, CSV: 'text/csv' };
    console.log(`${JSON.parse(await ask(forms.JSON)).parts[0].paragraphs[0].text}\n`);
    const times = new Map<string, number[]>();
    for (let at = 0; at < Number(given.samples); at += 1)
      for (const [form, accept] of Object.entries(forms)) {
        const began = performance.now();
        await ask(accept);
        times.set(form, [...(times.get(form) ?? []), performance.now() - began]);
      }
    console.log(
      table(
        ['ms through the host', 'p50', 'p99'],
        [...times].map(([form, all]) => [
          form,
          ...[0.5, 0.99].map((share) => milliseconds(quantile(all, share))),
        ]),
      ),
    );
    const { steps, bytes } = await inProcess(bench, year);
    const most = Math.max(...steps.map(({ megabytes }) => megabytes));
    const slowest = Math.max(...[...times.values()].map((all) => quantile(all, 0.99)));
    const verdict = (met: boolean): string => (met ? 'met' : 'missed');
    console.log(`\ngoal ≤ ${whole(goal.ms)} ms, p99 of each form: ${verdict(slowest <= goal.ms)}`);
    console.log(
      `goal ≤ ${goal.megabytes} MB for a process: ${verdict(most <= goal.megabytes)} (${whole(most)})`,
    );
    console.log(
      `goal: a workbook ≤ ${whole(goal.bytes)} bytes: ${verdict(bytes <= goal.bytes)} (${whole(bytes)})`,
    );
    return { times: Object.fromEntries(times), steps, bytes };
  });
};
