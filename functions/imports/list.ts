import { unreadable } from '../files/unreadable.ts';
import { classify, classifyAbove, type PassedOver } from './classify-row.ts';
import {
  agree,
  firstHeadings,
  formIn,
  type Headings,
  hasHeadings,
  isNameless,
  type ListColumn,
  laterHeadings,
  mayBeHeadings,
  searchedRows,
  textOf,
} from './find-headings.ts';
import { clearHeadings } from './heading-owners.ts';
import { columnFor, isOverOthers } from './heading-words.ts';
import { isBlank, refuseTooMany, type Sheet, type SheetRow } from './sheet.ts';
import { refuseLost, unknownColumns } from './unread-columns.ts';

/** Rows of headings, and the rows of people below them. */
interface Block {
  readonly headings: Headings;
  readonly people: SheetRow[];
}

interface Blocks {
  readonly blocks: readonly Block[];
  /** The first row with other headings, none of them for the name. */
  readonly nameless: number | undefined;
  /** The first row with a title that says that the people below it are no volunteers. */
  readonly others: SheetRow | undefined;
  readonly passedOver: readonly { readonly row: number; readonly reason: PassedOver }[];
}

/** A sheet as a list of people. */
export interface List {
  /** The numbers of the rows with the headings. */
  readonly headingRows: readonly number[];
  /** The columns below the first headings. */
  readonly columns: readonly ListColumn[];
  /** Headings further down that give the columns below them another meaning. */
  readonly laterHeadings: readonly {
    readonly rows: readonly number[];
    readonly columns: readonly ListColumn[];
  }[];
  /** The columns of a row, by its number. */
  readonly columnsOf: (row: number) => readonly ListColumn[];
  readonly rows: readonly SheetRow[];
  readonly passedOver: Blocks['passedOver'];
  /** Columns that nobody knows, and that may name areas. */
  readonly unknown: ReturnType<typeof unknownColumns>;
}

/** How many of these texts are known headings. */
export const headingsAmong = (texts: readonly string[]): number =>
  texts.filter((text) => columnFor(text) !== undefined).length;

const noName = (row: number) =>
  unreadable(
    `第 ${row} 行的表头中缺少“姓名”一列。`,
    `The headings in row ${row} have no column for the name.`,
  );

/** Characters of a title that are told. */
const maxTitle = 40;

const noVolunteers = ({ number, cells }: SheetRow) => {
  const title = cells.map(textOf).find((text) => text !== '') ?? '';
  const told = title.length > maxTitle || /\d{5}/.test(title) ? '' : `“${title}”`;
  return unreadable(
    `第 ${number} 行的标题${told}说明，以下人员不是志愿者；如果是志愿者，请修改标题，如“志愿者名单”，否则请删去他们。`,
    `By the title in row ${number}, the people below it are no volunteers; change the title if they are, or else delete them.`,
  );
};

/** Whether a row has one text, and that is a title such as 服务对象名单. */
const isTitleOfOthers = ({ cells }: SheetRow): boolean => {
  const texts = new Set(cells.map(textOf).filter((text) => text !== ''));
  const [text = ''] = texts;
  return texts.size === 1 && isOverOthers(text);
};

/** Limit of rows that are searched for headings in vain. Most rows of people have a number, and are not searched. */
const maxTries = 2_000;

/**
 * Reads rows as headings and the people below them. Every row is a person, a row of headings, or
 * passed over with a reason, except rows with a running number only. Undefined when there are no
 * headings.
 */
const readBlocks = (rows: readonly SheetRow[]): Blocks | undefined => {
  const first = firstHeadings(rows);
  if (!first) return undefined;
  const blocks: Block[] = [{ headings: first, people: [] }];
  const passedOver: Blocks['passedOver'][number][] = [];
  let nameless: number | undefined;
  let others: SheetRow | undefined;
  let tries = maxTries;
  const passOver = (reason: PassedOver, ...passed: readonly SheetRow[]) =>
    passedOver.push(...passed.map(({ number }) => ({ row: number, reason })));
  let at = rows.indexOf(first.rows[0] as SheetRow);
  for (const row of rows.slice(0, at)) {
    if (isTitleOfOthers(row)) others ??= row;
    passOver(classifyAbove(row), row);
  }
  others ??= first.rows.slice(0, -1).find(isTitleOfOthers);
  at += first.rows.length;
  while (at < rows.length) {
    const row = rows[at] as SheetRow;
    const block = blocks.at(-1) as Block;
    const found = tries > 0 ? laterHeadings(rows, at) : undefined;
    if (!found && mayBeHeadings(row)) tries -= 1;
    at += found?.rows.length ?? 1;
    if (found && agree(found, block.headings) && agree(block.headings, found))
      passOver('headings', ...found.rows);
    else if (found) {
      others ??= found.rows.slice(0, -1).find(isTitleOfOthers);
      if (block.people.length === 0) passOver('headings', ...(blocks.pop() as Block).headings.rows);
      blocks.push({ headings: found, people: [] });
    } else if (isNameless(row, rows[at], block.headings)) {
      nameless ??= row.number;
    } else if (isTitleOfOthers(row)) {
      others ??= row;
    } else {
      const reason = classify(row, block.headings);
      if (reason === undefined) block.people.push(row);
      else if (reason !== null) passOver(reason, row);
    }
  }
  return {
    blocks,
    nameless,
    others,
    passedOver: passedOver.sort((one, other) => one.row - other.row),
  };
};

