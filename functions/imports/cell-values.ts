import type { Cell } from './sheet.ts';
import { readXml } from './xml.ts';

/** Built-in number formats that show a date (ECMA-376, 18.8.30), including those of Chinese Excel. */
const isDateFormat = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** Whether a custom format shows a date: it has a year or a day outside quoted text and colours. */
const showsDate = (code: string): boolean =>
  /[yd]/i.test(code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, ''));

/** For each cell format, by index, whether it shows a date. */
export const readStyles = (bytes: Uint8Array | undefined): readonly boolean[] => {
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

/**
 * A text with its `_xHHHH_` sequences decoded. Excel writes them for characters that XML cannot
 * hold (ECMA-376, 22.4.2.4).
 */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

/** The texts that cells refer to, without phonetic readings. */
export const readSharedStrings = (bytes: Uint8Array | undefined): readonly string[] => {
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
        if (name === 'si') strings.push(unescaped(current));
        if (name === 'rPh') inReading = false;
        if (name === 't') inText = false;
      },
    });
  return strings;
};

/** A minute, as a fraction of a day. */
const minute = 1 / 1440;

/**
 * The date of a serial day, `yyyy-mm-dd`. Excel's day 60 is a 29 February that did not exist. A
 * minute is added, because a widespread library writes midnight in China as 43 seconds before it.
 */
const dateOf = (serial: number, from1904: boolean): string => {
  const day = Math.floor((from1904 ? serial + 1462 : serial) + minute);
  const date = new Date(Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * 86_400_000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
};

/** Excel keeps 15 digits of a number; a longer number has already lost its last digits. */
const numberCell = (value: string): Cell => {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) return value;
  return Math.abs(number) >= 1e15 ? { fault: 'digits-lost' } : String(number);
};

export interface CellContext {
  readonly strings: readonly string[];
  /** For each cell format, whether it shows a date. */
  readonly dates: readonly boolean[];
  /** Days are counted from 1904, as on old Macs. */
  readonly from1904: boolean;
}

/** The text that a cell shows, by its type and format (ECMA-376, 18.18.11). */
export const cellOf = (
  type: string | undefined,
  style: string | undefined,
  value: string,
  { strings, dates, from1904 }: CellContext,
): Cell => {
  switch (type ?? 'n') {
    case 's':
      return value === '' ? '' : (strings[Number(value)] ?? { fault: 'cell-error' });
    case 'e':
      return { fault: 'cell-error' };
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'n':
      return dates[Number(style)] && value !== '' && Number(value) >= 0 && Number(value) < 3e6
        ? dateOf(Number(value), from1904)
        : numberCell(value);
    default:
      return unescaped(value);
  }
};
