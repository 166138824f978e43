import {
  type Cell,
  maxColumns,
  rowCollector,
  type SheetRow,
  tooWide,
  unreadable,
} from './sheet.ts';
import { unzip } from './unzip.ts';
import { readXml } from './xml.ts';

/** Number formats that are built in and show a date (ECMA-376, 18.8.30), those of Chinese Excel too. */
const isDateFormat = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** A format of one's own shows a date if it has a year or a day beside quoted text and colours. */
const showsDate = (code: string): boolean =>
  /[yd]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));

/** Which of the cell formats, by index, show a date. */
const readStyles = (bytes: Uint8Array | undefined): readonly boolean[] => {
  const own = new Map<number, boolean>();
  const dates: boolean[] = [];
  let inCellFormats = false;
  if (bytes)
    readXml(bytes, {
      open: (name, { numFmtId, formatCode = '' }) => {
        if (name === 'numFmt') own.set(Number(numFmtId), showsDate(formatCode));
        if (name === 'cellXfs') inCellFormats = true;
        if (name === 'xf' && inCellFormats)
          dates.push(own.get(Number(numFmtId)) ?? isDateFormat(Number(numFmtId)));
      },
      close: (name) => {
        if (name === 'cellXfs') inCellFormats = false;
      },
    });
  return dates;
};

/** Texts that cells point to; how they are to be pronounced is left out. */
const readSharedStrings = (bytes: Uint8Array | undefined): readonly string[] => {
  const strings: string[] = [];
  let inText = false;
  let inReading = false;
  let current = '';
  if (bytes)
    readXml(bytes, {
      open: (name) => {
        if (name === 'si') current = '';
        if (name === 'rPh') inReading = true;
        if (name === 't') inText = !inReading;
      },
      text: (piece) => {
        if (inText) current += piece;
      },
      close: (name) => {
        if (name === 'si') strings.push(current);
        if (name === 'rPh') inReading = false;
        if (name === 't') inText = false;
      },
    });
  return strings;
};

interface Workbook {
  /** The relationship of the first sheet that can be seen. */
  readonly sheet: string | undefined;
  /** Days are counted from 1904 on, as old Macs did. */
  readonly from1904: boolean;
}

const readWorkbook = (bytes: Uint8Array): Workbook => {
  let sheet: string | undefined;
  let from1904 = false;
  readXml(bytes, {
    open: (name, attributes) => {
      if (name === 'sheet' && (attributes.state ?? 'visible') === 'visible')
        sheet ??= attributes.id;
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
    },
  });
  return { sheet, from1904 };
};

const targetOf = (bytes: Uint8Array, id: string): string | undefined => {
  let target: string | undefined;
  readXml(bytes, {
    open: (name, attributes) => {
      if (name === 'Relationship' && attributes.Id === id) target = attributes.Target;
    },
  });
  if (target === undefined) return undefined;
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
};

/** `C7` is column 2. */
const columnOf = (reference: string): number =>
  [...(/^[A-Z]{1,3}/.exec(reference)?.[0] ?? '')].reduce(
    (column, letter) => column * 26 + letter.charCodeAt(0) - 64,
    0,
  ) - 1;

/** The number of a row, which comes after the one before. @throws Problem `unreadable-file` */
const rowNumber = (reference: string | undefined, before: number): number => {
  const number = reference === undefined ? before + 1 : Number(reference);
  if (!Number.isInteger(number) || number <= before || number > 1_048_576)
    throw unreadable('工作表的行号有误。', 'The rows of the sheet are not numbered as rows are.');
  return number;
};

/** The date of a serial day, `yyyy-mm-dd`: Excel's day 60 is a 29 February that there was not. */
const dateOf = (serial: number, from1904: boolean): string => {
  const day = from1904 ? serial + 1462 : serial;
  const date = new Date(Date.UTC(1899, 11, day < 60 ? 31 : 30) + Math.floor(day) * 86_400_000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
};

/** Excel keeps 15 digits of a number: longer ones have lost their end already. */
const numberCell = (value: string): Cell => {
  const number = Number(value);
  if (value === '' || Number.isNaN(number)) return value;
  return Math.abs(number) >= 1e15 ? { fault: 'digits-lost' } : String(number);
};

interface Context {
  readonly strings: readonly string[];
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

const cellOf = (
  type: string | undefined,
  style: string | undefined,
  value: string,
  { strings, dates, from1904 }: Context,
): Cell => {
  switch (type ?? 'n') {
    case 's':
      return strings[Number(value)] ?? { fault: 'cell-error' };
    case 'e':
      return { fault: 'cell-error' };
    case 'n':
      return dates[Number(style)] && value !== '' && Number(value) >= 0 && Number(value) < 3e6
        ? dateOf(Number(value), from1904)
        : numberCell(value);
    default:
      return value;
  }
};

const readSheet = (bytes: Uint8Array, context: Context): readonly SheetRow[] => {
  const { rows, add } = rowCollector();
  let number = 0;
  let cells: Cell[] = [];
  let column = -1;
  let cell: { type: string | undefined; style: string | undefined; formula: boolean } | undefined;
  let value = '';
  let inValue = false;
  readXml(bytes, {
    open: (name, { r, t, s }) => {
      if (name === 'row') {
        number = rowNumber(r, number);
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = r === undefined ? column + 1 : columnOf(r);
        cell = { type: t, style: s, formula: false };
        value = '';
      } else if (name === 'f' && cell) cell.formula = true;
      else if (name === 'v' || name === 't') inValue = cell !== undefined;
    },
    text: (piece) => {
      if (inValue) value += piece;
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      if (name === 'c' && cell) {
        // At once: nothing is filled up to a column far to the right.
        if (column >= maxColumns) throw tooWide(number);
        const at = Math.max(column, 0);
        while (cells.length < at) cells.push('');
        cells[at] = cell.formula
          ? { fault: 'formula' }
          : cellOf(cell.type, cell.style, value, context);
        cell = undefined;
      }
      if (name === 'row') add(number, cells);
    },
  });
  return rows;
};

/**
 * The rows, with anything in them, of the first sheet of a workbook that is not hidden. Dates come
 * as `yyyy-mm-dd`. Nothing is taken from a formula: what it last came to may be anything.
 * @throws Problem `unreadable-file`
 */
export const readXlsx = (bytes: Uint8Array): readonly SheetRow[] => {
  const entry = unzip(bytes);
  const needed = (name: string | undefined): Uint8Array => {
    const content = name === undefined ? undefined : entry(name);
    if (!content) throw unreadable('XLSX 文件中没有工作表。', 'The XLSX file has no sheet.');
    return content;
  };
  const { sheet, from1904 } = readWorkbook(needed('xl/workbook.xml'));
  const target =
    sheet === undefined ? undefined : targetOf(needed('xl/_rels/workbook.xml.rels'), sheet);
  return readSheet(needed(target), {
    strings: readSharedStrings(entry('xl/sharedStrings.xml')),
    dates: readStyles(entry('xl/styles.xml')),
    from1904,
  });
};
