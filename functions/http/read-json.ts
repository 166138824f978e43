/** What a JSON body may be made of at most: several times what any command needs. */
export const jsonLimits = { depth: 16, parts: 5_000 } as const;

export type JsonFault =
  | 'duplicate_name'
  | 'unknown_field'
  | 'too_deep'
  | 'too_many_fields'
  | 'inexact_number';

/** What is wrong with a text that is JSON, and where. */
export class UnfitJson extends Error {
  override readonly name = 'UnfitJson';
  readonly fault: JsonFault;
  readonly path: readonly (string | number)[];

  constructor(fault: JsonFault, path: readonly (string | number)[]) {
    super(fault);
    this.fault = fault;
    this.path = path;
  }
}

/** An object or array that is not closed yet. */
interface Open {
  /** The names so far; undefined in an array. */
  readonly names: Set<string> | undefined;
  /** The name or index that is read. */
  at: string | number;
}

/** A token of JSON that is known to be well formed; what lies between two tokens is blank. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** A number of up to 17 digits is read as it was written, or as its nearest neighbour. */
const isExact = (number: string): boolean => {
  const digits = number
    .replace(/e.*$/i, '')
    .replace(/^-?0*\.?0*|\./g, '')
    .replace(/0+$/, '');
  return Number.isFinite(Number(number)) && digits.length <= 17;
};

/**
 * Goes once over a text that is JSON, no further than the limits, and looks for what `JSON.parse`
 * passes over in silence.
 * @throws UnfitJson
 */
const checkTokens = (text: string): void => {
  const open: Open[] = [];
  let parts = 0;
  let isNameNext = false;
  const refuse = (fault: JsonFault): never => {
    throw new UnfitJson(
      fault,
      open.map(({ at }) => at),
    );
  };
  const takeName = (written: string): void => {
    const name = JSON.parse(written) as string;
    const innermost = open.at(-1);
    if (!innermost?.names) return;
    innermost.at = name;
    if (innermost.names.has(name)) refuse('duplicate_name');
    // As a property's name it means something else to JavaScript.
    if (name === '__proto__') refuse('unknown_field');
    innermost.names.add(name);
    isNameNext = false;
  };
  for (const [part] of text.matchAll(token)) {
    if (part === '}' || part === ']') {
      open.pop();
      continue;
    }
    if (part === ':') continue;
    const innermost = open.at(-1);
    if (part === ',') {
      if (innermost?.names) isNameNext = true;
      else if (innermost) innermost.at = Number(innermost.at) + 1;
      continue;
    }
    parts += 1;
    if (parts > jsonLimits.parts) throw new UnfitJson('too_many_fields', []);
    if (part === '{' || part === '[') {
      if (open.length === jsonLimits.depth) refuse('too_deep');
      open.push(part === '{' ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
      isNameNext = part === '{';
    } else if (part.startsWith('"')) {
      if (isNameNext) takeName(part);
    } else if (/^[-\d]/.test(part) && !isExact(part)) refuse('inexact_number');
  }
};

/**
 * The value of a JSON text (RFC 8259, and of its liberties the ones of I-JSON, RFC 7493): no name
 * twice in an object, however it is written; no number that would be read as another one. What it
 * costs grows with the text and no faster.
 * @throws SyntaxError when it is no JSON; UnfitJson
 */
export const readJson = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  checkTokens(text);
  return value;
};
