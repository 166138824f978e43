import { Problem } from '../shared/problem.ts';

/** Rows with people in them, beside the headings. */
export const maxRows = 10_000;
export const maxColumns = 60;
/** Blank rows are passed over, but not for ever. */
export const maxBlankRows = 10_000;

/** What is wrong with a cell whatever column it stands in; nothing of it is taken. */
export type CellFault = 'formula' | 'digits-lost' | 'cell-error';

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

export const isBlank = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => typeof cell === 'string' && cell.trim() === '');

/** Keeps the rows that have anything in them. @throws Problem when there are too many */
export const rowCollector = () => {
  const rows: SheetRow[] = [];
  let blank = 0;
  return {
    rows,
    add: (number: number, cells: readonly Cell[]): void => {
      if (cells.length > maxColumns)
        throw unreadable(
          `第 ${number} 行超过 ${maxColumns} 列。`,
          `Row ${number} has more than ${maxColumns} columns.`,
        );
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
