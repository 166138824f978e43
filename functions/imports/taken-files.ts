import type { Taken } from '../files/name-file.ts';

/** A list of people is an XLSX workbook or CSV; what to do with other files. */
export const listFiles: Taken = {
  office: 'xlsx',
  advice: {
    table: [
      '请用表格软件打开，另存为 .xlsx 或 CSV（UTF-8）后再上传。',
      'Open it in a spreadsheet program and save it as .xlsx or as CSV in UTF-8.',
    ],
    picture: [
      '请向提供者索取原来的表格，或把名单录入表格，保存为 .xlsx 或 CSV（UTF-8）后再上传。',
      'Ask for the table that it was made from, or type the list into one, and save it as .xlsx or as CSV in UTF-8.',
    ],
    document: [
      '请把其中的名单复制到表格软件，保存为 .xlsx 或 CSV（UTF-8）后再上传。',
      'Copy the list in it to a spreadsheet program, and save it as .xlsx or as CSV in UTF-8.',
    ],
    archive: [
      '请解压后上传其中的 .xlsx 或 CSV 文件。',
      'Unpack it, and send the .xlsx or CSV file that is in it.',
    ],
    data: [
      '请从原来的系统导出 .xlsx 或 CSV（UTF-8）后再上传。',
      'Export an .xlsx or a CSV in UTF-8 from the system that it comes from.',
    ],
  },
  withPassword: [
    '文件设有打开密码；请取消密码，另存为 .xlsx 或 CSV。',
    'The file has a password: take it away and save it as .xlsx or CSV.',
  ],
};
