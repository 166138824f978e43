// The projector of an earlier commit, run from a worktree of that commit: it is compared, and not kept.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Line } from '../district.ts';

interface Batches {
  readonly batchSize: number;
  readonly sideBySide: number;
}

/** What the earlier code runs: events of its own form, through its own projector. */
const script = `
import { readFileSync } from 'node:fs';
import { freshTables } from './test/support/tables.ts';
import { catalogue } from './events/catalogue.ts';
import { handler } from './functions/dashboards/projector.ts';
const { lines, batchSize, sideBySide } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const example = catalogue.HoursVerified.example.hours;
const events = lines.map(({ id, version, ...line }) => {
  const type = line.status === 'pending' ? 'HoursLogged' : 'HoursVerified';
  const at = '2025-12-31T00:00:00.000Z';
  const verifiedBy = line.status === 'pending' ? null : 'verifier-1';
  return {
    id, type, schemaVersion: catalogue[type].schemaVersion,
    aggregate: { type: 'hours', id, version },
    district: 'bench', occurredAt: at, recordedAt: at, actor: { role: 'organiser', id: 'organiser-1' },
    correlationId: 'JKJaXmPLvHcESHA=', causationId: null,
    data: { hours: { ...example, ...line, attendedMinutes: line.creditedMinutes, verifiedBy } },
  };
});
const project = async (all) => {
  const batches = [];
  for (let at = 0; at < all.length; at += batchSize) batches.push(all.slice(at, at + batchSize));
  const lane = async () => {
    for (let left = batches.shift(); left; left = batches.shift())
      while (left.length > 0) {
        const Records = left.map((detail, at) => ({ messageId: String(at), body: JSON.stringify({ detail }) }));
        const { batchItemFailures } = await handler({ Records }, { getRemainingTimeInMillis: () => 30000 });
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        left = left.filter((_, at) => failed.has(String(at)));
      }
  };
  await Promise.all(Array.from({ length: sideBySide }, lane));
};
await freshTables();
await project(events.slice(0, 300));
await freshTables();
const began = performance.now();
await project(events);
console.log(performance.now() - began);
`;

/**
 * Milliseconds in which the projector of `commit` counts these lines, on the engine of this run. It
 * needs the packages of this repository and the history of git.
 */
export const runEarlier = async (
  commit: string,
  lines: readonly Line[],
  { batchSize, sideBySide }: Batches,
): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'leifeng-earlier-'));
  const tree = join(folder, 'tree');
  const git = (...args: readonly string[]) => execFileSync('git', args, { stdio: 'pipe' });
  git('worktree', 'add', '--detach', tree, commit);
  try {
    symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
    writeFileSync(join(tree, 'earlier.mjs'), script);
    const given = join(folder, 'lines.json');
    writeFileSync(given, JSON.stringify({ lines, batchSize, sideBySide }));
    const child = spawn(process.execPath, ['earlier.mjs', given], {
      cwd: tree,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const [code] = await once(child, 'close');
    const ms = Number(output.trim().split('\n').at(-1));
    if (code !== 0 || !(ms > 0)) throw new Error(`the projector of ${commit} ended with ${code}`);
    return ms;
  } finally {
    git('worktree', 'remove', '--force', tree);
    rmSync(folder, { recursive: true, force: true });
  }
};
