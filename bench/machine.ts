import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

const git = (...args: readonly string[]): string => {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
};

/** The time, commit and machine of a run, which every figure needs. */
export const machine = () => {
  const at = new Date().toISOString();
  const commit = process.env.BENCH_COMMIT ?? git('rev-parse', '--short', 'HEAD').trim();
  const changed = git('status', '--porcelain', 'functions', 'events', 'infra', 'bench') !== '';
  const cpu = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
  const summary = `${at} · commit ${commit || 'unknown'}${changed ? ' with uncommitted changes' : ''} · Node ${process.version} · ${cpu} · ${memory} · load ${load}`;
  return { at, commit, changed, node: process.version, cpu, memory, load, summary };
};
