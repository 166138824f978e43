import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Without the AWS CLI, what to do about it; any other error unchanged. */
const explained = (error: unknown): unknown =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? new Error('This needs the AWS CLI (the command aws), with your credentials and region.')
    : error;

/**
 * Runs the AWS CLI, which takes credentials and region as it always does, and returns what it prints.
 * @throws Error with what the CLI complains about
 */
export const askAws = async (...args: readonly string[]): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)('aws', args, { maxBuffer: 64 * 2 ** 20 });
    return stdout.trim();
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw stderr ? new Error(stderr.trim()) : explained(error);
  }
};