/**
 * How well rows serve as a list: 3 when there are people, 2 when the headings are only a name, 1
 * when there are only headings, 0 when there are none.
 */
export const rankOf = (rows: readonly SheetRow[]): number => {
  const first = firstHeadings(rows);
  if (!first) return 0;
  if (!readBlocks(rows)?.blocks.some(({ people }) => people.length > 0)) return 1;
  return first.rows.some(hasHeadings) ? 3 : 2;
};

/** @throws Problem `unreadable-file` that says why no headings were found */
const noHeadings = ({ name, rows }: Sheet): never => {
  if (rows.length === 0) throw unreadable('文件中没有内容。', 'There is nothing in the file.');
  const first = rows.slice(0, searchedRows);
  const form = formIn(first);
  if (form)
    throw unreadable(
      `第 ${form.number} 行起像是一人一份的登记表；请改成名单：第一行为表头，如 姓名、证件号码、手机号码，以下每人一行。`,
      `From row ${form.number} on this is a form for one person: make it a list, with headings in the first row, as name, idNumber, phone, and each person in a row of its own.`,
    );
  const nameless = first.find(hasHeadings);
  if (nameless) throw noName(nameless.number);
  const [zh, en] = name === null ? ['', ''] : ['工作表', ' of the sheet'];
  throw unreadable(
    `在${zh}前 ${searchedRows} 行中找不到表头；请加一行表头，如 姓名、证件号码、手机号码、社区。`,
    `There are no headings in the first ${searchedRows} rows${en}; add a row with headings, as name, idNumber, phone, area.`,
  );
};

/** A merged value belongs to the first of its columns. */
const unmerged = (row: SheetRow): SheetRow =>
  row.continued
    ? { ...row, cells: row.cells.map((cell, at) => (row.continued?.has(at) ? '' : cell)) }
    : row;

/** Digits of a resident ID number, each in a box of its own. */
const boxes = 18;

/** A row in which the boxes of a number are one cell. */
const withNumber = (row: SheetRow, at: number): SheetRow => {
  const written = row.cells.slice(at, at + boxes).map(textOf);
  if (written.length < boxes || !written.every((text) => /^[\dXx]$/.test(text))) return row;
  const number = [written.join(''), ...written.slice(1).fill('')];
  return { ...row, cells: row.cells.toSpliced(at, boxes, ...number) };
};

/** The headings of a block with their owners, and its people with a cell for each column. */
const blockOf = ({ headings, people: given }: Block) => {
  let people = given.map(unmerged);
  const cellsAt = (at: number) => people.map(({ cells }) => textOf(cells[at])).filter(Boolean);
  const { rows, columns } = clearHeadings(headings, cellsAt);
  for (const { at, column } of columns) {
    const isBoxed = columns.slice(at + 1, at + boxes).every(({ heading }) => heading === '');
    if (isBoxed && (column === 'documentNumber' || column === 'guardianNumber'))
      people = people.map((row) => withNumber(row, at));
  }
  const width = Math.max(0, ...people.map(({ cells }) => cells.length));
  const beyond = Array.from({ length: Math.max(0, width - columns.length) }, (_, more) => ({
    at: columns.length + more,
    heading: '',
    column: undefined,
  }));
  const all = { rows, columns: [...columns, ...beyond] };
  refuseLost(all, cellsAt);
  return { ...all, people, unknown: unknownColumns(all, cellsAt) };
};

/**
 * Reads a sheet as a list: its columns, and the rows that are people.
 * @throws Problem `unreadable-file`
 */
export const openList = (sheet: Sheet): List => {
  const { blocks, nameless, others, passedOver } = readBlocks(sheet.rows) ?? noHeadings(sheet);
  if (nameless !== undefined) throw noName(nameless);
  if (others !== undefined) throw noVolunteers(others);
  const read = blocks.map(blockOf);
  const rows = read.flatMap(({ people }) => people);
  refuseTooMany(rows.length);
  const columnsOf = (row: number) =>
    (read.findLast((block) => (block.rows[0]?.number ?? 0) < row) ?? read[0])?.columns ?? [];
  const [first, ...later] = read.map((block) => ({
    rows: block.rows.map(({ number }) => number),
    columns: block.columns.filter(
      ({ at, heading }) => heading !== '' || block.people.some(({ cells }) => !isBlank(cells[at])),
    ),
  }));
  return {
    headingRows: read.flatMap(({ rows: own }) => own.map(({ number }) => number)),
    columns: first?.columns ?? [],
    laterHeadings: later,
    columnsOf,
    rows,
    passedOver,
    unknown: read.flatMap(({ unknown }) => unknown),
  };
};
