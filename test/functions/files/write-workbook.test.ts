import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import { xlsx } from '../../../functions/files/office-kind.ts';
import { unzip } from '../../../functions/files/unzip.ts';
import { columnName, writeWorkbook } from '../../../functions/files/write-workbook.ts';
import { zip } from '../../../functions/files/zip.ts';

const written = (text: string) =>
  Buffer.from(writeWorkbook([{ name: '表', frozen: 0, rows: [{ cells: [{ text }] }] }]));

/** What Excel reads `_x000D_` as. */
const decoded = (text: string): string =>
  text.replace(/_x([\dA-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
const rawText = (file: Buffer): string => {
  const xml = Buffer.from(unzip(file, xlsx).read('xl/worksheets/sheet1.xml') ?? []).toString(
    'utf8',
  );
  const [, text = ''] = /<t xml:space="preserve">(.*)<\/t>/s.exec(xml) ?? [];
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
};

describe('a text', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', 'a\tb', ']]>', '&amp; <b>', '"', '  two spaces  '])(
    '%j is read as it is',
    async (text) => {
      const [sheet] = await readXlsxFile(written(text), { trim: false });
      expect(sheet?.data).toEqual([[text]]);
    },
  );

  test.each([
    ['a control character', 'a\u0001b', 'a_x0001_b'],
    ['a carriage return', 'a\rb', 'a_x000D_b'],
    ['what looks like an escape', '_x000D_', '_x005F_x000D_'],
    ['what is no character', '\ufffe', '_xFFFE_'],
  ])('with %s is escaped as Excel does', (_, text, escaped) => {
    expect(rawText(written(text))).toBe(escaped);
  });

  test('any text comes back, and the file holds no character that XML refuses', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('_x000D_', '\r\n', '_x005f_'),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 4 }), (parts) => {
        const text = parts.join('');
        const raw = rawText(written(text));
        expect(raw).not.toMatch(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        expect(decoded(raw)).toBe(text.toWellFormed());
      }),
    );
  });
});

test('numbers are numbers, also below a frozen heading, and a formula has its value', async () => {
  const file = writeWorkbook([
    {
      name: '一',
      frozen: 1,
      rows: [
        { cells: [{ text: '数' }], kind: 'bold' },
        { cells: [{ number: 0.5, decimals: 1 }] },
        { cells: [null, { number: 2, decimals: 0 }] },
        { cells: [{ number: 0.5, decimals: 1, formula: 'SUM(A2:A3)' }] },
      ],
    },
    { name: '二', frozen: 0, rows: [] },
  ]);
  const [first, second] = await readXlsxFile(Buffer.from(file));
  expect(first).toEqual({
    sheet: '一',
    data: [
      ['数', null],
      [0.5, null],
      [null, 2],
      [0.5, null],
    ],
  });
  expect(second?.sheet).toBe('二');
  const xml = Buffer.from(unzip(file, xlsx).read('xl/worksheets/sheet1.xml') ?? []).toString(
    'utf8',
  );
  expect(xml).toContain(
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
  );
  expect(xml).toContain('<c r="A4" s="2"><f>SUM(A2:A3)</f><v>0.5</v></c>');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', (number) => {
  const rows = [{ cells: [{ number, decimals: 0 as const }] }];
  expect(() => writeWorkbook([{ name: '表', frozen: 0, rows }])).toThrow('A1 has no finite number');
});

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %d is %s', (column, letters) => {
  expect(columnName(column)).toBe(letters);
});

test('equal content makes equal bytes, which our own reader takes back', () => {
  const entries = [
    { name: 'a.txt', content: '内容' },
    { name: 'b/c.txt', content: '' },
  ];
  const { names, read } = unzip(zip(entries), xlsx);
  expect(names).toEqual(['a.txt', 'b/c.txt']);
  expect(Buffer.from(read('a.txt') ?? []).toString()).toBe('内容');
  expect(zip(entries).equals(zip(entries))).toBe(true);
});

test('every style that a cell has is there', () => {
  const cells = [
    { text: '学雷锋' },
    { number: 1, decimals: 0 },
    { number: 1.5, decimals: 1 },
  ] as const;
  const rows = (['heading', 'bold', undefined] as const).map((kind) =>
    kind === undefined ? { cells } : { kind, cells },
  );
  const file = unzip(Buffer.from(writeWorkbook([{ name: '表', frozen: 0, rows }])), xlsx);
  const read = (path: string) => Buffer.from(file.read(path) ?? []).toString('utf8');
  const [, count, styles = ''] =
    /<cellXfs count="(\d+)">(.*?)<\/cellXfs>/s.exec(read('xl/styles.xml')) ?? [];
  const found = [...styles.matchAll(/<xf /g)].length;
  expect(found).toBe(Number(count));
  const used = [...read('xl/worksheets/sheet1.xml').matchAll(/ s="(\d+)"/g)].map(([, s]) =>
    Number(s),
  );
  expect(Math.max(...used)).toBe(found - 1);
});
