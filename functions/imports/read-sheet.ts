import { refuseOtherFiles } from '../files/name-file.ts';
import { rankOf } from './list.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import type { Sheet } from './sheet.ts';
import { listFiles } from './taken-files.ts';

/**
 * The sheet of a file that holds the list. The file's type is found from its content.
 * @throws Problem `unreadable-file`
 */
export const readSheet = (bytes: Uint8Array): Sheet => {
  if (Buffer.from(bytes.subarray(0, 4)).toString('hex') === '504b0304')
    return readXlsx(bytes, rankOf);
  refuseOtherFiles(bytes, listFiles);
  return readCsv(bytes);
};
