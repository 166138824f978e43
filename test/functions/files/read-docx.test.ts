import { expect, test } from '@jest/globals';
import { readDocx } from '../../../functions/files/read-docx.ts';
import type { Problem } from '../../../functions/refusals/problem.ts';
import { docxOf } from '../../support/documents-of-offices.ts';

const read = (bytes: Uint8Array): string => readDocx(bytes, () => new Error('none'));
const run = (text: string): string => `<w:r><w:t>${text}</w:t></w:r>`;

test('paragraphs and rows are lines, in order; cells are parted by tabs', () => {
  const rows = [
    ['时间', '主题'],
    ['3月', ''],
  ];
  expect(read(docxOf([['标题', ''], { rows }, ['落款']]))).toBe('标题\n\n时间\t主题\n3月\t\n落款');
});

test('several paragraphs of a cell, and a table in a cell, are one line', () => {
  const inner = `<w:tbl><w:tr><w:tc><w:p>${run('甲')}</w:p></w:tc><w:tc><w:p>${run('乙')}</w:p></w:tc></w:tr></w:tbl>`;
  const body = `<w:tbl><w:tr><w:tc><w:p>${run('一')}</w:p><w:p>${run('二')}</w:p></w:tc><w:tc>${inner}<w:p/></w:tc></w:tr></w:tbl>`;
  expect(read(docxOf(body))).toBe('一 二\t甲 乙');
});

test('what is deleted, a field’s code and the second form of a text are left out', () => {
  const body = `<w:p>${run('留')}<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r><w:ins>${run('下')}</w:ins><w:r><w:br/><w:t>行</w:t><w:tab/><w:t>尾</w:t></w:r></w:p>`;
  expect(read(docxOf(body))).toBe('留下\n行 尾');
});

const boxOf = (body: string): string => {
  const box = `<w:txbxContent>${body}</w:txbxContent>`;
  return `<mc:AlternateContent xmlns:mc="mc" xmlns:wps="wps" xmlns:v="v"><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`;
};
const paragraph = (text: string): string => `<w:p>${run(text)}</w:p>`;

test('a text box is read once, behind the paragraph that it hangs on', () => {
  const box = `<w:r>${boxOf(paragraph('8月：防溺水巡查') + paragraph('责任单位：团委'))}</w:r>`;
  const body = `<w:p>${run('7月：')}${box}${run('护河')}</w:p>${paragraph('9月：敬老')}`;
  expect(read(docxOf(body))).toBe('7月：护河\n8月：防溺水巡查\n责任单位：团委\n9月：敬老');
});

test('a text box without a second form, in another one, and with a table is read as well', () => {
  const table = `<w:tbl><w:tr><w:tc>${paragraph('甲')}</w:tc><w:tc>${paragraph('乙')}</w:tc></w:tr></w:tbl>`;
  const inner = boxOf(`${paragraph('内')}${table}`);
  const body = `<w:p><w:r><w:pict><w:txbxContent><w:p>${run('外')}<w:r>${inner}</w:r></w:p></w:txbxContent></w:pict></w:r></w:p>`;
  expect(read(docxOf(body)).trim()).toBe('外\n内\n甲\t乙');
});

test('a text box in a cell is a part of the cell', () => {
  const cellWithBox = `<w:tc><w:p>${run('巡查')}<w:r>${boxOf(paragraph('护河'))}</w:r></w:p></w:tc>`;
  const body = `<w:tbl><w:tr><w:tc>${paragraph('8月')}</w:tc>${cellWithBox}</w:tr></w:tbl>`;
  expect(read(docxOf(body))).toBe('8月\t巡查 护河');
});

