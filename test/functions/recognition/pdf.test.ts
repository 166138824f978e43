import { expect, test } from '@jest/globals';
import { pdfFault } from '../../../functions/recognition/pdf.ts';
import { zip } from '../../support/sheets.ts';

const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n';
const of = (...parts: readonly (string | Uint8Array)[]) =>
  pdfFault(Buffer.concat(parts.map((each) => Buffer.from(each as string))));

test.each([
  ['a PDF', [pdf]],
  ['one without a line break at its end', [pdf.trimEnd()]],
  ['one that a program padded', [pdf, Buffer.alloc(100)]],
  ['version 2', [pdf.replace('1.7', '2.0')]],
  ['one that was changed afterwards, as seals do', [pdf, 'xref\n%%EOF\n']],
])('%s is taken', (_, parts) => {
  expect(of(...parts)).toBeUndefined();
});

const archive = zip([{ name: 'a.txt', content: 'a' }]);
/** An archive whose comment makes the file end as a PDF does. */
const disguised = (() => {
  const comment = Buffer.from('\n%%EOF\n');
  const bytes = Buffer.from(archive);
  bytes.writeUInt16LE(comment.length, bytes.length - 2);
  return Buffer.concat([bytes, comment]);
})();

test.each([
  ['nothing', []],
  ['a picture', [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), pdf]],
  ['an archive', [archive]],
  ['a page', ['<!doctype html><title>x</title>']],
  ['a PDF with something before it', ['\n', pdf]],
  ['a PDF that was cut off', [pdf.replace('%%EOF', '')]],
  ['a PDF that is an archive as well', [pdf, archive]],
  ['a PDF that is an archive as well, with an end like a PDF', [pdf, disguised]],
  ['a PDF that is an archive as well, and ends as a PDF after it', [pdf, archive, '\n%%EOF\n']],
  ['a PDF that is an archive as well, padded', [pdf, archive, Buffer.alloc(100_000, ' '), '%%EOF']],
  ['a PDF that is a page as well', ['%PDF-1.7\n<script>alert(1)</script>\n%%EOF']],
  ['a program that says it is a PDF', ['MZ', pdf]],
])('%s is refused with words', (_, parts) => {
  const fault = of(...parts);
  expect(fault?.zh).toMatch(/\p{Script=Han}/u);
  expect(fault?.en).toMatch(/\w/);
});
