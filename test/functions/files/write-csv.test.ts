import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { writeCsv } from '../../../functions/files/write-csv.ts';

test('has a byte order mark, commas and CRLF, and quotes what needs them', () => {
  expect(
    writeCsv([
      ['名称', 1.5, null],
      ['a,"b"', -2, 'c\nd'],
    ]),
  ).toBe('\ufeff名称,1.5,\r\n"a,""b""",-2,"c\nd"\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '\u00a0=1', '－1'])(
  '%j begins with an apostrophe',
  (text) => {
    const [[field]] = parse(writeCsv([[text]]), { bom: true }) as [[string]];
    expect(field).toBe(`'${text}`);
  },
);

test('numbers stay numbers, also below zero', () => {
  expect(writeCsv([[-5]])).toBe('\ufeff-5\r\n');
});

test('any table comes back, each text as it is or with an apostrophe before it', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'=+-@"\',\t\r\n a1。') }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(value, { minLength: 2, maxLength: 2 }), { minLength: 1 }),
      (rows) => {
        const read: string[][] = parse(writeCsv(rows), { bom: true, relax_column_count: false });
        expect(
          read.map((row) => row.map((field) => field.replace(/^'(?=\s*[=+\-@]|[\t\r\n])/, ''))),
        ).toEqual(
          rows.map((row) => row.map((field) => field.replace(/^'(?=\s*[=+\-@]|[\t\r\n])/, ''))),
        );
        for (const field of read.flat()) expect(field).not.toMatch(/^\s*[=+\-@]/);
      },
    ),
  );
});
