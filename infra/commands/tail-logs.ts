import { closeSync, openSync, readdirSync, readSync, statSync, watch } from 'node:fs';
import { basename, join } from 'node:path';

export interface TailOptions {
  /** The folder of the functions' logs. */
  readonly folder: string;
  /** Prints only lines with this text, such as a correlation id. */
  readonly text?: string | undefined;
  /** Prints only functions whose name contains this. */
  readonly functionName?: string | undefined;
  /** Leaves out lines that were written before the call. */
  readonly onlyNew?: boolean;
  readonly print: (line: string) => void;
}

const CHUNK = 64 * 1024;

/** A line of the structured log in readable form; any other line unchanged. */
export const readable = (line: string): string => {
  try {
    const { timestamp, level, message, service, sampling_rate, ...rest } = JSON.parse(line);
    const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
    return `${timestamp} ${level} ${message}${more}`;
  } catch {
    return line;
  }
};

/** Prints the complete lines of all logs in a folder, each with its function. `look` prints the next ones. */
export const createTail = ({
  folder,
  text = '',
  functionName = '',
  onlyNew,
  print,
}: TailOptions) => {
  const read = new Map<string, { offset: number; rest: Buffer }>();
  /** @returns how many lines it printed */
  const look = (): number => {
    let printed = 0;
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.log'))
      .sort();
    for (const file of files) {
      const name = basename(file, '.log');
      if (!name.includes(functionName)) continue;
      const path = join(folder, file);
      let { offset, rest } = read.get(file) ?? { offset: 0, rest: Buffer.alloc(0) };
      const fd = openSync(path, 'r');
      try {
        for (const chunk = Buffer.alloc(CHUNK); ; ) {
          const count = readSync(fd, chunk, 0, CHUNK, offset);
          if (count === 0) break;
          offset += count;
          const whole = Buffer.concat([rest, chunk.subarray(0, count)]);
          const end = whole.lastIndexOf('\n') + 1;
          rest = whole.subarray(end);
          for (const line of whole.subarray(0, end).toString().split('\n'))
            if (line !== '' && line.includes(text)) {
              print(`${name}: ${readable(line)}`);
              printed += 1;
            }
        }
      } finally {
        closeSync(fd);
      }
      read.set(file, { offset, rest });
    }
    return printed;
  };
  if (onlyNew)
    for (const file of readdirSync(folder))
      read.set(file, { offset: statSync(join(folder, file)).size, rest: Buffer.alloc(0) });
  return {
    look,
    /** Calls `look` after every write. Returns a function that ends this. */
    follow: (): (() => void) => {
      const watcher = watch(folder, look);
      return () => watcher.close();
    },
  };
};
