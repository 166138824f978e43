import { Problem } from '../refusals/problem.ts';

/** Rows with people in them. */
const maxPeople = 10_000;
/** Rows with anything in them: headings stand on every printed page, and notes at the end. */
const maxRows = 12_000;
export const maxColumns = 60;
/** Columns that a sheet can have at all; beyond `maxColumns` they have to be blank. */
export const lastColumn = 16_384;
/** Blank rows are passed over, but not for ever. */
const maxBlankRows = 10_000;
/**
 * Characters of a cell, far more than any column takes: a workbook can hold one text of many
 * megabytes and point to it from every cell.
 */
const maxCellText = 2_000;

/** What is wrong with a cell whatever column it stands in; nothing of it is taken. */
export type CellFault = 'formula' | 'digits-lost' | 'cell-error' | 'too-long';

/** A cell as text, or why it has none. */
export type Cell = string | { readonly fault: CellFault };

export interface SheetRow {
  /** As the clerk's program counts them: the first row of the sheet is 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
  /** Hidden or filtered out when the file was saved. */
  readonly hidden?: boolean;
}

/** One sheet of a file. */
export interface Sheet {
  /** Null where a file has no sheets with names. */
  readonly name: string | null;
  readonly rows: readonly SheetRow[];
  /** The names of the other sheets, which are not read. */
  readonly others: readonly string[];
  /** Columns, from 0, that were hidden when the file was saved. */
  readonly hiddenColumns: ReadonlySet<number>;
}

/** A file that cannot be taken, in words that repeat nothing of it. */
export const unreadable = (zh: string, en: string): Problem =>
  new Problem('unreadable-file', { zh, en });

export const tooWide = (row: number): Problem =>
  unreadable(
    `第 ${row} 行超过 ${maxColumns} 列；请删除多余的列。`,
    `Row ${row} has more than ${maxColumns} columns; delete those that are not needed.`,
  );

const tooLong = (): Problem =>
  unreadable(
    `一个文件最多 ${maxPeople} 行人员，请分成几个文件。`,
    `A file may have ${maxPeople} rows of people; split it into several.`,
  );

/** Whether nothing can be seen in a cell. What is too long to be taken is not looked through. */
export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined ||
  (typeof cell === 'string' && cell.length <= maxCellText && !/[^\s\p{Cf}\p{Cc}]/u.test(cell));

/** Control characters become blanks, and half characters U+FFFD, the sign of what was lost. */
const tidied = (cell: Cell): Cell => {
  if (typeof cell !== 'string') return cell;
  if (cell.length > maxCellText) return { fault: 'too-long' };
  return cell.replace(/(?![\t\n\r])\p{Cc}/gu, ' ').toWellFormed();
};

/** @throws Problem when there are more people than a file may have */
export const refuseTooMany = (people: number): void => {
  if (people > maxPeople) throw tooLong();
};

/** Keeps the rows that have anything in them. @throws Problem when there are too many */
export const rowCollector = () => {
  const rows: SheetRow[] = [];
  let blank = 0;
  return {
    rows,
    add: (number: number, given: readonly Cell[], hidden = false): void => {
      if (given.length > lastColumn) throw tooWide(number);
      const cells = given.map(tidied);
      // Programs write separators and formats far beyond the last column.
      while (cells.length > 0 && isBlank(cells.at(-1))) cells.pop();
      if (cells.length > maxColumns) throw tooWide(number);
      if (cells.length === 0) blank += 1;
      else rows.push(hidden ? { number, cells, hidden } : { number, cells });
      if (rows.length > maxRows || blank > maxBlankRows) throw tooLong();
    },
  };
};
