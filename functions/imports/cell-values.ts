import { xlsx } from '../files/office-kind.ts';
import { readXml } from '../files/xml.ts';
import { type RichText, strikes, textReader, unescaped } from './rich-text.ts';
import type { Cell } from './sheet.ts';

/** The parts of a date that a number format shows: some of `ymd`, or none. */
type DateParts = 'ymd' | 'ym' | 'md' | 'yd' | 'y' | 'd' | '';

/** Built-in number formats that show a date (ECMA-376, 18.8.30), as Chinese Excel has them. */
const builtInParts = (id: number): DateParts => {
  if ([17, 27, 36, 50, 52, 57].includes(id)) return 'ym';
  if ([16, 28, 29, 51, 53, 54, 58].includes(id)) return 'md';
  const isDate =
    (id >= 14 && id <= 22) ||
    (id >= 30 && id <= 35) ||
    (id >= 45 && id <= 47) ||
    [55, 56].includes(id);
  return isDate ? 'ymd' : '';
};

/** What a custom format shows, by its first section without quoted text and colours. */
const partsOf = (code: string): DateParts => {
  const [shown = ''] = code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]|general/gi, '').split(';');
  const year = /y|(?<![0#?.])e/i.test(shown);
  const day = /d/i.test(shown);
  const month = (year || day) && /m/i.test(shown.replace(/h.*?m+|m+.?s+/gi, ''));
  return `${year ? 'y' : ''}${month ? 'm' : ''}${day ? 'd' : ''}` as DateParts;
};

/** A cell format. */
export interface CellFormat {
  /** What it shows of a date. */
  readonly date: DateParts;
  readonly isStruck: boolean;
}

/** The cell formats, by index. */
export const readStyles = (bytes: Uint8Array | undefined): readonly CellFormat[] => {
  const own = new Map<number, DateParts>();
  const formats: CellFormat[] = [];
  const fonts: boolean[] = [];
  let inFonts = false;
  let inCellFormats = false;
  if (bytes)
    readXml(bytes, xlsx, {
      open: (name, { numFmtId, fontId, val, formatCode = '' }) => {
        if (name === 'numFmt') own.set(Number(numFmtId), partsOf(formatCode));
        if (name === 'fonts') inFonts = true;
        if (name === 'font' && inFonts) fonts.push(false);
        if (inFonts && strikes(name, val)) fonts[fonts.length - 1] = true;
        if (name === 'cellXfs') inCellFormats = true;
        if (name === 'xf' && inCellFormats)
          formats.push({
            date: own.get(Number(numFmtId)) ?? builtInParts(Number(numFmtId)),
            isStruck: fonts[Number(fontId)] === true,
          });
      },
      close: (name) => {
        if (name === 'fonts') inFonts = false;
        if (name === 'cellXfs') inCellFormats = false;
      },
    });
  return formats;
};

/** The texts that cells refer to, without phonetic readings. */
export const readSharedStrings = (bytes: Uint8Array | undefined): readonly RichText[] => {
  const strings: RichText[] = [];
  const reader = textReader();
  if (bytes)
    readXml(bytes, xlsx, {
      open: (name, { val }) => {
        if (name === 'si') reader.take();
        reader.open(name, val);
      },
      text: reader.text,
      close: (name) => {
        reader.close(name);
        if (name !== 'si') return;
        const { text, runs } = reader.take();
        strings.push({ text: unescaped(text), runs });
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

/**
 * The part of a date that a cell shows, such as `1960-06` or `6月6日`. What the program added when
 * somebody typed only that much is not data.
 */
const shownDate = (date: string, parts: DateParts): string => {
  const [year, month, day] = date.split('-').map(Number);
  if (date === '' || parts === 'ymd') return date;
  if (parts === 'ym') return date.slice(0, 7);
  return parts === 'y' ? `${year}年` : `${month}月${day}日`;
};

/** Excel keeps 15 digits of a number; a longer number has already lost its last digits. */
const numberCell = (value: string): Cell => {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) return value;
  return Math.abs(number) >= 1e15 ? { fault: 'digits-lost' } : String(number);
};

export interface CellContext {
  readonly strings: readonly RichText[];
  readonly formats: readonly CellFormat[];
  /** Days are counted from 1904, as on old Macs. */
  readonly from1904: boolean;
}

/** The text that a cell shows, by its type and format (ECMA-376, 18.18.11). */
export const cellOf = (
  type: string | undefined,
  style: string | undefined,
  value: string,
  { strings, formats, from1904 }: CellContext,
): Cell => {
  switch (type ?? 'n') {
    case 's':
      return value === '' ? '' : (strings[Number(value)]?.text ?? { fault: 'cell-error' });
    case 'e':
      return { fault: 'cell-error' };
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'n': {
      const parts = formats[Number(style)]?.date;
      return parts && value !== '' && Number(value) >= 0 && Number(value) < 3e6
        ? shownDate(dateOf(Number(value), from1904), parts)
        : numberCell(value);
    }
    default:
      return unescaped(value);
  }
};

/** How much of a cell's text is struck through, by its runs or else by its format. */
export const struckIn = (
  type: string | undefined,
  style: string | undefined,
  { text, runs: own }: RichText,
  { strings, formats }: CellContext,
): 'all' | 'part' | 'none' => {
  const runs = (type === 's' && strings[Number(text)]?.runs) || own;
  const isStruck = formats[Number(style)]?.isStruck === true;
  const states = [...runs].map((run) => run ?? isStruck);
  if (!states.includes(true)) return 'none';
  return states.includes(false) ? 'part' : 'all';
};
