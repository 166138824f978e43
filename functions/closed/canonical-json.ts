/** What a leaf is made of: text, whole numbers, lists and objects with ASCII names. */
export type Canonical =
  | string
  | number
  | readonly Canonical[]
  | { readonly [name: string]: Canonical };

const ascii = /^[\x20-\x7e]+$/;

/**
 * JSON as RFC 8785 (JCS) writes it, for values of which that is simple: a name is ASCII, so that sorting
 * by UTF-16 code units is sorting by characters, and a number is a whole one that a double holds exactly.
 * @throws Error for anything else, which would be a mistake in what makes leaves
 */
export const canonicalJson = (value: Canonical): string => {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new Error('half a character has no canonical form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new Error(`${value} has no canonical form here`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const fields = value as { readonly [name: string]: Canonical };
  const names = Object.keys(fields).sort();
  if (!names.every((name) => ascii.test(name))) throw new Error('a name is not ASCII');
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(fields[name] as Canonical)}`).join()}}`;
};
