import { expect, test } from '@jest/globals';
import { readSharedStrings, readStyles } from '../../../functions/imports/cell-values.ts';
import { readWorksheet } from '../../../functions/imports/read-worksheet.ts';
import type { Problem } from '../../../functions/refusals/problem.ts';

const styles = `<styleSheet><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
  <dxfs><dxf><font><strike/></font></dxf></dxfs>
  <cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>`;
const run = (text: string, properties?: string) =>
  `<r>${properties === undefined ? '' : `<rPr>${properties}</rPr>`}<t>${text}</t></r>`;
const struck = '<b/><strike val="1"/>';
/** Each text, in runs, with whether its cell's font strikes it through. */
const texts = {
  plain: '<t>白一</t>',
  all: run('白', struck) + run('一', struck),
  part: run('王三', struck) + run('白一', '<b/>'),
  first: run('王三') + run('白一', struck),
  off: run('白一', '<strike val="0"/>'),
  blank: run(' ', struck) + run('白一', ''),
} as const;
const strings = readSharedStrings(
  Buffer.from(
    `<sst>${Object.values(texts)
      .map((text) => `<si>${text}</si>`)
      .join('')}</sst>`,
  ),
);
const read = (rows: string, above = '') =>
  readWorksheet(Buffer.from(`<worksheet>${above}<sheetData>${rows}</sheetData></worksheet>`), {
    strings,
    formats: readStyles(Buffer.from(styles)),
    from1904: false,
  });

test.each<[text: keyof typeof texts, format: number, is: 'all' | 'part' | 'none']>([
  ['plain', 0, 'none'],
  ['plain', 1, 'all'],
  ['plain', 2, 'none'],
  ['all', 0, 'all'],
  ['part', 0, 'part'],
  ['part', 1, 'part'],
  ['first', 0, 'part'],
  ['first', 1, 'all'],
  ['off', 1, 'none'],
  ['blank', 0, 'none'],
])('of the text %s in the format %d, %s is struck through', (text, format, is) => {
  const at = Object.keys(texts).indexOf(text);
  const cells = [
    `<c r="A1" s="${format}" t="s"><v>${at}</v></c>`,
    `<c r="A1" s="${format}" t="inlineStr"><is>${texts[text]}</is></c>`,
  ];
  for (const cell of cells) {
    const [row] = read(`<row r="1">${cell}</row>`).rows;
    expect(row?.struck).toBe(is === 'all' ? true : undefined);
    const shown = expect.stringContaining('白一');
    expect(row?.cells).toEqual([is === 'part' ? { fault: 'partly-struck' } : shown]);
  }
});

const cell = '<c r="A1" t="str"><v>白一</v></c>';
test.each<[what: string, row: string, above: string, hidden: true | undefined]>([
  ['of its own height', '<row r="1" ht="15">', '', undefined],
  ['of no height', '<row r="1" ht="0" customHeight="1">', '', true],
  ['hidden by default', '<row r="1">', '<sheetFormatPr zeroHeight="1"/>', true],
  [
    'shown against the default',
    '<row r="1" ht="15">',
    '<sheetFormatPr zeroHeight="1"/>',
    undefined,
  ],
])('a row %s', (_, row, above, hidden) => {
  expect(read(`${row}${cell}</row>`, above).rows).toMatchObject([{ number: 1, cells: ['白一'] }]);
  expect(read(`${row}${cell}</row>`, above).rows[0]?.hidden).toBe(hidden);
});

test('a column of no width is hidden', () => {
  const columns = '<cols><col min="1" max="1" width="0"/><col min="2" max="2" width="9"/></cols>';
  expect([...read(`<row r="1">${cell}</row>`, columns).hiddenColumns]).toEqual([0]);
});

test.each([
  '<c r="A2"><v>1</v></c><c r="A2"><v>2</v></c>',
  '<c r="A2"/><c r="B2"><v>1</v></c><c r="a2"><v>2</v></c>',
])('two cells in one place are refused', (cells) => {
  try {
    read(`<row r="2">${cells}</row>`);
  } catch (error) {
    expect((error as Problem).params.zh).toMatch(/^第 2 行有两个单元格/);
    return;
  }
  throw new Error('nothing was refused');
});
