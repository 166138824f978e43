import { gzipSync } from 'node:zlib';
import { statusListLength } from '../../events/recognition.ts';

/** The bits of a list, the first of them leftmost, compressed, as Bitstring Status List writes them. */
export const encodedList = (set: readonly number[]): string => {
  const bits = Buffer.alloc(statusListLength / 8);
  for (const index of set) {
    const at = index >> 3;
    bits[at] = (bits[at] ?? 0) | (0x80 >> (index & 7));
  }
  return `u${gzipSync(bits, { level: 9 }).toString('base64url')}`;
};
