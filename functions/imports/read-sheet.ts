import { rankOf } from './list.ts';
import { refuseOtherFiles } from './name-file.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import type { Sheet } from './sheet.ts';

/**
 * The sheet of a file that holds the list. The file's type is found from its content.
 * @throws Problem `unreadable-file`
 */
export const readSheet = (bytes: Uint8Array): Sheet => {
  if (Buffer.from(bytes.subarray(0, 4)).toString('hex') === '504b0304')
    return readXlsx(bytes, rankOf);
  refuseOtherFiles(bytes);
  return readCsv(bytes);
};
