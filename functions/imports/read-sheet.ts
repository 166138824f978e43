import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { type SheetRow, unreadable } from './sheet.ts';

/**
 * The rows of a file, by what it is and not by what it is said to be.
 * @throws Problem `unreadable-file`
 */
export const readSheet = (bytes: Uint8Array): readonly SheetRow[] => {
  const first = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (first === 'd0cf11e0')
    throw unreadable(
      '不支持旧版 .xls 或加密的文件；请另存为不带密码的 .xlsx 或 CSV。',
      'Old .xls files and files with a password are not read: save it as .xlsx or CSV without one.',
    );
  return first === '504b0304' ? readXlsx(bytes) : readCsv(bytes);
};
