import { xlsx } from '../files/office-kind.ts';
import { unreadable } from '../files/unreadable.ts';
import { readXml } from '../files/xml.ts';
import { type CellContext, cellOf, struckIn } from './cell-values.ts';
import { textReader } from './rich-text.ts';
import {
  type Cell,
  isBlank,
  lastColumn,
  maxColumns,
  rowCollector,
  type Sheet,
  type SheetRow,
  tooWide,
} from './sheet.ts';

/** Limits for the number of merged regions in a sheet, and for the cells filled from them. */
const maxMerged = 50_000;
const maxMergedCells = 600_000;

const tooManyMerged = () =>
  unreadable(
    '工作表中合并的单元格过多；请取消合并。',
    'There are too many merged cells in the sheet; take the merging away.',
  );

const misnumbered = () =>
  unreadable(
    '工作表的行号有误；请用表格软件打开后另存为 .xlsx。',
    'The rows of the sheet are not numbered as rows are: open it in a spreadsheet program and save it as .xlsx.',
  );

const repeated = (row: number) =>
  unreadable(
    `第 ${row} 行有两个单元格的位置相同；请用表格软件打开后另存为 .xlsx。`,
    `Row ${row} has two cells in one place: open the file in a spreadsheet program and save it as .xlsx.`,
  );

/** The place of a cell: `C7` is column 2 and row 7. */
const placeOf = (reference: string): { readonly column: number; readonly row: number } => {
  const [, letters = '', digits = ''] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference) ?? [];
  if (letters === '') throw misnumbered();
  const column = [...letters.toUpperCase()].reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  );
  return { column: column - 1, row: Number(digits) };
};

/** The number of a row, which must be greater than the one before. @throws Problem `unreadable-file` */
const rowNumber = (reference: string | undefined, before: number): number => {
  const number = reference === undefined ? before + 1 : Number(reference);
  if (!Number.isInteger(number) || number <= before || number > 1_048_576) throw misnumbered();
  return number;
};

interface Region {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const regionOf = (reference: string): Region => {
  const [first = '', last = first] = reference.split(':');
  const [from, to] = [placeOf(first), placeOf(last)];
  return { top: from.row, bottom: to.row, left: from.column, right: to.column };
};

/** Copies the value of each merged region into all its cells, in rows that are not empty. */
const fillMerged = (rows: readonly SheetRow[], regions: readonly Region[]): readonly SheetRow[] => {
  if (regions.length === 0) return rows;
  const filled = new Map(rows.map(({ number, cells }) => [number, [...cells]]));
  const continued = new Map<number, Set<number>>();
  let left = maxMergedCells;
  for (const { top, bottom, left: first, right } of regions) {
    const value = filled.get(top)?.[first];
    if (value === undefined || isBlank(value)) continue;
    const last = Math.min(right, maxColumns - 1);
    for (let row = top; row <= Math.min(bottom, rows.at(-1)?.number ?? 0); row += 1) {
      left -= Math.max(last - first + 1, 1);
      if (left < 0) throw tooManyMerged();
      const cells = filled.get(row);
      for (let column = first; cells && column <= last; column += 1) {
        while (cells.length < column) cells.push('');
        if (!isBlank(cells[column])) continue;
        cells[column] = value;
        if (column > first) continued.set(row, (continued.get(row) ?? new Set()).add(column));
      }
    }
  }
  return rows.map((row) => {
    const own = continued.get(row.number);
    const cells = filled.get(row.number) ?? row.cells;
    return own ? { ...row, cells, continued: own } : { ...row, cells };
  });
};

/**
 * The non-empty rows of a worksheet, with dates as `yyyy-mm-dd`. Formulas are refused, because
 * their stored result may be out of date. A formula that shows nothing is blank.
 * @throws Problem `unreadable-file`
 */
export const readWorksheet = (
  bytes: Uint8Array,
  context: CellContext,
): Pick<Sheet, 'rows' | 'hiddenColumns'> => {
  const { rows, add } = rowCollector();
  const regions: Region[] = [];
  const hiddenColumns = new Set<number>();
  let number = 0;
  let numbered = false;
  let hidden = false;
  let struck = false;
  /** Rows without a height of their own have none. */
  let isZeroHeight = false;
  let cells: Cell[] = [];
  let column = -1;
  let cell: { type: string | undefined; style: string | undefined; formula: boolean } | undefined;
  let seen = new Set<number>();
  const reader = textReader();
  const isSet = (flag: string | undefined) => flag === '1' || flag === 'true';
  readXml(bytes, xlsx, {
    open: (name, { r, t, s, ref, min, max, val, ht, width, zeroHeight, hidden: hides }) => {
      if (cell) reader.open(name, val);
      if (name === 'sheetFormatPr') isZeroHeight = isSet(zeroHeight);
      else if (name === 'row') {
        numbered = r !== undefined;
        number = rowNumber(r, number);
        hidden = isSet(hides) || Number(ht) === 0 || (isZeroHeight && (ht ?? hides) === undefined);
        struck = false;
        seen = new Set();
        cells = [];
        column = -1;
      } else if (name === 'c') {
        const place = r === undefined ? undefined : placeOf(r);
        column = place?.column ?? column + 1;
        // A row without a number has the number that its cells name.
        if (place && !numbered && cells.length === 0) number = Math.max(number, place.row);
        if (column >= lastColumn) throw tooWide(number);
        if (seen.has(column)) throw repeated(number);
        seen.add(column);
        cell = { type: t, style: s, formula: false };
        reader.take();
      } else if (name === 'f' && cell) cell.formula = true;
      else if (name === 'mergeCell' && ref !== undefined) {
        if (regions.length >= maxMerged) throw tooManyMerged();
        regions.push(regionOf(ref));
      } else if (name === 'col' && (isSet(hides) || Number(width) === 0))
        for (let at = Math.max(Number(min), 1); at <= Math.min(Number(max), maxColumns); at += 1)
          hiddenColumns.add(at - 1);
    },
    text: reader.text,
    close: (name) => {
      reader.close(name);
      if (name === 'c' && cell) {
        const { type, style, formula } = cell;
        const value = reader.take();
        const shows = formula && !(value.hasText && value.text === '');
        const strike = struckIn(type, style, value, context);
        let read: Cell = shows ? { fault: 'formula' } : cellOf(type, style, value.text, context);
        if (strike === 'part') read = { fault: 'partly-struck' };
        if (strike === 'all') struck = true;
        // Formatted cells may reach far to the right. Cells without a value beyond the limit are
        // ignored.
        if (!isBlank(read) || column < maxColumns) {
          if (column >= maxColumns) throw tooWide(number);
          while (cells.length < column) cells.push('');
          cells[column] = read;
        }
        cell = undefined;
      }
      if (name === 'row')
        add(number, cells, { ...(hidden ? { hidden } : {}), ...(struck ? { struck } : {}) });
    },
  });
  return { rows: fillMerged(rows, regions), hiddenColumns };
};
