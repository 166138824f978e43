// Memory and time to check, accept and register a list of 10,000 people, with the deployed bundles: the HTTP
// function in one process, the registrar in another.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SQSEvent } from 'aws-lambda';
import { createKmsActions, openKeys } from '../../infra/local/data/kms.ts';
import { serveActions } from '../../infra/local/edge/actions.ts';
import { nameOf, residentIdOf } from '../../test/support/people.ts';
import { gb18030, xlsx } from '../../test/support/sheets.ts';
import { bundle } from '../bundle.ts';
import { withEngine } from '../engine.ts';
import { whole } from '../statistics.ts';
import { table } from '../table.ts';
import type { Step } from './measure.ts';

export const options = {
  rows: '10000',
  /** Megabytes of the function's memory, up to 512. */
  memory: '256',
};

/**
 * The heap that V8 chooses on a machine with this memory: half of it for the old generation, and the least
 * for the young one (https://nodejs.org/api/cli.html, --max-semi-space-size). On a large machine V8 would
 * choose 96 MB for the young generation.
 */
const heapOf = (memory: string): readonly string[] => [
  `--max-old-space-size=${Number(memory) / 2}`,
  '--max-semi-space-size=1',
];

const headings = ['姓名', '性别', '身份证号', '手机', '社区', '服务类别', '特长', '标签'];
const personOf = (n: number): readonly string[] => [
  nameOf(n),
  n % 2 === 1 ? '男' : '女',
  residentIdOf(`19${50 + (n % 50)}-0${1 + (n % 9)}-1${n % 9}`, n % 1000, `1101${10 + (n % 89)}`),
  `138${String(n).padStart(8, '0')}`,
  '红旗街道',
  '社区服务、为老服务',
  '急救、普通话、摄影',
  n % 3 === 0 ? '党员' : '',
];

interface Told {
  readonly steps: readonly Step[];
  readonly id: string;
  readonly accepted: number;
  readonly compared: number;
}

/** Runs a bundle in a process of its own, with the heap of a function. */
const inProcess = async (memory: string, bundled: string, argument: string): Promise<Told> => {
  const child = spawn(process.execPath, [...heapOf(memory), bundled, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const output = await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`it ended with ${code}: was the memory too little?`);
  return JSON.parse(output) as Told;
};

/** Founds a district with areas for the people. */
const found = async (): Promise<void> => {
  const { freshTables } = await import('../../test/support/tables.ts');
  const { foundTown, ledger } = await import('../../test/support/town.ts');
  const { handler: projector } = await import('../../functions/projector/projector.ts');
  const { invoke } = await import('../../test/support/invoke.ts');
  await freshTables();
  await foundTown();
  const Records = (await ledger()).map((detail, at) => ({
    messageId: `${at}`,
    body: JSON.stringify({ detail }),
  }));
  await invoke(projector, { Records } as SQSEvent);
};

const shown = (steps: readonly Step[]): readonly string[][] =>
  steps.map(({ step, ms, megabytes }) => [step, (ms / 1000).toFixed(1), whole(megabytes)]);

export const run = async ({
  rows: count,
  memory = '',
}: Readonly<Record<string, string>>): Promise<unknown> => {
  const rows = [headings, ...Array.from({ length: Number(count) }, (_, n) => personOf(n))];
  const csv = rows.map((cells) => cells.join(',')).join('\r\n');
  const files = {
    'CSV in UTF-8': Buffer.from(csv),
    'CSV in GB18030': gb18030(csv),
    XLSX: xlsx(rows),
  };
  const folder = await mkdtemp(join(tmpdir(), 'leifeng-import-'));
  const kms = await serveActions(
    createKmsActions(openKeys(folder, ['people'], false), {
      region: 'us-east-1',
      account: '000000000000',
    }),
  );
  process.env.TEST_KMS_ENDPOINT = `http://127.0.0.1:${kms.port}`;
  const bundled = async (name: string): Promise<string> => {
    const file = join(folder, `${name}.mjs`);
    await bundle(join(import.meta.dirname, `${name}.ts`), file);
    return file;
  };
  try {
    const [handIn, register] = [await bundled('hand-in'), await bundled('register')];
    return await withEngine(async () => {
      const results: Record<string, readonly Step[]> = {};
      for (const [title, bytes] of Object.entries(files)) {
        await found();
        const file = join(folder, 'people');
        await writeFile(file, bytes);
        const { id, accepted, compared, steps } = await inProcess(memory, handIn, file);
        const registered = await inProcess(memory, register, id);
        results[title] = [...steps, ...registered.steps];
        console.log(`${title}: ${accepted} accepted, ${compared} compared by the dry run\n`);
        console.log(table([title, 's', 'resident MB, at most'], shown(results[title])));
        console.log('');
      }
      const all = Object.values(results).flat();
      const most = Math.max(...all.map(({ megabytes }) => megabytes));
      const verdict = most <= Number(memory) ? 'met' : 'missed';
      console.log(`goal ≤ ${memory} MB for each process, all counted: ${verdict} (${whole(most)})`);
      return results;
    });
  } finally {
    await kms.stop(0);
    await rm(folder, { recursive: true, force: true });
  }
};
