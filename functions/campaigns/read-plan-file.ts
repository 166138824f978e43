import { decodeText } from '../files/decode-text.ts';
import { otherArchive, refuseOtherFiles, type Taken } from '../files/name-file.ts';
import { readDocx } from '../files/read-docx.ts';
import { unreadable } from '../files/unreadable.ts';
import { jsonIn } from '../http/json-body.ts';
import { Problem } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { maxPlanCharacters, planText } from './plan-shapes.ts';

const maxJsonBytes = 256 * 1024;

const saveAsDocx = [
  '请用 Word 或 WPS 打开，另存为 .docx，或复制文字发送。',
  'Open it in a word processor and save it as .docx, or send its text.',
] as const;
const askForText = [
  '请向提供者索取可编辑的原文（.docx），或复制文字发送。',
  'Ask for the original that can be edited (.docx), or send its text.',
] as const;

/** A plan is a DOCX document or plain text; what to do with other files. */
const planFiles: Taken = {
  office: 'docx',
  advice: {
    table: [
      '请把其中的方案复制到 Word 或 WPS 文字，保存为 .docx，或复制文字发送。',
      'Copy the plan in it to a word processor and save it as .docx, or send its text.',
    ],
    picture: askForText,
    document: saveAsDocx,
    archive: [
      '压缩包里的文件不能直接读取；请解压后发送其中的 .docx 文件。',
      'The files in an archive are not read where they are: unpack it, and send the .docx file that is in it.',
    ],
    data: saveAsDocx,
  },
  withPassword: [
    '文件设有打开密码；请取消密码，另存为 .docx。',
    'The file has a password: take it away and save it as .docx.',
  ],
};

const beginsWith = (bytes: Uint8Array, hex: string): boolean =>
  Buffer.from(bytes.subarray(0, hex.length / 2)).toString('hex') === hex;

/** The text in a JSON body; undefined when the bytes are no such JSON. */
const jsonTextIn = (bytes: Buffer, locale: Locale): string | undefined => {
  const first = bytes
    .subarray(0, 64)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (!/^\{\s*(?:"|\}|$)/.test(first)) return undefined;
  if (bytes.length > maxJsonBytes)
    throw new Problem('body-too-large', { kilobytes: maxJsonBytes / 1024 });
  const value = jsonIn(bytes, locale);
  const read = planText.safeParse(value);
  if (!read.success)
    throw new Problem('invalid-request', {}, [
      {
        pointer: '#/text',
        code: 'invalid-type',
        detail: '须为只有 text 一个字段的对象 / an object with the one field text is expected',
      },
    ]);
  return read.data.text;
};

export interface GivenPlan {
  readonly text: string;
  /** Whether the client has the text itself, as it sent it. */
  readonly isKnown: boolean;
}

/**
 * The text of a plan, from JSON `{ text }`, a DOCX document or plain text, told apart by their first
 * bytes because programs send files with any type.
 * @throws Problem `unreadable-file` for other files and for texts beyond the limit; `malformed-json`,
 * `invalid-request`, `body-too-large` for JSON
 */
export const readPlanFile = (given: Uint8Array, locale: Locale): GivenPlan => {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const json = jsonTextIn(bytes, locale);
  const text = json ?? textOf(bytes);
  if (text.length > maxPlanCharacters)
    throw unreadable(
      `文字超过 ${maxPlanCharacters} 字；请只发送一份方案。`,
      `The text has more than ${maxPlanCharacters} characters: send one plan only.`,
    );
  return { text, isKnown: json !== undefined };
};

const textOf = (bytes: Buffer): string => {
  if (beginsWith(bytes, '504b0304'))
    return readDocx(bytes, (names) => otherArchive(names, planFiles));
  refuseOtherFiles(bytes, planFiles);
  return decodeText(
    bytes,
    (text) => /[的年月日活动一]/.test(text),
    (line) =>
      unreadable(
        `第 ${line} 行的文字编码有误；请另存为 UTF-8 编码的文本或 .docx。`,
        `Line ${line} cannot be read: save the text in UTF-8, or as .docx.`,
      ),
  );
};
