import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from '../files/decode-text.ts';
import { unreadable } from '../files/unreadable.ts';
import { headingsAmong } from './list.ts';
import { rowCollector, type Sheet } from './sheet.ts';

const delimiters = [',', ';', '\t', '，', '；', '|'] as const;

/** The number of characters in which headings are looked for. */
const headLength = 8_192;

/** How many headings are found when the text is split by a delimiter. */
const headingsBy = (text: string, delimiter: string): number =>
  headingsAmong(
    text
      .slice(0, headLength)
      .split(delimiter)
      .flatMap((part) => part.split(/[\r\n]+/))
      .map((part) => part.trim().replace(/^"|"$/g, '')),
  );

/** The delimiter that gives the most headings. */
const delimiterOf = (text: string): string => {
  const counts = delimiters.map((delimiter) => headingsBy(text, delimiter));
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
};

/** A first line that names the delimiter. Excel reads it and does not show it. */
const named = /^sep=([^\w"\r\n])(?:\r\n|\n|\r)/i;

/**
 * Turns formulas such as `="0138"`, which keep leading zeros in Excel, into texts. Text in
 * quotation marks is not changed.
 */
const withoutFormulas = (text: string, delimiter: string): string => {
  const ends = `\\r\\n${delimiter.replace(/[\]\\^-]/, '\\$&')}`;
  const cell = new RegExp(`"[^"]*"|(?<=^|[${ends}])="([^"\\r\\n]*)"(?=[${ends}]|$)`, 'g');
  return text.replace(cell, (all, inner?: string) => (inner === undefined ? all : `"${inner}"`));
};

/** The text without the blank rows at its end, of which programs write up to a million. */
const withoutBlankEnd = (text: string, delimiter: string): string => {
  let end = text.length;
  while (end > 0 && ` \t\r\n${delimiter}`.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
};

/**
 * The non-empty rows of a CSV file in UTF-8, UTF-16 with a byte order mark, GB18030 or Big5. Lines
 * may end in any way, and in different ways.
 * @throws Problem `unreadable-file`
 */
export const readCsv = (bytes: Uint8Array): Sheet => {
  const decoded = decodeText(
    bytes,
    (text) => delimiters.some((each) => headingsBy(text, each) > 0),
    (line) =>
      unreadable(
        `第 ${line} 行的文字编码有误，或与其他行的编码不同；请另存为 UTF-8 或 GB18030 编码的 CSV，并以 application/octet-stream 发送。`,
        `Line ${line} cannot be read: save the file as CSV in UTF-8 or GB18030, and send it as application/octet-stream.`,
      ),
  );
  const [line = '', delimiter = delimiterOf(decoded)] = named.exec(decoded) ?? [];
  const text = withoutFormulas(withoutBlankEnd(decoded.slice(line.length), delimiter), delimiter);
  const { rows, add } = rowCollector();
  let number = 0;
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: 64 * 1024,
      // Each record is handled as it is read, so reading stops at the limit of rows even in a huge
      // file.
      on_record: (cells: readonly string[]) => {
        number += 1;
        add(number, cells);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The row in which the fault begins. A quotation without an end reaches into other lines.
    const at = number + 1;
    throw unreadable(
      `第 ${at} 行过长，或引号、分隔有误；请在表格软件中打开检查，另存为 CSV。`,
      `Line ${at} is too long, or has a quotation mark too many or too few: look at it in a spreadsheet program, and save it as CSV.`,
    );
  }
  return { name: null, rows, others: [], hiddenColumns: new Set() };
};
