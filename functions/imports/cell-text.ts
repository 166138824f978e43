import type { Column } from './heading-words.ts';
import type { Cell, CellFault } from './sheet.ts';

const phones: readonly Column[] = ['phone', 'guardianPhone'];
const numbers: readonly Column[] = [...phones, 'documentNumber', 'guardianNumber'];

/** Marks of direction, zero-width spaces and soft hyphens, which carry no meaning. */
const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Texts that stand for a blank cell. */
const nothing =
  /^(?:无|暂无|没有|不详|未知|未填|未提供|空|none|n\/?a|#n\/a|null|nil|undefined|nan|[-\u2010-\u2015\u2212_/\\.。、*×]+)$/i;

/** A text as a formula, with which a program keeps leading zeros: `="0138"`. */
const wrapped = /^="([^"]*)"$/;
/** Characters that programs put around a number so that it stays a text. */
const quotes = /^[\s'`´‘’"“”]+|[\s'`´‘’"“”]+$/g;

/** Whether a spreadsheet would run the text as a formula if it showed it. A number in its column is none: −5. */
export const runs = (column: Column, text: string): boolean => {
  const plain = text.normalize('NFKC').replace(invisible, '').trim();
  if (numbers.includes(column) && /^[+-]\d+(?:\.\d+)?$/.test(plain)) return false;
  return /^[=+\-@]/.test(plain) && !(phones.includes(column) && /^\+[\d\s()-]+$/.test(plain));
};

/**
 * A number as a spreadsheet shows it with a power of ten, or as a program writes a decimal:
 * `1.39E+10`, `139.0`.
 */
const figure = /^(\d)(?:\.(\d+))?E\+?(\d{1,2})$|^(\d+)\.0+$/i;

/** The digits of a number stored as a decimal, if none of them was lost. */
const wholeNumber = (text: string): Cell => {
  const [shown, first = '', rest = '', power = '0', whole] = figure.exec(text) ?? [];
  if (shown === undefined) return text;
  const digits = whole ?? first + rest.padEnd(Number(power), ' ');
  return digits.includes(' ') || digits.length > 15 || (!whole && rest.length > Number(power))
    ? { fault: 'digits-lost' }
    : digits;
};

export type TextFault = CellFault | 'formula-text' | 'character-lost';

/**
 * The text of a cell: trimmed, without invisible characters, empty when it stands for a blank. A
 * number is without the characters that kept it a text.
 */
export const textIn = (column: Column, cell: Cell): string | { readonly fault: TextFault } => {
  if (typeof cell !== 'string') return cell;
  const isNumber = numbers.includes(column);
  const seen = cell.replace(invisible, '').trim();
  const bare = isNumber ? seen.replace(quotes, '') : seen;
  const text = (wrapped.exec(seen)?.[1] ?? bare).trim();
  // A name is required, and `checkPerson` says what to write in place of such a word.
  if (nothing.test(text)) return column === 'name' ? text : '';
  if (text.includes('\ufffd')) return { fault: 'character-lost' };
  if (runs(column, text)) return { fault: 'formula-text' };
  return isNumber ? wholeNumber(text) : text;
};
