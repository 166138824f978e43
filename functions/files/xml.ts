import { SaxesParser } from 'saxes';
import type { OfficeKind } from './office-kind.ts';

export interface XmlReader {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** The name without its prefix, as programs use different prefixes for a namespace. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const localAttributes = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]));

const sliceBytes = 64 * 1024;
/**
 * Limits, as each level and attribute takes memory. Workbooks nest a dozen deep, with few
 * attributes per element.
 */
const maxDepth = 100;
const maxAttributes = 1000;

/** UTF-16 by its byte order mark or by the first bytes of any XML, else UTF-8. */
const encodingOf = ([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' => {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return 'utf-8';
};

/**
 * Reads XML in UTF-8 or UTF-16 piece by piece. Refuses a document type, and so every entity that is
 * not built in, and elements nested too deeply.
 * @throws Problem `unreadable-file`, or what the reader throws
 */
export const readXml = (
  bytes: Uint8Array,
  kind: OfficeKind,
  { open, text, close }: XmlReader,
): void => {
  const refuse = (): never => {
    throw kind.malformed();
  };
  const parser = new SaxesParser();
  parser.on('error', refuse);
  // Searched for first, because the parser would read the whole document type.
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('<!DOCTYPE')) refuse();
  parser.on('doctype', refuse);
  let depth = 0;
  let attributesSeen = 0;
  parser.on('attribute', () => {
    attributesSeen += 1;
    if (attributesSeen > maxAttributes) refuse();
  });
  parser.on('opentag', ({ name, attributes }) => {
    attributesSeen = 0;
    depth += 1;
    if (depth > maxDepth) refuse();
    open?.(local(name), localAttributes(attributes));
  });
  parser.on('text', (piece) => text?.(piece));
  parser.on('cdata', (piece) => text?.(piece));
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    close?.(local(name));
  });
  const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
  const decode = (piece: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(piece, { stream });
    } catch {
      return refuse();
    }
  };
  for (let at = 0; at < bytes.length; at += sliceBytes)
    parser.write(decode(bytes.subarray(at, at + sliceBytes), at + sliceBytes < bytes.length));
  parser.close();
};
