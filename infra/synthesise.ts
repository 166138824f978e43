import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fingerprintOf } from './fingerprint.ts';

/** The inputs of an assembly, besides the context. */
const sources = ['infra/**/*', 'functions/**/*', 'events/**/*', 'package-lock.json', 'cdk.json'];

/**
 * Runs the app of cdk.json as the CDK CLI would, with this context, into `cdkOut`. Does nothing if the
 * folder already holds the assembly of the same sources and context.
 * If the app fails, rejects with its output. Standard error is also passed to `onOutput` at once.
 * @returns whether the assembly was synthesised
 */
export const synthesise = async (
  projectRoot: string,
  cdkOut: string,
  context: Readonly<Record<string, unknown>>,
  onOutput?: (text: string) => void,
): Promise<boolean> => {
  const fingerprint = fingerprintOf(projectRoot, sources, context);
  const marker = join(cdkOut, '.made-from');
  if (readText(marker) === fingerprint) return false;
  rmSync(cdkOut, { recursive: true, force: true });
  const { app } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));
  const [, ...args] = String(app).split(' ');
  const run = promisify(execFile)(process.execPath, args, {
    cwd: projectRoot,
    env: {
      ...process.env,
      CDK_OUTDIR: cdkOut,
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
  });
  if (onOutput) run.child.stderr?.on('data', onOutput);
  await run;
  mkdirSync(cdkOut, { recursive: true });
  writeFileSync(marker, fingerprint);
  return true;
};

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
