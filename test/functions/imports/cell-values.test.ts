import { expect, test } from '@jest/globals';
import { cellOf, readStyles } from '../../../functions/imports/cell-values.ts';

/** What a cell with the serial day of 1960-06-01 is read as, in a built-in or a custom format. */
const shown = (format: number | string) => {
  const [id, code] = typeof format === 'number' ? [format, ''] : [170, format];
  const escaped = code.replaceAll('"', '&quot;');
  const styles = `<styleSheet><numFmts><numFmt numFmtId="${code === '' ? 171 : 170}" formatCode="${escaped}"/></numFmts><cellXfs><xf numFmtId="${id}"/></cellXfs></styleSheet>`;
  const formats = readStyles(Buffer.from(styles));
  return cellOf('n', '0', '22068', { strings: [], formats, from1904: false });
};

test.each<[number | string, string]>([
  [14, '1960-06-01'],
  [22, '1960-06-01'],
  [31, '1960-06-01'],
  ['yyyy-mm-dd', '1960-06-01'],
  ['yyyy/m/d h:mm', '1960-06-01'],
  ['[$-F800]dddd, mmmm dd, yyyy', '1960-06-01'],
  ['[$-404]e/m/d', '1960-06-01'],
  ['yyyy"年"m"月"d"日";@', '1960-06-01'],
  [17, '1960-06'],
  [27, '1960-06'],
  [57, '1960-06'],
  ['yyyy"年"m"月"', '1960-06'],
  ['yyyy\\-mm', '1960-06'],
  ['mmm-yy', '1960-06'],
  [16, '6月1日'],
  [58, '6月1日'],
  ['m"月"d"日"', '6月1日'],
  ['m/d h:mm', '6月1日'],
  ['yyyy', '1960年'],
  ['yyyy"年" h:mm', '1960年'],
  [0, '22068'],
  ['General', '22068'],
  ['0.00E+00', '22068'],
  ['h:mm', '22068'],
  ['0"年"', '22068'],
])('in the format %s the first of June 1960 is %s', (format, text) => {
  expect(shown(format)).toBe(text);
});
