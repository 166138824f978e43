import { levelOf, listNumbers } from './docx-numbers.ts';
import { docx } from './office-kind.ts';
import { openPackage } from './package-parts.ts';
import { unreadable } from './unreadable.ts';
import { readXml } from './xml.ts';

/** Parts whose text is there a second time, or is not there any more; and properties before a change. */
const unseen = new Set([
  'Fallback',
  'del',
  'moveFrom',
  'instrText',
  'delText',
  'pPrChange',
  'rPrChange',
  'tblPrChange',
  'tblPrExChange',
  'tblGridChange',
  'trPrChange',
  'tcPrChange',
  'sectPrChange',
  'numberingChange',
]);

/**
 * Characters that are collected, each as often as it is said again (a number, a merged cell, a table in a
 * cell): a small file may say a long one many times. No reader takes as many.
 */
const mostCharacters = 1_000_000;

/** A text of a cell with another behind it. The parts are not copied, so a long cell takes no longer. */
const joined = (cell: string, text: string): string => {
  if (text === '') return cell;
  return cell === '' ? text : `${cell} ${text}`;
};

/** A row of a table, a text for each column of the table's grid. */
interface Row {
  readonly cells: string[];
  /** How many cells of the document it has: one alone spans the table. */
  count: number;
  /** How many columns the open cell covers, and whether it goes on from the row above. */
  span: number;
  isContinued: boolean;
}

/** No table has more columns; a number beyond it would only take memory. */
const mostColumns = 63;
const columnsOf = (val: string): number => Math.min(Math.max(Number(val) || 0, 0), mostColumns);

/** The rows of a document's tables, with what spanning and merged cells say for each row and column. */
const rowCollector = (take: (characters: number) => void) => {
  /** The open rows; a table within a cell is a part of that cell's text. */
  const rows: Row[] = [];
  /** The last row of each open table. */
  const above: (readonly string[])[] = [];
  /** Counted at once, as one row may open any number of columns and need never close. */
  const addEmpty = ({ cells }: Row, columns: number): void => {
    take(columns);
    for (let left = columns; left > 0; left -= 1) cells.push('');
  };
  return {
    isOpen: (): boolean => rows.length > 0,
    /** Takes a text into the open cell; false outside of tables. */
    text: (text: string): boolean => {
      const row = rows.at(-1);
      if (!row) return false;
      const at = row.cells.length - 1;
      row.cells[at] = joined(row.cells[at] ?? '', text.trim());
      return true;
    },
    open: (name: string, val: string): void => {
      if (name === 'tbl') above.push([]);
      if (name === 'tr') rows.push({ cells: [], count: 0, span: 1, isContinued: false });
      const row = rows.at(-1);
      if (!row) return;
      if (name === 'gridBefore') addEmpty(row, columnsOf(val));
      if (name === 'gridSpan') row.span = Math.max(1, columnsOf(val));
      if (name === 'vMerge') row.isContinued = val !== 'restart';
      if (name !== 'tc') return;
      addEmpty(row, 1);
      Object.assign(row, { count: row.count + 1, span: 1, isContinued: false });
    },
    /** The line that a row is which ends here, outside of other tables. */
    close: (name: string): string | undefined => {
      const row = rows.at(-1);
      if (name === 'tbl') above.pop();
      if (name === 'tc' && row) {
        const at = row.cells.length - 1;
        if (row.isContinued && row.cells[at] === '') row.cells[at] = above.at(-1)?.[at] ?? '';
        addEmpty(row, row.span - 1);
      }
      if (name !== 'tr' || !row) return undefined;
      rows.pop();
      take(row.cells.reduce((sum, { length }) => sum + length, 0));
      const cells = row.cells.map((cell) => cell.replace(/[\t\n]+/g, ' '));
      above[above.length - 1] = cells;
      const outer = rows.at(-1)?.cells;
      if (!outer) return row.count === 1 ? cells.join('') : cells.join('\t');
      if (outer.length > 0)
        outer[outer.length - 1] = joined(outer.at(-1) ?? '', cells.filter(Boolean).join(' '));
      return undefined;
    },
  };
};

/** Marks of a run whose text is not shown, or shown as not valid any more. */
const unread = new Set(['strike', 'dstrike', 'vanish']);
const isOff = (val: string): boolean => /^(?:0|false|off)$/.test(val);

/** A part of a document with lines of its own: its body, or a text box. */
const frameOf = (take: (characters: number) => void) => ({
  lines: [] as string[],
  rows: rowCollector(take),
  paragraph: '',
  list: undefined as string | undefined,
  level: 0,
  isInRun: false,
  /** Whether the open run is struck through or hidden. */
  isUnread: false,
  /** Lines of text boxes, which follow the open paragraph. */
  boxed: [] as string[],
});

/** Collects the text of a document: paragraphs and rows of tables are lines. */
const lineCollector = (numberOf: (list: string, level: number) => string) => {
  let left = mostCharacters;
  const take = (characters: number): void => {
    left -= characters;
    if (left < 0)
      throw unreadable(
        '文档中的文字过多；请只发送一份方案。',
        'There is too much text in the document: send one plan only.',
      );
  };
  const body = frameOf(take);
  const outer: (typeof body)[] = [];
  let frame = body;
  const endParagraph = (): void => {
    const { list, level, paragraph, rows, boxed } = frame;
    const number =
      list !== undefined && list !== '0' && paragraph.trim() !== '' ? numberOf(list, level) : '';
    const text = `${number}${paragraph}`;
    take(text.length + 1);
    for (const line of [text, ...boxed]) if (!rows.text(line)) frame.lines.push(line);
    Object.assign(frame, { paragraph: '', list: undefined, level: 0, boxed: [] });
  };
  return {
    lines: body.lines,
    text: (piece: string) => {
      if (!frame.isUnread) frame.paragraph += piece;
    },
    open: (name: string, val: string) => {
      if (name === 'txbxContent') {
        outer.push(frame);
        frame = frameOf(take);
      }
      frame.rows.open(name, val);
      if (name === 'r') Object.assign(frame, { isInRun: true, isUnread: false });
      if (unread.has(name) && frame.isInRun && !isOff(val)) frame.isUnread = true;
      if (name === 'tab') frame.paragraph += ' ';
      // In a cell everything is one line, so that a row stays one.
      if (name === 'br' || name === 'cr') frame.paragraph += frame.rows.isOpen() ? ' ' : '\n';
      if (name === 'noBreakHyphen' && !frame.isUnread) frame.paragraph += '-';
      if (name === 'numId') frame.list = val;
      if (name === 'ilvl') frame.level = levelOf(val);
    },
    close: (name: string) => {
      if (name === 'r') Object.assign(frame, { isInRun: false, isUnread: false });
      if (name === 'p') endParagraph();
      const line = frame.rows.close(name);
      if (line !== undefined) frame.lines.push(line);
      const parent = name === 'txbxContent' ? outer.pop() : undefined;
      if (!parent) return;
      parent.boxed.push(...frame.lines.filter((each) => each.trim() !== ''));
      frame = parent;
    },
  };
};

/**
 * The text of a DOCX document, in order: each paragraph a line, each row of a table a line with tabs
 * between its columns, list numbers as they are shown. A cell merged down has its text in each of its rows; a
 * row of one cell is a line without tabs; a text box follows the paragraph that it hangs on. Text that is
 * deleted, struck through or hidden, and headers are left out.
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
      '文档中没有可读取的文字；如为扫描图片，请向提供者索取原文。',
      'There is no text in the body of the document: if it is a scanned picture, ask for the original.',
    );
  return text;
};
