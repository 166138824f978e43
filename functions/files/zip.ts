import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** ASCII, with slashes. */
  readonly name: string;
  readonly content: string;
}

/** 1 January 1980, the earliest date there is: equal content makes equal bytes. */
const epoch = 0x0021;
const deflated = 8;

const header = (
  signature: number,
  size: number,
  fields: readonly (readonly [number, 2 | 4, number])[],
) => {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32LE(signature, 0);
  for (const [at, width, value] of fields) bytes.writeUIntLE(value, at, width);
  return bytes;
};

/** A zip archive (APPNOTE 6.3) of texts, each deflated. For archives well below 4 GB. */
export const zip = (entries: readonly ZipEntry[]): Buffer => {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const bytes = Buffer.from(content, 'utf8');
    const packed = deflateRawSync(bytes);
    const title = Buffer.from(name, 'latin1');
    const common = (from: number) =>
      [
        [from, 2, 20],
        [from + 4, 2, deflated],
        [from + 8, 2, epoch],
        [from + 10, 4, crc32(bytes)],
        [from + 14, 4, packed.length],
        [from + 18, 4, bytes.length],
        [from + 22, 2, title.length],
      ] as const;
    const local = header(0x04034b50, 30, common(4));
    files.push(local, title, packed);
    directory.push(header(0x02014b50, 46, [[4, 2, 20], ...common(6), [42, 4, offset]]), title);
    offset += local.length + title.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = header(0x06054b50, 22, [
    [8, 2, entries.length],
    [10, 2, entries.length],
    [12, 4, size],
    [16, 4, offset],
  ]);
  return Buffer.concat([...files, ...directory, end]);
};
