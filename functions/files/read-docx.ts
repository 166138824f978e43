import { listNumbers } from './docx-numbers.ts';
import { docx } from './office-kind.ts';
import { openPackage } from './package-parts.ts';
import { unreadable } from './unreadable.ts';
import { readXml } from './xml.ts';

/** Parts whose text is there a second time, or is not there any more. */
const unseen = new Set(['Fallback', 'del', 'moveFrom', 'instrText', 'delText', 'txbxContent']);

/** Collects the text of a document: paragraphs and rows of tables are lines. */
const lineCollector = (numberOf: (list: string, level: number) => string) => {
  const lines: string[] = [];
  /** The cells of the open rows; a table within a cell is a part of that cell's text. */
  const rows: string[][] = [];
  let paragraph = '';
  let list: string | undefined;
  let level = 0;
  const endParagraph = (): void => {
    const number =
      list !== undefined && list !== '0' && paragraph.trim() !== '' ? numberOf(list, level) : '';
    const text = `${number}${paragraph}`;
    const row = rows.at(-1);
    if (!row) lines.push(text);
    else if (text.trim() !== '') {
      const cell = row.at(-1) ?? '';
      row[row.length - 1] = cell === '' ? text.trim() : `${cell} ${text.trim()}`;
    }
    paragraph = '';
    list = undefined;
    level = 0;
  };
  return {
    lines,
    text: (piece: string) => {
      paragraph += piece;
    },
    open: (name: string, val: string) => {
      if (name === 'tr') rows.push([]);
      if (name === 'tc') rows.at(-1)?.push('');
      if (name === 'tab') paragraph += ' ';
      // In a cell everything is one line, so that a row stays one.
      if (name === 'br' || name === 'cr') paragraph += rows.length > 0 ? ' ' : '\n';
      if (name === 'noBreakHyphen') paragraph += '-';
      if (name === 'numId') list = val;
      if (name === 'ilvl') level = Number(val) || 0;
    },
    close: (name: string) => {
      if (name === 'p') endParagraph();
      if (name !== 'tr') return;
      const cells = rows.pop() ?? [];
      const outer = rows.at(-1);
      const text = cells.map((cell) => cell.replace(/[\t\n]+/g, ' '));
      if (!outer) lines.push(text.join('\t'));
      else if (outer.length > 0)
        outer[outer.length - 1] = [outer.at(-1), ...text].filter(Boolean).join(' ');
    },
  };
};

/**
 * The text of a DOCX document, in order: each paragraph a line, each row of a table a line with tabs
 * between its cells, list numbers as they are shown. Deleted text, headers and text boxes are left out.
 * @throws Problem `unreadable-file`; what `otherwise` makes of the names when there is no document
 */
export const readDocx = (
  bytes: Uint8Array,
  otherwise: (names: readonly string[]) => Error,
): string => {
  const { names, part, relationshipsOf } = openPackage(bytes, docx);
  const main =
    relationshipsOf('').find(({ type }) => type === 'officeDocument')?.target ??
    'word/document.xml';
  const document =
    /^word\//.test(main) || !names.some((name) => /^(?:xl|ppt)\//.test(name))
      ? part(main)
      : undefined;
  if (!document) throw otherwise(names);
  const related = relationshipsOf(main).find(({ type }) => type === 'numbering')?.target;
  const collector = lineCollector(listNumbers(part(related ?? 'word/numbering.xml')));
  let hidden = 0;
  let isText = false;
  readXml(document, docx, {
    open: (name, { val = '' }) => {
      if (unseen.has(name)) hidden += 1;
      if (hidden > 0) return;
      isText = name === 't';
      collector.open(name, val);
    },
    text: (piece) => {
      if (isText && hidden === 0) collector.text(piece);
    },
    close: (name) => {
      if (unseen.has(name)) hidden -= 1;
      else if (hidden === 0) {
        isText = false;
        collector.close(name);
      }
    },
  });
  const text = collector.lines.join('\n');
  if (text.trim() === '')
    throw unreadable(
      '文档中没有文字；如为扫描图片，请向提供者索取原文。',
      'There is no text in the document: if it is a scanned picture, ask for the original.',
    );
  return text;
};
