/** A value of a table: null is an empty field. */
export type CsvValue = string | number | null;

/**
 * What spreadsheet programs take for a formula when they open a file, also after spaces and in full width; or a
 * beginning that moves the rest to a place where it would be one.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A text that no program takes for a formula has an apostrophe before it; control characters are replaced. */
const harmless = (text: string): string => {
  const readable = text.toWellFormed().replace(/[\p{Cc}--[\t\r\n]]/gv, '\ufffd');
  return formula.test(readable) ? `'${readable}` : readable;
};

const field = (value: CsvValue): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = harmless(value);
  return /[",\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * A table as CSV (RFC 4180), in UTF-8 with a byte order mark, by which Excel and WPS know it. Text that could be
 * taken for a formula begins with an apostrophe.
 */
export const writeCsv = (rows: readonly (readonly CsvValue[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
