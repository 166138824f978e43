import { unreadable } from '../files/unreadable.ts';
import type { Problem } from '../refusals/problem.ts';

/** Maximum of rows with people. */
const maxPeople = 10_000;
/** Maximum of non-empty rows. Headings may be repeated on every printed page, and notes may follow. */
const maxRows = 12_000;
export const maxColumns = 60;
/** Maximum of columns in a sheet. Columns beyond `maxColumns` must be blank. */
export const lastColumn = 16_384;
/**
 * Maximum of blank rows, which are skipped. Programs save formatted rows far below a list, up to a
 * million; reading them all would take too long.
 */
const maxBlankRows = 200_000;
/**
 * Maximum of characters in a cell, far more than any column needs. A workbook can hold one text of
 * many megabytes and refer to it from every cell.
 */
export const maxCellText = 2_000;

/** A fault of a cell in any column; its content is not used. */
export type CellFault = 'formula' | 'digits-lost' | 'cell-error' | 'too-long' | 'partly-struck';

/** A cell's text, or why it has none. */
export type Cell = string | { readonly fault: CellFault };

export interface SheetRow {
  /** Counted as in a spreadsheet program: the first row of the sheet is 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
  /** Hidden or filtered out when the file was saved. */
  readonly hidden?: boolean;
  /** Whether a cell's text is struck through. */
  readonly struck?: boolean;
  /** Columns, from 0, that are merged with the cell on their left, and have its value. */
  readonly continued?: ReadonlySet<number>;
}

/** One sheet of a file. */
export interface Sheet {
  /** Null when the file's sheets have no names, as in CSV. */
  readonly name: string | null;
  readonly rows: readonly SheetRow[];
  /** The names of the other sheets, which are not read. */
  readonly others: readonly string[];
  /** Columns, from 0, that were hidden when the file was saved. */
  readonly hiddenColumns: ReadonlySet<number>;
}

/** `A`, `B`, … `AA`, as spreadsheets name columns. */
export const letterOf = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letterOf(Math.floor(at / 26) - 1) + letterOf(at % 26);

export const tooWide = (row: number): Problem =>
  unreadable(
    `第 ${row} 行超过 ${maxColumns} 列；请删除多余的列。`,
    `Row ${row} has more than ${maxColumns} columns; delete those that are not needed.`,
  );

const tooLong = (): Problem =>
  unreadable(
    `一个文件最多 ${maxPeople} 行人员，连同其他行最多 ${maxRows} 行；请删除多余的行，或分成几个文件。`,
    `A file may have ${maxPeople} rows of people, and ${maxRows} rows in all: delete those that are not needed, or split it into several.`,
  );

const tooManyBlank = (): Problem =>
  unreadable(
    `空白行超过 ${maxBlankRows} 行；请删除名单下方的空白行后再保存。`,
    `There are more than ${maxBlankRows} blank rows: delete those below the list, and save it again.`,
  );

/** Whether a cell shows nothing. A cell that is too long is not searched and not blank. */
export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined ||
  (typeof cell === 'string' && cell.length <= maxCellText && !/[^\s\p{Cf}\p{Cc}]/u.test(cell));

/** Control characters become blanks, and half characters become U+FFFD, the replacement character. */
const tidied = (cell: Cell): Cell => {
  if (typeof cell !== 'string') return cell;
  if (cell.length > maxCellText) return { fault: 'too-long' };
  return cell.replace(/(?![\t\n\r])\p{Cc}/gu, ' ').toWellFormed();
};

/** @throws Problem when there are more people than a file may have */
export const refuseTooMany = (people: number): void => {
  if (people > maxPeople) throw tooLong();
};

/** Collects the non-empty rows. @throws Problem when there are too many */
export const rowCollector = () => {
  const rows: SheetRow[] = [];
  let blank = 0;
  return {
    rows,
    add: (
      number: number,
      given: readonly Cell[],
      marks: Pick<SheetRow, 'hidden' | 'struck'> = {},
    ): void => {
      if (given.length > lastColumn) throw tooWide(number);
      const cells = given.map(tidied);
      // Programs write separators and formats far to the right of the last column.
      while (cells.length > 0 && isBlank(cells.at(-1))) cells.pop();
      if (cells.length > maxColumns) throw tooWide(number);
      if (cells.length === 0) blank += 1;
      else rows.push({ number, cells, ...marks });
      if (rows.length > maxRows) throw tooLong();
      if (blank > maxBlankRows) throw tooManyBlank();
    },
  };
};
