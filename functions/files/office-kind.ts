import type { Problem } from '../refusals/problem.ts';
import { unreadable } from './unreadable.ts';

/** The refusals of an Office file, which name the file and say what to do. */
export interface OfficeKind {
  readonly broken: () => Problem;
  readonly malformed: () => Problem;
  readonly tooLarge: () => Problem;
  readonly locked: () => Problem;
}

export const xlsx: OfficeKind = {
  broken: () =>
    unreadable(
      'XLSX 文件已损坏或不是 XLSX；请用表格软件打开后另存为 .xlsx。',
      'The XLSX file is damaged, or is none: open it in a spreadsheet program and save it as .xlsx.',
    ),
  malformed: () =>
    unreadable(
      'XLSX 文件内容有误；请用表格软件打开后另存为 .xlsx。',
      'The XML in the XLSX file is not well-formed: open it in a spreadsheet program and save it as .xlsx.',
    ),
  tooLarge: () =>
    unreadable(
      'XLSX 文件解压后过大；请删除名单下方的空白行，只保留名单所在的工作表，再保存。',
      'The XLSX file is too large when it is unpacked: delete the blank rows below the list, leave only its sheet, and save it again.',
    ),
  locked: () =>
    unreadable(
      '压缩包设有密码；请取消密码，另存为 .xlsx 或 CSV。',
      'The archive has a password: take it away and save it as .xlsx or CSV.',
    ),
};

export const docx: OfficeKind = {
  broken: () =>
    unreadable(
      'DOCX 文件已损坏或不是 DOCX；请用 Word 或 WPS 打开后另存为 .docx。',
      'The DOCX file is damaged, or is none: open it in a word processor and save it as .docx.',
    ),
  malformed: () =>
    unreadable(
      'DOCX 文件内容有误；请用 Word 或 WPS 打开后另存为 .docx。',
      'The XML in the DOCX file is not well-formed: open it in a word processor and save it as .docx.',
    ),
  tooLarge: () =>
    unreadable(
      'DOCX 文件解压后过大；请删除图片和附件，只保留方案文字，再保存。',
      'The DOCX file is too large when it is unpacked: take out pictures and attachments, leave only the plan, and save it again.',
    ),
  locked: () =>
    unreadable(
      '压缩包设有密码；请取消密码，另存为 .docx。',
      'The archive has a password: take it away and save it as .docx.',
    ),
};
