import { unreadable } from './sheet.ts';

const decoded = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** No byte of a character of UTF-8 or GB18030 is a line feed, so lines can be tried one by one. */
const firstLineNotIn = (encoding: string, bytes: Uint8Array): number => {
  for (let line = 1, from = 0; from <= bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    if (decoded(encoding, bytes.subarray(from, to)) === undefined) return line;
    from = to + 1;
  }
  return 1;
};

const startsWith = (bytes: Uint8Array, ...first: number[]): boolean =>
  first.every((byte, at) => bytes[at] === byte);

/** The encoding a byte order mark names; else UTF-8 if the bytes are that, else GB18030. */
const encodingOf = (bytes: Uint8Array): string => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  return decoded('utf-8', bytes) === undefined ? 'gb18030' : 'utf-8';
};

/**
 * A text file's text, without its byte order mark.
 * @throws Problem `unreadable-file` naming the line that is in none of the encodings we read
 */
export const decodeText = (bytes: Uint8Array): string => {
  const encoding = encodingOf(bytes);
  const text = decoded(encoding, bytes);
  const line =
    text === undefined
      ? encoding.startsWith('utf-16')
        ? 1
        : firstLineNotIn(encoding, bytes)
      : // What another program could not read it has replaced, and what stood there is lost.
        lineOf(text, /[\0\uFFFD]/);
  if (text === undefined || line !== undefined)
    throw unreadable(
      `第 ${line} 行的文字编码有误；请另存为 UTF-8 或 GB18030 编码的 CSV，并以 application/octet-stream 发送。`,
      `Line ${line} cannot be read: save the file as CSV in UTF-8 or GB18030, and send it as application/octet-stream.`,
    );
  return text;
};

const lineOf = (text: string, wrong: RegExp): number | undefined => {
  const at = text.search(wrong);
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
};
