import type { Decimals } from './numbers.ts';
import { type Figure, isFigure, type Words } from './pieces.ts';
import type { Writer } from './writer.ts';

/** Where a table stands in the workbook. */
export const sheets = [
  'totals',
  'months',
  'areas',
  'themes',
  'outputs',
  'restatements',
  'definitions',
] as const;
export type Sheet = (typeof sheets)[number];

/**
 * A number that is not shown: it is below 5 in an area, or a reader could work out one that is. Which of the two it
 * is, is not said, because that alone could give the small one away.
 */
export interface Hidden {
  readonly hidden: 'small-cell';
}

/** Null is unknown, which is not 0. */
export type TableCell = Words | Figure | Hidden | null;

export interface Column {
  readonly title: string;
  /** What its numbers count; null for a column of words, or when each row says it. */
  readonly unit: string | null;
  readonly numbers: boolean;
  readonly decimals: Decimals;
}

export interface Row {
  readonly cells: readonly TableCell[];
  /** Set for a row of sums: which rows it is about, and in which columns it is exactly their sum. */
  readonly adds: { readonly from: number; readonly to: number; readonly columns: number[] } | null;
}

export interface Table {
  readonly title: string;
  readonly sheet: Sheet;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export const isHidden = (cell: TableCell): cell is Hidden => cell !== null && 'hidden' in cell;
export const isNumber = (cell: TableCell): cell is Figure =>
  cell !== null && !isHidden(cell) && isFigure(cell);

/** A row that adds up nothing. */
export const row = (cells: readonly TableCell[]): Row => ({ cells, adds: null });

/**
 * A row of sums. A column is named as added only if its rows are all shown and make exactly the sum: persons
 * are counted once in the whole, and a sum over hidden numbers would reveal them.
 */
export const sumRow = (
  { addsUp }: Pick<Writer, 'addsUp'>,
  rows: readonly Row[],
  cells: readonly TableCell[],
  from = 0,
  to = rows.length - 1,
): Row => {
  const summed = rows.slice(from, to + 1);
  const columns = cells.flatMap((total, column) => {
    if (!isNumber(total) || !addsUp(total.metric) || summed.length === 0) return [];
    const parts = summed.map(({ cells: own }) => own[column] ?? null);
    if (parts.some(isHidden)) return [];
    // Weights have tenths, which do not add up exactly in binary.
    const sum = parts.reduce(
      (all, part) => all + (isNumber(part) ? Math.round(part.value * 10) : 0),
      0,
    );
    return sum === Math.round(total.value * 10) ? [column] : [];
  });
  return { cells, adds: { from, to, columns } };
};

/** A column of words. */
export const wordColumn = (title: string): Column => ({
  title,
  unit: null,
  numbers: false,
  decimals: 0,
});

/** What the column is called that says of each row what its numbers count. */
export const unitTitle = { zh: '单位', en: 'Unit' } as const;

/** The column that says of each row what its numbers count. */
export const unitColumn = ({ say }: Pick<Writer, 'say'>): Column =>
  wordColumn(say<string>(unitTitle.zh, unitTitle.en));

/** A column of figures of one metric. */
export const numberColumn = (
  writer: Writer,
  metric: string,
  title = writer.label(metric).text,
): Column => ({
  title,
  unit: writer.unit(metric).text,
  numbers: true,
  decimals: writer.isTime(metric) ? 1 : 0,
});

/** A number as it stands in a workbook: time in hours, not rounded, so that sums agree. */
export const exactly = ({ value, unit }: Figure): number =>
  unit === 'minutes' ? value / 60 : value;
