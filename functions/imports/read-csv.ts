import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from './decode-text.ts';
import { rowCollector, type SheetRow, unreadable } from './sheet.ts';

const delimiters = [',', ';', '\t'] as const;

/** The one that the first line has most of, as far as headings may go. */
const delimiterOf = (text: string): string => {
  const first = /^[^\r\n]{0,4096}/.exec(text.trimStart())?.[0] ?? '';
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
  const { rows, add } = rowCollector();
  let number = 0;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: 64 * 1024,
      // Each as it is read: of a file of millions nothing is read that is not taken.
      on_record: (cells: readonly string[]) => {
        number += 1;
        add(number, cells);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines ?? 1);
    throw unreadable(
      `第 ${line} 行过长，或引号、分隔有误。`,
      `Line ${line} is too long, or has a quotation mark too many or too few.`,
    );
  }
  return rows;
};
