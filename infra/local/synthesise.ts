import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Runs the CDK app as the CDK CLI would, with cdk.json's context and some more, into `cdkOut`.
 * Rejects with what the app printed when it fails.
 */
export const synthesise = async (
  projectRoot: string,
  cdkOut: string,
  context: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const settings = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));
  const [, ...args] = String(settings.app).split(' ');
  await promisify(execFile)(process.execPath, args, {
    cwd: projectRoot,
    env: {
      ...process.env,
      CDK_OUTDIR: cdkOut,
      CDK_CONTEXT_JSON: JSON.stringify({ ...settings.context, ...context }),
    },
  });
};
