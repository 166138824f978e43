import { crc32, inflateRawSync } from 'node:zlib';
import { unreadable } from './sheet.ts';

const maxEntries = 500;
/** Bytes of one entry, and of all that are asked for, when they are inflated: some 5 times a full list. */
const maxEntryBytes = 16 * 1024 * 1024;
const maxTotalBytes = 24 * 1024 * 1024;
/** Sheets of people shrink to a tenth; what shrinks to a three-hundredth is a trap. */
const maxRatio = 300;

const broken = () =>
  unreadable('XLSX 文件已损坏或不是 XLSX。', 'The XLSX file is damaged, or is none.');
const tooLarge = () =>
  unreadable('XLSX 文件解压后过大。', 'The XLSX file is too large when it is unpacked.');

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly offset: number;
}

/** The end of the central directory: it may be followed by a comment of up to 64 KB. */
const endOf = (file: Buffer): number => {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1)
    if (file.readUInt32LE(at) === 0x06054b50) return at;
  throw broken();
};

const directoryOf = (file: Buffer): ReadonlyMap<string, Entry> => {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  if (count > maxEntries) throw tooLarge();
  const entries = new Map<string, Entry>();
  let at = file.readUInt32LE(end + 16);
  for (let left = count; left > 0; left -= 1) {
    if (file.readUInt32LE(at) !== 0x02014b50) throw broken();
    const nameBytes = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, at + 46 + nameBytes);
    if (entries.has(name)) throw broken();
    entries.set(name, {
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      crc: file.readUInt32LE(at + 16),
      packedBytes: file.readUInt32LE(at + 20),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
};

/** @throws RangeError when the archive says that something lies outside of it */
const inflate = (file: Buffer, entry: Entry, limit: number): Buffer => {
  if (file.readUInt32LE(entry.offset) !== 0x04034b50 || entry.flags & 1) throw broken();
  const start =
    entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28);
  const packed = file.subarray(start, start + entry.packedBytes);
  if (packed.length !== entry.packedBytes) throw broken();
  // How long an entry says it is counts for nothing: the inflating stops.
  const maxOutputLength = Math.min(limit, packed.length * maxRatio + 1024);
  if (entry.method === 0 && packed.length <= maxOutputLength) return packed;
  if (entry.method !== 8) throw broken();
  try {
    return inflateRawSync(packed, { maxOutputLength });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : broken();
  }
};

/**
 * Opens a ZIP archive; nothing is inflated before it is asked for, and no more than the limits.
 * @returns what reads an entry by its name: its bytes, or undefined when there is none
 * @throws Problem `unreadable-file`, here and from what it returns
 */
export const unzip = (bytes: Uint8Array): ((name: string) => Buffer | undefined) => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = maxTotalBytes;
  const guarded = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw (error as Error).name === 'RangeError' ? broken() : error;
    }
  };
  const entries = guarded(() => directoryOf(file));
  return (name) => {
    const entry = entries.get(name);
    if (!entry) return undefined;
    const content = guarded(() => inflate(file, entry, Math.min(left, maxEntryBytes)));
    if (crc32(content) !== entry.crc) throw broken();
    left -= content.length;
    return content;
  };
};
