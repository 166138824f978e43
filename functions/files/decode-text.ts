import { isUtf8 } from 'node:buffer';
import type { Problem } from '../refusals/problem.ts';

const startsWith = (bytes: Uint8Array, ...first: number[]): boolean =>
  first.every((byte, at) => bytes[at] === byte);

/** Chinese characters in a line that is read as UTF-8 by mistake: hardly ever as many as these. */
const surelyUtf8 = /\p{Script=Han}(?:.*\p{Script=Han}){3}/u;

/** Whether a line is UTF-8, in a file that is not. The file is damaged, or is two files in one. */
const hasUtf8Line = (bytes: Uint8Array): boolean =>
  new TextDecoder('utf-8')
    .decode(bytes)
    .split(/[\r\n]/)
    .some((line) => !line.includes('\uFFFD') && surelyUtf8.test(line));

/**
 * The encoding named by a byte order mark; else UTF-8 if the bytes are valid UTF-8, or a line of them
 * is; else the Chinese encodings.
 */
const encodingsOf = (bytes: Uint8Array): readonly [string, ...string[]] => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return ['utf-8'];
  if (startsWith(bytes, 0xff, 0xfe)) return ['utf-16le'];
  if (startsWith(bytes, 0xfe, 0xff)) return ['utf-16be'];
  return isUtf8(bytes) || hasUtf8Line(bytes) ? ['utf-8'] : ['gb18030', 'big5'];
};

/**
 * The text of a file, without its byte order mark. Almost any bytes are valid GB18030, including
 * Big5, so `isRight` decides between the two.
 * @throws what `wrongLine` makes of the number of the line that no supported encoding can read
 */
export const decodeText = (
  bytes: Uint8Array,
  isRight: (text: string) => boolean,
  wrongLine: (line: number) => Problem,
): string => {
  const [usual, ...others] = encodingsOf(bytes);
  const read = (encoding: string) => new TextDecoder(encoding).decode(bytes);
  const first = read(usual);
  const text = isRight(first) ? first : (others.map(read).find(isRight) ?? first);
  // An undecodable character is now U+FFFD. So is a character that another program could not decode
  // before.
  const wrong = text.search(/[\0\uFFFD]/);
  if (wrong < 0) return text;
  let line = 1;
  for (const _ of text.slice(0, wrong).matchAll(/\r\n|\n|\r/g)) line += 1;
  throw wrongLine(line);
};
