import { Problem } from '../refusals/problem.ts';

/** Rows with people in them, beside the headings. */
const maxRows = 10_000;
export const maxColumns = 60;
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
  /** As the clerk's program counts them: the first row of the file is 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** A file that cannot be taken, in words that repeat nothing of it. */
export const unreadable = (zh: string, en: string): Problem =>
  new Problem('unreadable-file', { zh, en });

export const tooWide = (row: number): Problem =>
  unreadable(
    `第 ${row} 行超过 ${maxColumns} 列。`,
    `Row ${row} has more than ${maxColumns} columns.`,
  );

const isBlank = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => typeof cell === 'string' && cell.trim() === '');

const bounded = (cell: Cell): Cell =>
  typeof cell === 'string' && cell.length > maxCellText ? { fault: 'too-long' } : cell;

/** Keeps the rows that have anything in them. @throws Problem when there are too many */
export const rowCollector = () => {
  const rows: SheetRow[] = [];
  let blank = 0;
  return {
    rows,
    add: (number: number, given: readonly Cell[]): void => {
      if (given.length > maxColumns) throw tooWide(number);
      const cells = given.map(bounded);
      if (isBlank(cells)) blank += 1;
      else rows.push({ number, cells });
      if (rows.length > maxRows + 1 || blank > maxBlankRows)
        throw unreadable(
          `一个文件最多 ${maxRows} 行人员，请分成几个文件。`,
          `A file may have ${maxRows} rows of people; split it into several.`,
        );
    },
  };
};