test.each(['strike', 'dstrike', 'vanish'])('text marked %s is left out', (mark) => {
  const marked = (val: string, text: string): string =>
    `<w:r><w:rPr><w:${mark}${val}/></w:rPr><w:t>${text}</w:t></w:r>`;
  const ofMark = `<w:pPr><w:rPr><w:${mark}/></w:rPr></w:pPr>`;
  const body = `<w:p>${ofMark}${run('3月：')}${marked('', '植树')}${marked(' w:val="1"', '理发')}${marked(' w:val="0"', '读')}${marked(' w:val="false"', '书')}</w:p>`;
  expect(read(docxOf(body))).toBe('3月：读书');
});

test('lists have the numbers that a word processor shows', () => {
  const level = (at: number, format: string, text: string): string =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const numbering = `<w:abstractNum w:abstractNumId="7">${level(0, 'chineseCounting', '%1、')}${level(1, 'decimal', '%2.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`;
  const item = (at: number, text: string): string =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="1"/></w:numPr></w:pPr>${run(text)}</w:p>`;
  const body = [item(0, '主题'), item(1, '甲'), item(1, '乙'), item(0, '内容'), item(1, '丙')].join(
    '',
  );
  expect(read(docxOf(body, numbering))).toBe('一、 主题\n1. 甲\n2. 乙\n二、 内容\n1. 丙');
});

const numbered = (
  format: string,
  text: string,
  paragraphs: readonly string[],
  properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
): string =>
  read(
    docxOf(
      paragraphs.map((each) => `<w:p><w:pPr>${properties}</w:pPr>${run(each)}</w:p>`).join(''),
      `<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`,
    ),
  );

test.each([
  ['a circle', 'decimalEnclosedCircle', '%1', '① 3月植树\n② 4月读书'],
  ['a circle of Chinese fonts', 'decimalEnclosedCircleChinese', '%1', '① 3月植树\n② 4月读书'],
  ['brackets', 'decimalEnclosedParen', '%1', '(1) 3月植树\n(2) 4月读书'],
  ['no sign', 'decimal', '%1', '1. 3月植树\n2. 4月读书'],
  ['its own sign', 'decimal', '（%1）', '（1） 3月植树\n（2） 4月读书'],
])('a number with %s joins no digit of its text', (_, format, text, lines) => {
  expect(numbered(format, text, ['3月植树', '4月读书'])).toBe(lines);
});

test('the number that a paragraph had before a tracked change is not shown', () => {
  const list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
  const before = `<w:pPrChange w:id="1"><w:pPr>${list}</w:pPr></w:pPrChange>`;
  expect(numbered('decimal', '%1.', ['整治河岸'], before)).toBe('整治河岸');
  const none = '<w:numPr><w:numId w:val="0"/></w:numPr>';
  const added = `${list}<w:pPrChange w:id="1"><w:pPr>${none}</w:pPr></w:pPrChange>`;
  expect(numbered('decimal', '%1.', ['整治河岸'], added)).toBe('1. 整治河岸');
});

const cell = (text: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr><w:p>${run(text)}</w:p></w:tc>`;
const across = (columns: number): string => `<w:gridSpan w:val="${columns}"/>`;
const [begins, goesOn] = ['<w:vMerge w:val="restart"/>', '<w:vMerge/>'];
const tableOf = (...rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.join('')}</w:tr>`).join('')}</w:tbl>`;

test('a cell that spans columns has its columns, and one alone is a line', () => {
  const rows = [
    [cell('时间'), cell('单位', across(2))],
    [cell('一、春季', across(3))],
    [cell('3月'), cell('甲'), cell('乙')],
  ];
  expect(read(docxOf(tableOf(...rows)))).toBe('时间\t单位\t\n一、春季\n3月\t甲\t乙');
});

test('a cell merged down has its text in each row, until another one begins', () => {
  const rows = [
    [cell('3月', across(2)), cell('文体站', begins)],
    [cell('4月'), cell('读书'), cell('', goesOn)],
    [cell('5月'), cell('植树'), cell('', begins)],
    [cell('6月'), cell('', ''), cell('', goesOn)],
  ];
  expect(read(docxOf(tableOf(...rows)))).toBe(
    '3月\t\t文体站\n4月\t读书\t文体站\n5月\t植树\t\n6月\t\t',
  );
});

test('a merge in a table within a cell is that table’s own', () => {
  const inner = tableOf([cell('内', begins)], [cell('', goesOn)]);
  const rows = [
    [cell('甲', begins), cell('乙')],
    [cell('', goesOn), `<w:tc>${inner}<w:p/></w:tc>`],
  ];
  expect(read(docxOf(tableOf(...rows)))).toBe('甲\t乙\n甲\t内 内');
});

test('a document type is refused, in the words of a document', () => {
  const bytes = docxOf('<!DOCTYPE a>');
  expect(() => read(bytes)).toThrow(
    expect.objectContaining({
      code: 'unreadable-file',
      params: expect.objectContaining({ zh: expect.stringContaining('DOCX') }),
    }) as unknown as Problem,
  );
});

test.each(['Infinity', '200000000', '-2', '0.5', '9', 'x'])(
  'a list level of %s is the first one',
  (level) => {
    const properties = `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
    expect(numbered('decimal', '%1.', ['植树'], properties)).toBe('1. 植树');
  },
);

const tooMuch = (body: string, numbering?: string): string => {
  try {
    return read(docxOf(body, numbering)).slice(0, 22);
  } catch (error) {
    return JSON.stringify((error as Problem).params);
  }
};

/** Digits that do not compress well, as an archive that does is refused before. */
const noise = (count: number): string =>
  Array.from({ length: count }, (_, n) => Math.imul(n + 1, 0x9e3779b1) >>> 0).join('');

test('a small file that says a long text many times is refused', () => {
  const cell = (properties: string, text: string) =>
    `<w:tc><w:tcPr>${properties}</w:tcPr><w:p>${run(text)}</w:p></w:tc>`;
  const rows = Array.from(
    { length: 2000 },
    (_, n) => `<w:tr>${cell('<w:vMerge/>', '')}${cell('', noise(n % 10))}</w:tr>`,
  );
  const first = `<w:tr>${cell('<w:vMerge w:val="restart"/>', noise(5000))}${cell('', '一')}</w:tr>`;
  expect(tooMuch(`<w:tbl>${first}${rows.join('')}</w:tbl>`)).toContain('文字过多');
});

/** What differs from one element to the next, so that the archive does not compress too well. */
const padded = (count: number, element: (pad: string) => string): string =>
  Array.from({ length: count }, (_, n) => element(String(Math.imul(n + 1, 0x9e3779b1) >>> 0))).join(
    '',
  );

test.each([
  ['columns before its first', padded(20_000, (pad) => `<w:gridBefore w:val="63" w:a="${pad}"/>`)],
  [
    'columns of its cells',
    padded(20_000, (pad) => `<w:tc w:a="${pad}"><w:gridSpan w:val="63"/></w:tc>`),
  ],
])('a row with very many %s is refused before it ends', (_, cells) => {
  // A fault stands before the end of the row, so that only counting at once refuses it for its size.
  expect(tooMuch(`<w:tbl><w:tr>${cells}&nothing;</w:tr></w:tbl>`)).toContain('文字过多');
});

test('a table in a cell is one line, however long', () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, n) =>
      `<w:tr><w:tc><w:p>${run(String(Math.imul(n + 1, 0x9e3779b1) >>> 0))}</w:p></w:tc></w:tr>`,
  );
  const inner = `<w:tbl>${rows.join('')}</w:tbl>`;
  expect(tooMuch(`<w:tbl><w:tr><w:tc>${inner}<w:p/></w:tc></w:tr></w:tbl>`)).toBe(
    '2654435761 1013904226 ',
  );
});

test('the text of a number has an end', () => {
  const text = numbered('decimal', `%1${noise(1000)}`, ['植树']);
  expect(text.length).toBeLessThan(120);
});
