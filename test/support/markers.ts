import { createHash } from 'node:crypto';

/** One character a byte, in lower case. Markers and searched bytes are compared in this form. */
const lower = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').toLowerCase();

const withoutSeparators = (text: string): string => text.replace(/[\s\-_.,/]/g, '');

/** The part of a value's base64 that does not depend on its surroundings, for each of three alignments. */
const base64Of = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });

const base64Url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

/** Unkeyed hashes, which reveal a value that has few possibilities. */
const hashesOf = (value: string): readonly string[] =>
  [value, JSON.stringify(value), JSON.stringify([value])].flatMap((text) => {
    const hash = createHash('sha256').update(text).digest();
    return [hash.toString('hex'), hash.subarray(0, 16).toString('base64url')];
  });

/** The forms in which a stored value can still be read, in lower case. */
const formsOf = (value: string): readonly string[] => {
  const bytes = Buffer.from(value);
  const base64 = base64Of(bytes);
  const escaped = [...value].map(
    (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return [
    lower(bytes),
    lower(Buffer.from(value, 'utf16le')),
    ...base64.flatMap((text) => [text, base64Url(text)]),
    bytes.toString('hex'),
    encodeURIComponent(value),
    escaped.join(''),
    ...hashesOf(value),
  ].map((form) => form.toLowerCase());
};

/** Creates a function that searches bytes or text for the markers, and returns the names of those found. */
export const createFinder = (markers: Readonly<Record<string, string>>) => {
  const all = Object.entries(markers).map(([name, value]) => {
    const bare = withoutSeparators(lower(Buffer.from(value)));
    return { name, forms: formsOf(value), bare };
  });
  return (hay: string | Uint8Array): readonly string[] => {
    const text = lower(typeof hay === 'string' ? Buffer.from(hay) : hay);
    const plain = withoutSeparators(text);
    return all.flatMap(({ name, forms, bare }) =>
      plain.includes(bare) || forms.some((form) => text.includes(form)) ? [name] : [],
    );
  };
};
