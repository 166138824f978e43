// What a list of 10,000 people takes: memory and time to check it, to accept it, to register it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { serveActions } from '../../infra/local/actions.ts';
import { createKmsActions, openKeys } from '../../infra/local/kms.ts';
import { residentIdOf } from '../../test/support/people.ts';
import { gb18030, xlsx } from '../../test/support/sheets.ts';
import { withEngine } from '../engine.ts';
import { table } from '../table.ts';
import type { Step } from './hand-in.ts';

export const options = {
  rows: '10000',
  /** Megabytes that the old space of V8's heap may have; with more it dies. */
  heap: '256',
};

const headings = ['姓名', '性别', '身份证号', '手机', '社区', '服务类别', '特长', '标签'];
const personOf = (n: number): readonly string[] => [
  `志愿者${n}`,
  n % 2 === 1 ? '男' : '女',
  residentIdOf(`19${50 + (n % 50)}-0${1 + (n % 9)}-1${n % 9}`, n % 1000, `1101${10 + (n % 89)}`),
  `138${String(n).padStart(8, '0')}`,
  '红旗街道',
  '社区服务、为老服务',
  '急救、普通话、摄影',
  n % 3 === 0 ? '党员' : '',
];

/** In a process of its own, with a heap of its own, as a function has it. */
const handIn = async (file: string, heap: string): Promise<readonly Step[]> => {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heap}`, join(import.meta.dirname, 'hand-in.ts'), file],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const output = await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`it ended with ${code}: was the heap too small?`);
  return JSON.parse(output) as readonly Step[];
};

const shown = (title: string, steps: readonly Step[]): readonly string[][] =>
  steps.map(({ step, ms, megabytes }) => [
    `${title}: ${step}`,
    (ms / 1000).toFixed(2),
    megabytes.toFixed(0),
  ]);

export const run = async (given: Readonly<Record<string, string>>): Promise<unknown> => {
  const rows = [headings, ...Array.from({ length: Number(given.rows) }, (_, n) => personOf(n))];
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
  try {
    return await withEngine(async () => {
      const results: Record<string, readonly Step[]> = {};
      for (const [title, bytes] of Object.entries(files)) {
        const file = join(folder, 'people');
        await writeFile(file, bytes);
        results[title] = await handIn(file, given.heap ?? '');
      }
      const lines = Object.entries(results).flatMap(([title, steps]) => shown(title, steps));
      console.log(table([`${given.rows} people`, 's', 'resident MB, at most'], lines));
      console.log(`\nheap (old space) of at most ${given.heap} MB: kept`);
      return results;
    });
  } finally {
    await kms.stop(0);
    await rm(folder, { recursive: true, force: true });
  }
};
