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

test('lists have the numbers that a word processor shows', () => {
  const level = (at: number, format: string, text: string): string =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const numbering = `<w:abstractNum w:abstractNumId="7">${level(0, 'chineseCounting', '%1、')}${level(1, 'decimal', '%2.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`;
  const item = (at: number, text: string): string =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="1"/></w:numPr></w:pPr>${run(text)}</w:p>`;
  const body = [item(0, '主题'), item(1, '甲'), item(1, '乙'), item(0, '内容'), item(1, '丙')].join(
    '',
  );
  expect(read(docxOf(body, numbering))).toBe('一、主题\n1.甲\n2.乙\n二、内容\n1.丙');
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
