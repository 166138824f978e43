import type { Problem } from '../refusals/problem.ts';
import { unreadable } from './sheet.ts';

const saveAs = {
  zh: '请用表格软件打开，另存为 .xlsx 或 CSV（UTF-8）后再上传。',
  en: 'Open it in a spreadsheet program and save it as .xlsx or as CSV in UTF-8.',
} as const;

const notRead = (zh: string, en: string): Problem =>
  unreadable(`这是${zh}，不能读取。${saveAs.zh}`, `This is ${en}, which is not read. ${saveAs.en}`);

const withPassword = (): Problem =>
  unreadable(
    '文件设有打开密码；请取消密码，另存为 .xlsx 或 CSV。',
    'The file has a password: take it away and save it as .xlsx or CSV.',
  );

/** The first bytes of known file types, in hexadecimal. */
const beginnings: readonly (readonly [begins: RegExp, zh: string, en: string])[] = [
  [/^25504446/, ' PDF 文件', 'a PDF file'],
  [/^ffd8ff/, ' JPG 图片', 'a JPG picture'],
  [/^89504e47/, ' PNG 图片', 'a PNG picture'],
  [/^47494638/, ' GIF 图片', 'a GIF picture'],
  [/^(?:49492a00|4d4d002a)/, ' TIFF 图片', 'a TIFF picture'],
  [/^52494646.{8}57454250/, ' WebP 图片', 'a WebP picture'],
  [/^.{8}66747970/, '图片或视频', 'a picture or a film'],
  [/^52617221/, ' RAR 压缩包', 'a RAR archive'],
  [/^377abcaf/, ' 7z 压缩包', 'a 7z archive'],
  [/^1f8b/, ' GZIP 压缩包', 'a GZIP archive'],
  [/^7b5c727466/, ' RTF 文档', 'an RTF document'],
  [/^09(?:00|02|04|08)[0-9a-f]{2}00/, '旧版 .xls 表格', 'an old .xls workbook'],
];

/** The beginnings of text files that are not CSV, in lower case. */
const texts: readonly (readonly [begins: RegExp, zh: string, en: string])[] = [
  [
    /^(?:<\?xml[^>]*\?>|<\?mso[^>]*\?>|\s)*<(?:\w+:)?workbook|^<\?xml[\s\S]*office:spreadsheet/,
    ' XML 表格 2003',
    'an XML Spreadsheet 2003',
  ],
  [
    /^(?:<!--[\s\S]*?-->|\s)*<(?:!doctype html|html|head|meta|body|table|style|div)/,
    '网页（HTML），有的系统导出时命名为 .xls',
    'a web page (HTML), which some systems name .xls',
  ],
  [/^<\?xml|^<!doctype/, ' XML 文件', 'an XML file'],
  [/^mime-version:/, '网页存档（MHTML）', 'a web archive (MHTML)'],
  [/^begin:vcard/, '名片文件（vCard）', 'a vCard file'],
  [/^id;p/, ' SYLK 文件', 'a SYLK file'],
  [/^[{[]\s*["{[\]}]/, ' JSON 文件', 'a JSON file'],
];

/** @throws Problem that names the type of a compound file of old Office programs */
const nameCompound = (bytes: Buffer): never => {
  const holds = (stream: string) => bytes.includes(Buffer.from(stream, 'utf16le'));
  if (holds('EncryptedPackage') || holds('EncryptionInfo')) throw withPassword();
  if (holds('WordDocument')) throw notRead(' Word 文档', 'a Word document');
  throw notRead('旧版 .xls 或 WPS .et 表格', 'an old .xls or WPS .et workbook');
};

/**
 * Refuses files that are neither CSV nor a ZIP archive, by their first bytes, because names and
 * media types are unreliable.
 * @throws Problem `unreadable-file` that says what the file is, and what to do
 */
export const refuseOtherFiles = (given: Uint8Array): void => {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const first = bytes.subarray(0, 16).toString('hex');
  if (first.startsWith('d0cf11e0')) nameCompound(bytes);
  const known = beginnings.find(([begins]) => begins.test(first));
  if (known) throw notRead(known[1], known[2]);
  // Without byte order marks and the zero bytes of UTF-16, Latin letters are the same in all
  // encodings.
  const text = bytes
    .subarray(0, 2048)
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart()
    .toLowerCase();
  if (/^--[^\r\n]+\r?\ncontent-/.test(text))
    throw unreadable(
      '请直接发送文件本身，不要用表单（multipart）上传。',
      'Send the file itself as the body, not a form with it (multipart).',
    );
  const named = texts.find(([begins]) => begins.test(text));
  if (named) throw notRead(named[1], named[2]);
};

/** Archives that are not an Excel workbook, by the names of their entries in lower case. */
const archives: readonly (readonly [holds: RegExp, zh: string, en: string])[] = [
  [/^xl\/workbook\.bin$/, ' .xlsb 二进制表格', 'a binary .xlsb workbook'],
  [/^word\//, ' Word 文档', 'a Word document'],
  [/^ppt\//, ' PowerPoint 文稿', 'a PowerPoint presentation'],
  [/^index(?:\.zip|\/.*\.iwa)$|^index\/document\.iwa/, ' Numbers 表格', 'a Numbers workbook'],
  [/^content\.xml$/, ' OpenDocument（.ods）表格', 'an OpenDocument (.ods) workbook'],
  [/\.(?:xlsx|xls|csv|et)$/, ' ZIP 压缩包', 'a ZIP archive with files in it'],
];

/** @throws Problem `unreadable-file` when an archive is known to be something else */
export const refuseOtherArchives = (names: readonly string[]): void => {
  const found = archives.find(([holds]) => names.some((name) => holds.test(name)));
  if (found) throw notRead(found[1], found[2]);
};
