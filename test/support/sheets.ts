import { crc32, deflateRawSync } from 'node:zlib';

/** The ways in which programs write archives. */
export interface ZipDialect {
  readonly stored?: boolean;
  /** Sizes and checksums after an entry, as programs write them that cannot seek. */
  readonly streamed?: boolean;
  /** Sizes and offsets in 64 bits, as some programs write them even for small files. */
  readonly zip64?: boolean;
}

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** The size in the headers, if it is to be false. */
  readonly claimedBytes?: number;
  readonly stored?: boolean;
}

const long = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [at, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), at * 8);
  return bytes;
};

/** A ZIP archive: local headers, a central directory, and its end record. */
export const zip = (entries: readonly ZipEntry[], dialect: ZipDialect = {}): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimedBytes, stored = dialect.stored ?? false } of entries) {
    const bytes = Buffer.from(content as Uint8Array);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(dialect.streamed ? 8 : 0, 2);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedBytes ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const before = Buffer.from(fields);
    if (dialect.streamed) before.fill(0, 10, 22);
    const behind = dialect.streamed
      ? Buffer.concat([Buffer.from('PK\x07\x08'), fields.subarray(10, 22)])
      : Buffer.alloc(0);
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04'),
      before,
      Buffer.from(name),
      packed,
      behind,
    ]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const extra = dialect.zip64
      ? Buffer.concat([Buffer.of(1, 0, 24, 0), long(bytes.length, packed.length, offset)])
      : Buffer.alloc(0);
    if (dialect.zip64) {
      fields.writeUInt32LE(0xffffffff, 14);
      fields.writeUInt32LE(0xffffffff, 18);
      fields.writeUInt16LE(extra.length, 24);
      rest.writeUInt32LE(0xffffffff, 10);
    }
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, rest, Buffer.from(name), extra]),
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  const large = dialect.zip64
    ? Buffer.concat([
        Buffer.from('PK\x06\x06'),
        long(44),
        Buffer.alloc(12),
        long(entries.length, entries.length, central.length, offset),
        Buffer.from('PK\x06\x07\0\0\0\0'),
        long(offset + central.length),
        Buffer.of(1, 0, 0, 0),
      ])
    : Buffer.alloc(0);
  if (dialect.zip64) end.fill(0xff, 4, 16);
  return Buffer.concat([...parts, central, large, Buffer.from('PK\x05\x06'), end]);
};

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A cell: text, a number, a date's serial day, or raw XML. */
export type XlsxCell = string | number | { readonly day: number } | { readonly xml: string };

const cellXml = (cell: XlsxCell, reference: string): string => {
  if (typeof cell === 'string')
    return `<c r="${reference}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if ('day' in cell) return `<c r="${reference}" s="1"><v>${cell.day}</v></c>`;
  return cell.xml.includes(' r=') ? cell.xml : cell.xml.replace('<c', `<c r="${reference}"`);
};

export interface XlsxOptions {
  readonly strings?: readonly string[];
  /** XML before the sheet's root element. */
  readonly prologue?: string;
  readonly date1904?: boolean;
  /** More entries of the archive. */
  readonly more?: readonly ZipEntry[];
}

/** A workbook with one sheet. Its second cell format is a date. */
export const xlsx = (
  rows: readonly (readonly XlsxCell[])[],
  { strings = [], prologue = '', date1904 = false, more = [] }: XlsxOptions = {},
): Buffer => {
  const sheet = rows
    .map((cells, at) => {
      const xml = cells.map((cell, column) =>
        cellXml(cell, `${String.fromCharCode(65 + column)}${at + 1}`),
      );
      return `<row r="${at + 1}">${xml.join('')}</row>`;
    })
    .join('');
  return zip([
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="urn:r"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets><sheet name="a" state="hidden" sheetId="1" r:id="rId9"/><sheet name="b" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        '<Relationships><Relationship Id="rId9" Target="worksheets/none.xml"/><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    },
    {
      name: 'xl/styles.xml',
      content:
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    },
    {
      name: 'xl/sharedStrings.xml',
      content: `<sst>${strings.map((text) => `<si><r><t>${escaped(text)}</t></r><rPh><t>x</t></rPh></si>`).join('')}</sst>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `${prologue}<x:worksheet xmlns:x="urn:x"><sheetData>${sheet}</sheetData></x:worksheet>`,
    },
    ...more,
  ]);
};

let pairs: ReadonlyMap<string, readonly number[]> | undefined;

/** Text in GB18030, limited to characters of at most two bytes. */
export const gb18030 = (text: string): Buffer => {
  if (!pairs) {
    const decoder = new TextDecoder('gb18030');
    const known = new Map<string, readonly number[]>();
    for (let a = 0x81; a <= 0xfe; a += 1)
      for (let b = 0x40; b <= 0xfe; b += 1)
        if (b !== 0x7f) known.set(decoder.decode(Uint8Array.of(a, b)), [a, b]);
    pairs = known;
  }
  const known = pairs;
  return Buffer.from(
    [...text].flatMap((character) =>
      character < '\x80' ? [character.charCodeAt(0)] : (known.get(character) ?? [0x3f]),
    ),
  );
};
