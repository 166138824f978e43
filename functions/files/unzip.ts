import { crc32, inflateRawSync } from 'node:zlib';
import type { OfficeKind } from './office-kind.ts';

const maxEntries = 500;
/**
 * Limits for the inflated bytes of one entry, and of all entries that are read: some 5 times a full
 * list.
 */
const maxEntryBytes = 16 * 1024 * 1024;
const maxTotalBytes = 24 * 1024 * 1024;
/** Sheets of people shrink to a tenth. An entry that shrinks to less than 1/300 is an attack. */
const maxRatio = 300;

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly offset: number;
}

/**
 * A name in the form in which names are compared: part names ignore case, and some programs write
 * backslashes.
 */
const plainName = (name: string): string => name.replaceAll('\\', '/').toLowerCase();

/** The position of the end record of the central directory. A comment of up to 64 KB may follow it. */
const endOf = (file: Buffer, kind: OfficeKind): number => {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1)
    if (file.readUInt32LE(at) === 0x06054b50) return at;
  throw kind.broken();
};

/** The value of a 32-bit field whose true value is too large and is in a 64-bit field (ZIP64). */
const elsewhere = 0xffffffff;

/** A 64-bit number; it must not exceed the file's length, so it is exact. */
const long = (file: Buffer, at: number, kind: OfficeKind): number => {
  const value = file.readBigUInt64LE(at);
  if (value > BigInt(file.length)) throw kind.broken();
  return Number(value);
};

/** The position of the directory and its number of entries. */
const directoryAt = (
  file: Buffer,
  kind: OfficeKind,
): { readonly count: number; readonly offset: number } => {
  const end = endOf(file, kind);
  const count = file.readUInt16LE(end + 10);
  const offset = file.readUInt32LE(end + 16);
  if (count !== 0xffff && offset !== elsewhere) return { count, offset };
  if (file.readUInt32LE(end - 20) !== 0x07064b50) throw kind.broken();
  const large = long(file, end - 12, kind);
  if (file.readUInt32LE(large) !== 0x06064b50) throw kind.broken();
  return { count: long(file, large + 32, kind), offset: long(file, large + 48, kind) };
};

/** An entry's size and position. Values of 64 bits are in its extra field 1, in order. */
const placeOf = (
  file: Buffer,
  at: number,
  kind: OfficeKind,
): Pick<Entry, 'packedBytes' | 'offset'> => {
  const packedBytes = file.readUInt32LE(at + 20);
  const offset = file.readUInt32LE(at + 42);
  if (packedBytes !== elsewhere && offset !== elsewhere) return { packedBytes, offset };
  const extra = at + 46 + file.readUInt16LE(at + 28);
  const end = extra + file.readUInt16LE(at + 30);
  for (let field = extra; field + 4 <= end; field += 4 + file.readUInt16LE(field + 2)) {
    if (file.readUInt16LE(field) !== 1) continue;
    let next = field + 4 + (file.readUInt32LE(at + 24) === elsewhere ? 8 : 0);
    const large = (value: number): number => {
      if (value !== elsewhere) return value;
      next += 8;
      return long(file, next - 8, kind);
    };
    return { packedBytes: large(packedBytes), offset: large(offset) };
  }
  throw kind.broken();
};

/** The entries by their names in lower case, since programs write names in different cases. */
const directoryOf = (file: Buffer, kind: OfficeKind): ReadonlyMap<string, Entry> => {
  const { count, offset } = directoryAt(file, kind);
  if (count > maxEntries) throw kind.tooLarge();
  const entries = new Map<string, Entry>();
  let at = offset;
  for (let left = count; left > 0; left -= 1) {
    if (file.readUInt32LE(at) !== 0x02014b50) throw kind.broken();
    const nameBytes = file.readUInt16LE(at + 28);
    const name = plainName(file.toString('utf8', at + 46, at + 46 + nameBytes));
    if (entries.has(name)) throw kind.broken();
    entries.set(name, {
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      crc: file.readUInt32LE(at + 16),
      ...placeOf(file, at, kind),
    });
    at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
};

/** @throws RangeError when the archive refers to a position outside of it */
const inflate = (file: Buffer, entry: Entry, limit: number, kind: OfficeKind): Buffer => {
  if (entry.flags & 1) throw kind.locked();
  if (file.readUInt32LE(entry.offset) !== 0x04034b50) throw kind.broken();
  const start =
    entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28);
  const packed = file.subarray(start, start + entry.packedBytes);
  if (packed.length !== entry.packedBytes) throw kind.broken();
  // The stated size is ignored: inflating stops at this limit.
  const maxOutputLength = Math.min(limit, packed.length * maxRatio + 1024);
  if (entry.method === 0 && packed.length <= maxOutputLength) return packed;
  if (entry.method !== 8) throw kind.broken();
  try {
    return inflateRawSync(packed, { maxOutputLength });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? kind.tooLarge()
      : kind.broken();
  }
};

export interface Archive {
  /** In lower case. */
  readonly names: readonly string[];
  /**
   * An entry's bytes by its name, in any case; undefined when there is none.
   * @throws Problem `unreadable-file`
   */
  readonly read: (name: string) => Buffer | undefined;
}

/**
 * Opens a ZIP archive. Entries are inflated only when they are read, up to the limits.
 * @throws Problem `unreadable-file`
 */
export const unzip = (bytes: Uint8Array, kind: OfficeKind): Archive => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = maxTotalBytes;
  const guarded = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw (error as Error).name === 'RangeError' ? kind.broken() : error;
    }
  };
  const entries = guarded(() => directoryOf(file, kind));
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(plainName(name));
      if (!entry) return undefined;
      const content = guarded(() => inflate(file, entry, Math.min(left, maxEntryBytes), kind));
      if (crc32(content) !== entry.crc) throw kind.broken();
      left -= content.length;
      return content;
    },
  };
};
