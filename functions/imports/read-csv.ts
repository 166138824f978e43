import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from './decode-text.ts';
import { maxBlankRows, maxRows, rowCollector, type SheetRow, unreadable } from './sheet.ts';

const delimiters = [',', ';', '\t'] as const;

/** The one that the first line has most of. */
const delimiterOf = (text: string): string => {
  const first = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  const counts = delimiters.map((delimiter) => first.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
};

/**
 * The rows of a CSV file with anything in them: UTF-8, UTF-16 with a byte order mark, or GB18030;
 * separated by commas, semicolons or tabs; lines may end in any way, and differently.
 * @throws Problem `unreadable-file`
 */
export const readCsv = (bytes: Uint8Array): readonly SheetRow[] => {
  const text = decodeText(bytes);
  let records: readonly (readonly string[])[];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: 64 * 1024,
      // One more than there may be, and no more of a file of millions.
      to: maxRows + maxBlankRows + 2,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines ?? 1);
    throw unreadable(
      `第 ${line} 行的引号或分隔有误。`,
      `Line ${line} has a quotation mark too many or too few.`,
    );
  }
  const { rows, add } = rowCollector();
  for (const [index, cells] of records.entries()) add(index + 1, cells);
  return rows;
};
