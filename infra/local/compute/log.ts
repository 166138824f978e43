import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Log {
  write(chunk: string | Uint8Array): void;
  close(): void;
}

/** A log whose lines are appended at once. After its end, further lines are dropped. */
export const openLog = (file: string): Log => {
  mkdirSync(dirname(file), { recursive: true });
  const fd = openSync(file, 'a', 0o600);
  let open = true;
  return {
    write: (chunk) => {
      if (open) writeSync(fd, Buffer.from(chunk));
    },
    close: () => {
      if (open) closeSync(fd);
      open = false;
    },
  };
};
