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
  let isFailing = false;
  return {
    write: (chunk) => {
      if (!open) return;
      try {
        writeSync(fd, Buffer.from(chunk));
        isFailing = false;
      } catch (error) {
        // A full disk must not end the host: what is not stored is refused where it is stored.
        if (!isFailing) console.error(`Log lines are lost: ${(error as Error).message} (${file})`);
        isFailing = true;
      }
    },
    close: () => {
      if (open) closeSync(fd);
      open = false;
    },
  };
};
