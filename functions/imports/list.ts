import { type Column, columnFor, columnForBoth, headings, plain } from './heading-words.ts';
import {
  type Cell,
  isBlank,
  maxColumns,
  refuseTooMany,
  type Sheet,
  type SheetRow,
  unreadable,
} from './sheet.ts';

/** Non-empty rows in which headings are looked for. Titles and notes may be above them. */
const headingRows = 20;

export interface ListColumn {
  /** From 0. */
  readonly at: number;
  /** As written; with two rows of headings, the text of both. */
  readonly heading: string;
  /** Undefined when the column is not read. */
  readonly column: Column | undefined;
}

/** Why a row is not read as a person. */
export type PassedOver = 'headings' | 'title' | 'footer' | 'example' | 'nothing-read';

/** A sheet as a list of people. */
export interface List {
  /** The numbers of the rows with the headings. */
  readonly headingRows: readonly number[];
  readonly columns: readonly ListColumn[];
  readonly rows: readonly SheetRow[];
  readonly passedOver: readonly { readonly row: number; readonly reason: PassedOver }[];
}

/** `A`, `B`, … `AA`, as spreadsheets name columns. */
export const letterOf = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letterOf(Math.floor(at / 26) - 1) + letterOf(at % 26);

const textOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell.trim() : '');

interface Headings {
  readonly rows: readonly SheetRow[];
  readonly columns: readonly ListColumn[];
}

const widthOf = (...rows: readonly SheetRow[]): number =>
  Math.min(Math.max(...rows.map(({ cells }) => cells.length)), maxColumns);

const single = (row: SheetRow): Headings => ({
  rows: [row],
  columns: Array.from({ length: widthOf(row) }, (_, at) => {
    const heading = textOf(row.cells[at]);
    return { at, heading, column: columnFor(heading) };
  }),
});

/**
 * Two rows of headings. In a file without merged cells, the upper row is blank after the first
 * column of a group.
 */
const double = (upper: SheetRow, lower: SheetRow): Headings => {
  let group = '';
  const columns = Array.from({ length: widthOf(upper, lower) }, (_, at) => {
    const below = textOf(lower.cells[at]);
    if (!isBlank(upper.cells[at]) || below === '') group = textOf(upper.cells[at]);
    const heading =
      group === below ? group : [group, below].filter((text) => text !== '').join(' ');
    return { at, heading, column: columnForBoth(group, below) };
  });
  return { rows: [upper, lower], columns };
};

const knownIn = ({ columns }: Headings): readonly Column[] =>
  columns.flatMap(({ column }) => column ?? []);

/** How well headings fit: the number of known columns, minus repeated ones. */
const fitOf = (found: Headings): number => {
  const known = knownIn(found);
  const below = found.rows[1]?.cells.filter((cell) => !isBlank(cell)) ?? [];
  // A second row that contains only headings belongs to them, even if it adds no column.
  const more = below.length > 0 && below.every((cell) => columnFor(textOf(cell))) ? 0.5 : 0;
  return 2 * new Set(known).size - known.length + more;
};

/** Whether a second row can belong to the headings: it does not name a person. */
const isLower = ({ rows: [upper, lower], columns }: Headings): boolean => {
  const at = columns.find(({ column }) => column === 'name')?.at ?? 0;
  const name = textOf(lower?.cells[at]);
  return (
    name === '' || plain(name) === plain(textOf(upper?.cells[at])) || columnFor(name) === 'name'
  );
};

/** The headings: of the first rows, or pairs of rows, the one with the most known columns. */
const findHeadings = (rows: readonly SheetRow[]): Headings | undefined => {
  const first = rows.slice(0, headingRows);
  const pairs = first.slice(1).flatMap((lower, at) => {
    const upper = first[at];
    const both = upper && lower.number === upper.number + 1 ? double(upper, lower) : undefined;
    return both && isLower(both) ? [both] : [];
  });
  return [...first.map(single), ...pairs]
    .filter((found) => knownIn(found).includes('name'))
    .reduce<Headings | undefined>(
      (best, found) => (best && fitOf(best) >= fitOf(found) ? best : found),
      undefined,
    );
};

/** Whether rows are a list of people: there are headings, one of them for the name. */
export const isList = (rows: readonly SheetRow[]): boolean => findHeadings(rows) !== undefined;

/** How many of these texts are known headings. */
export const headingsAmong = (texts: readonly string[]): number =>
  texts.filter((text) => columnFor(text) !== undefined).length;

