import { expect, test } from '@jest/globals';
import { maxPlanCharacters } from '../../../functions/campaigns/plan-shapes.ts';
import { withoutPersonal } from '../../../functions/campaigns/plan-text/personal.ts';
import { readPlanFile } from '../../../functions/campaigns/read-plan-file.ts';
import type { Problem } from '../../../functions/refusals/problem.ts';
import { docxOf } from '../../support/documents-of-offices.ts';
import { zip } from '../../support/sheets.ts';
import { labelled, table } from './plan-text/plans.ts';

const refusalOf = (bytes: Uint8Array): Problem => {
  try {
    readPlanFile(bytes, 'zh-CN');
  } catch (error) {
    return error as Problem;
  }
  throw new Error('not refused');
};
const cells = table
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));

test.each([
  ['JSON', Buffer.from(JSON.stringify({ text: labelled })), labelled, true],
  ['a text in UTF-8', Buffer.from(labelled), labelled, false],
  ['a text with a byte order mark', Buffer.from(`\ufeff${labelled}`), labelled, false],
  ['a document', docxOf([labelled.trimEnd().split('\n')]), labelled.trimEnd(), false],
  ['a table in a document', docxOf([{ rows: cells }]), table.trimEnd(), false],
])('%s is read', (_, bytes, text, isKnown) => {
  expect(readPlanFile(bytes, 'zh-CN')).toEqual({ text, isKnown });
});

test.each([
  ['PDF', Buffer.from('%PDF-1.7\n'), / PDF 文件.*可编辑的原文/],
  [
    'an old Word document',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('WordDocument', 'utf16le')]),
    /Word（\.doc）或 WPS 文档.*另存为 \.docx/,
  ],
  ['RTF', Buffer.from('{\\rtf1 }'), / RTF 文档.*另存为 \.docx/],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), / PNG 图片.*原文/],
  ['a workbook', zip([{ name: 'xl/workbook.xml', content: '<workbook/>' }]), / XLSX 表格.*\.docx/],
  ['another archive', zip([{ name: 'a.txt', content: 'a' }]), /压缩包里的文件不能直接读取.*解压/],
  [
    'an archive with a document in it',
    zip([{ name: '方案.docx', content: 'a' }]),
    /^(?!.*没有).*压缩包里的文件不能直接读取.*解压后发送其中的 \.docx/,
  ],
  ['a damaged document', Buffer.from('504b030400', 'hex'), /DOCX 文件已损坏/],
  ['a document without text', docxOf([['', ' ']]), /没有可读取的文字.*扫描/],
  [
    'a document whose text is hidden',
    docxOf('<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>方案</w:t></w:r></w:p>'),
    /扫描/,
  ],
  [
    'a text of a megabyte',
    Buffer.from('1月活动。'.repeat(200_000)),
    new RegExp(`${maxPlanCharacters}`),
  ],
])('%s is refused with words that say what to do', (_, bytes, words) => {
  const { code, params } = refusalOf(bytes);
  expect([code, params.zh]).toEqual(['unreadable-file', expect.stringMatching(words)]);
});

test.each([
  ['no JSON', '{"text": ', 'malformed-json'],
  ['another field', '{"plan": "x"}', 'invalid-request'],
  ['more than 256 KB', JSON.stringify({ text: 'a'.repeat(300_000) }), 'body-too-large'],
])('JSON that is %s', (_, body, code) => {
  expect(refusalOf(Buffer.from(body)).code).toBe(code);
});

test('JSON that names its text twice is refused, as everywhere', () => {
  expect(refusalOf(Buffer.from('{"text":"a","text":"b"}'))).toMatchObject({
    code: 'invalid-request',
    errors: [{ pointer: '#/text', code: 'duplicate-name' }],
  });
});

test('a text is shown without what names a person, at the same length', () => {
  const shown = withoutPersonal(table);
  expect(shown).toHaveLength(table.length);
  expect(shown).not.toMatch(/李大勇|王小芳|13\d{9}|0531/);
  expect(shown).toContain('便民服务集市');
});
