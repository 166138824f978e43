import type { Problem } from '../refusals/problem.ts';
import { unreadable } from './unreadable.ts';

/** What to do with a kind of file that is not read, in Chinese and English. */
type Words = readonly [zh: string, en: string];
type Kind = 'table' | 'picture' | 'document' | 'archive' | 'data';

/** What a reader takes, and what it says of other files. */
export interface Taken {
  /** The Office file that it reads. */
  readonly office: 'xlsx' | 'docx';
  readonly advice: Readonly<Record<Kind, Words>>;
  readonly withPassword: Words;
}

/** How a kind of file is known, what it is, and its name in Chinese and English. */
type Known = readonly (readonly [is: RegExp, kind: Kind, zh: string, en: string])[];

const notRead = ([, kind, zh, en]: Known[number], { advice }: Taken): Problem => {
  const [whatZh, whatEn] = advice[kind];
  return unreadable(
    `这是${zh}，不能读取。${whatZh}`,
    `This is ${en}, which is not read. ${whatEn}`,
  );
};

/** By the first bytes, in hexadecimal. */
const beginnings: Known = [
  [/^25504446/, 'picture', ' PDF 文件', 'a PDF file'],
  [/^ffd8ff/, 'picture', ' JPG 图片', 'a JPG picture'],
  [/^89504e47/, 'picture', ' PNG 图片', 'a PNG picture'],
  [/^47494638/, 'picture', ' GIF 图片', 'a GIF picture'],
  [/^(?:49492a00|4d4d002a)/, 'picture', ' TIFF 图片', 'a TIFF picture'],
  [/^424d.{8}0{8}/, 'picture', ' BMP 图片', 'a BMP picture'],
  [/^52494646.{8}57454250/, 'picture', ' WebP 图片', 'a WebP picture'],
  [/^.{8}66747970/, 'picture', '图片或视频', 'a picture or a film'],
  [/^52617221/, 'archive', ' RAR 压缩包', 'a RAR archive'],
  [/^377abcaf/, 'archive', ' 7z 压缩包', 'a 7z archive'],
  [/^1f8b/, 'archive', ' GZIP 压缩包', 'a GZIP archive'],
  [/^(?:fd377a58|425a68|28b52ffd)/, 'archive', '压缩包', 'an archive'],
  [/^504b0(?:506|708)/, 'archive', '空的或分卷的 ZIP 压缩包', 'an empty or a split ZIP archive'],
  [/^7b5c727466/, 'document', ' RTF 文档', 'an RTF document'],
  [/^09(?:00|02|04|08)[0-9a-f]{2}00/, 'table', '旧版 .xls 表格', 'an old .xls workbook'],
  [/^03[0-9a-f]{6}/, 'table', ' dBASE（.dbf）表格', 'a dBASE (.dbf) table'],
  [/^53514c69746520666f726d6174/, 'data', ' SQLite 数据库', 'an SQLite database'],
];

/** By the beginning of a text that is not CSV, in lower case. */
const texts: Known = [
  [
    /^(?:<\?xml[^>]*\?>|<\?mso[^>]*\?>|\s)*<(?:\w+:)?workbook|^<\?xml[\s\S]*office:spreadsheet/,
    'table',
    ' XML 表格 2003',
    'an XML Spreadsheet 2003',
  ],
  [
    /^(?:<!--(?:(?!-->)[\s\S])*-->|\s)*<(?:!doctype html|html|head|meta|body|table|style|div)/,
    'table',
    '网页（HTML），有的系统导出时命名为 .xls',
    'a web page (HTML), which some systems name .xls',
  ],
  [/^<\?xml|^<!doctype/, 'data', ' XML 文件', 'an XML file'],
  [/^mime-version:/, 'table', '网页存档（MHTML）', 'a web archive (MHTML)'],
  [/^begin:v(?:card|calendar)/, 'data', '名片或日历文件', 'a vCard or a calendar'],
  [/^id;p/, 'table', ' SYLK 文件', 'a SYLK file'],
  [/^table\r?\n0,/, 'table', ' DIF 文件', 'a DIF file'],
  [/^[{[]\s*["{[\]}]/, 'data', ' JSON 文件', 'a JSON file'],
  [/^(?:insert\s+into|create\s+table|drop\s+table)\s/, 'data', ' SQL 文件', 'an SQL file'],
];

/** @throws Problem that names the type of a compound file of old Office programs */
const nameCompound = (bytes: Buffer, taken: Taken): never => {
  const holds = (stream: string) => bytes.includes(Buffer.from(stream, 'utf16le'));
  if (holds('EncryptedPackage') || holds('EncryptionInfo')) throw unreadable(...taken.withPassword);
  if (holds('WordDocument'))
    throw notRead(
      [/^/, 'document', ' Word（.doc）或 WPS 文档', 'a Word (.doc) or WPS document'],
      taken,
    );
  if (holds('PowerPoint Document'))
    throw notRead([/^/, 'document', ' PowerPoint 文稿', 'a PowerPoint presentation'], taken);
  throw notRead(
    [/^/, 'table', '旧版 .xls 或 WPS .et 表格', 'an old .xls or WPS .et workbook'],
    taken,
  );
};

/**
 * Refuses files that are neither plain text nor a ZIP archive, by their first bytes, because names and
 * media types are unreliable.
 * @throws Problem `unreadable-file` that says what the file is, and what to do
 */
export const refuseOtherFiles = (given: Uint8Array, taken: Taken): void => {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const first = bytes.subarray(0, 16).toString('hex');
  if (first.startsWith('d0cf11e0')) nameCompound(bytes, taken);
  const known = beginnings.find(([begins]) => begins.test(first));
  if (known) throw notRead(known, taken);
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
  if (named) throw notRead(named, taken);
};

/** By the names of the entries of an archive, in lower case. */
const archives: Known = [
  [/^xl\/workbook\.bin$/, 'table', ' .xlsb 二进制表格', 'a binary .xlsb workbook'],
  [/^word\//, 'document', ' Word 文档', 'a Word document'],
  [/^xl\//, 'table', ' XLSX 表格', 'an XLSX workbook'],
  [/^ppt\//, 'document', ' PowerPoint 文稿', 'a PowerPoint presentation'],
  [/^index(?:\.zip|\/.*\.iwa)$/, 'table', ' Numbers 表格', 'a Numbers workbook'],
  [/^content\.xml$/, 'table', ' OpenDocument（.ods）表格', 'an OpenDocument (.ods) workbook'],
  [/^ofd\.xml$/, 'picture', ' OFD 版式文件', 'an OFD file'],
];
/** The archive of the Office file that a reader takes, and what one is that is none. */
const own: Readonly<
  Record<Taken['office'], { readonly is: RegExp; readonly other: Known[number] }>
> = {
  xlsx: {
    is: /^xl\//,
    other: [/^/, 'archive', ' ZIP 压缩包，其中没有可见的工作表', 'a ZIP archive and no workbook'],
  },
  docx: {
    is: /^word\//,
    other: [/^/, 'archive', ' ZIP 压缩包', 'a ZIP archive'],
  },
};

/** The refusal of an archive that the reader does not take: it says what it is. */
export const otherArchive = (names: readonly string[], taken: Taken): Problem => {
  const { is, other } = own[taken.office];
  const found = archives.find(
    ([holds]) => holds.source !== is.source && names.some((name) => holds.test(name)),
  );
  return notRead(found ?? other, taken);
};