/** @throws Problem `unreadable-file` that says why no headings were found */
const noHeadings = ({ name, rows }: Sheet): never => {
  if (rows.length === 0) throw unreadable('文件中没有内容。', 'There is nothing in the file.');
  const nameless = rows.slice(0, headingRows).find((row) => knownIn(single(row)).length > 1);
  if (nameless)
    throw unreadable(
      `第 ${nameless.number} 行的表头中缺少“姓名”一列。`,
      `The headings in row ${nameless.number} have no column for the name.`,
    );
  const [zh, en] = name === null ? ['', ''] : ['工作表', ' of the sheet'];
  throw unreadable(
    `在${zh}前 ${headingRows} 行中找不到表头；请加一行表头，如 姓名、证件号码、手机号码、社区。`,
    `There are no headings in the first ${headingRows} rows${en}; add a row with headings, as name, idNumber, phone, area.`,
  );
};

/** @throws Problem `unreadable-file` when two columns have the same meaning */
const refuseTwice = ({ rows, columns }: Headings): void => {
  for (const { at, column, heading } of columns) {
    const other = columns.find((each) => each.at < at && each.column === column);
    if (column === undefined || column === 'ordinal' || !other) continue;
    const row = rows.at(-1)?.number;
    const [one, two] = [other.at, at].map(letterOf);
    throw unreadable(
      `第 ${row} 行的表头中，${one} 列“${other.heading}”与 ${two} 列“${heading}”含义相同；请删去一列，或把不需要的表头改成“备注”。`,
      `In the headings in row ${row}, columns ${one} and ${two} both mean ${headings[column].at(-1)}; delete one, or rename its heading to “remarks”.`,
    );
  }
};

const totals =
  /^(?:(?:合|总|小|共|累)\s*计|总\s*人\s*数|合計|总数|total)\s*[:：]?\s*[\d.,]*\s*[人名个]?$|^共\s*\d+\s*[人名个]/i;
const signed =
  /^(?:填表|填报|制表|上报|审核|审批|负责|经办|联系|登记|统计|录入|汇总|报送|复核|校对|主管|领导|分管)[^:：]{0,8}[:：]/;
const remarks =
  /^(?:说明|备注|注|注意|注意事项|填表说明|填写说明|填报说明|提示|附注|附件|单位|盖章|日期|时间|note|notes|remarks)[^:：]{0,8}[:：]/i;
const examples = /^[([（【]?(?:示例|样例|范例|例如|例|填写示例|example)(?:[)\]）】]|[:：]|\s|$)/i;
/** A name that is only a note in brackets, or that is marked as an example. */
const note = /^[([（【][^)\]）】]*[)\]）】]$|必填|选填|[(（](?:示例|样例|例)[)）]$/;

/**
 * Why a row below the headings is not a person. Undefined for a person; null for a row to skip
 * silently.
 */
const classify = (
  { cells }: SheetRow,
  { rows, columns }: Headings,
): PassedOver | null | undefined => {
  const texts = cells.map(textOf);
  const name = texts[columns.find(({ column }) => column === 'name')?.at ?? 0] ?? '';
  const filled = cells.flatMap((cell, at) =>
    isBlank(cell) ? [] : [{ at, text: texts[at] ?? '' }],
  );
  const first = filled[0]?.text ?? '';
  const repeats = ({ cells: heading }: SheetRow) =>
    filled.every(({ at, text }) => text !== '' && plain(text) === plain(textOf(heading[at])));
  if (filled.length > 1 && rows.some(repeats)) return 'headings';
  if ([totals, signed, remarks].some((pattern) => pattern.test(first))) return 'footer';
  if (examples.test(first) || examples.test(name) || note.test(name)) return 'example';
  if (filled.length > 1 && first !== '' && filled.every(({ text }) => text === first))
    return 'title';
  const read = columns.filter(({ column }) => column !== undefined && column !== 'ordinal');
  if (read.some(({ at }) => !isBlank(cells[at]))) return undefined;
  const isNumbered = columns.some(({ at, column }) => column === 'ordinal' && texts[at] !== '');
  return isNumbered && filled.length === 1 && first.length < 8 ? null : 'nothing-read';
};

/**
 * Reads a sheet as a list: its columns, and the rows that are people.
 * @throws Problem `unreadable-file`
 */
export const openList = (sheet: Sheet): List => {
  const found = findHeadings(sheet.rows) ?? noHeadings(sheet);
  refuseTwice(found);
  const last = found.rows.at(-1)?.number ?? 0;
  const rows: SheetRow[] = [];
  const passedOver: List['passedOver'][number][] = [];
  for (const row of sheet.rows) {
    if (row.number <= last) continue;
    const reason = classify(row, found);
    if (reason === undefined) rows.push(row);
    else if (reason !== null) passedOver.push({ row: row.number, reason });
  }
  refuseTooMany(rows.length);
  return {
    headingRows: found.rows.map(({ number }) => number),
    columns: found.columns.filter(({ heading }) => heading !== ''),
    rows,
    passedOver,
  };
};
