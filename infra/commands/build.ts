// npm run build: what the package `leifeng` exports, in dist/. `npm pack` runs it first.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundlesFolder } from '../bundles.ts';
import { runCommand } from './command-line.ts';

const usage = `usage: npm run build

Compiles infra/library.ts, with its types, to dist/, and puts the functions' bundles beside it.`;

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

await runCommand({ usage, options: {} }, async () => {
  rmSync(dist, { recursive: true, force: true });
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const { status } = spawnSync(compiler, ['--project', 'tsconfig.library.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) return 1;
  cpSync(bundlesFolder(), join(dist, 'bundles'), { recursive: true });
  return 0;
});
