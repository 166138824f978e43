import type { FieldFault } from '../refusals/field-faults.ts';

/** Limits for a JSON body: several times what any command needs. */
export const jsonLimits = { depth: 16, parts: 5_000 } as const;

const jsonFaults = [
  'duplicate-name',
  'unknown-field',
  'too-deep',
  'too-many-fields',
  'inexact-number',
] as const satisfies readonly FieldFault[];
export type JsonFault = (typeof jsonFaults)[number];

/** A fault in a text that is JSON, and its path. */
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
  /** The name or index being read. */
  at: string | number;
}

/** A token of well-formed JSON. Only blanks are between tokens. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** Whether a number is read as written, or as its nearest neighbour. True for up to 17 digits. */
const isExact = (number: string): boolean => {
  const digits = number
    .replace(/e.*$/i, '')
    .replace(/^-?0*\.?0*|\./g, '')
    .replace(/0+$/, '');
  return Number.isFinite(Number(number)) && digits.length <= 17;
};

/**
 * Goes once over a JSON text, up to the limits, and refuses these faults, which `JSON.parse` accepts.
 * @throws UnfitJson
 */
const checkTokens = (text: string, refused: readonly JsonFault[]): void => {
  const open: Open[] = [];
  let parts = 0;
  let isNameNext = false;
  const refuse = (fault: JsonFault, path = open.map(({ at }) => at)): void => {
    if (refused.includes(fault)) throw new UnfitJson(fault, path);
  };
  const takeName = (written: string): void => {
    const name = JSON.parse(written) as string;
    const innermost = open.at(-1);
    if (!innermost?.names) return;
    innermost.at = name;
    if (innermost.names.has(name)) refuse('duplicate-name');
    // JavaScript gives this property name a meaning of its own.
    if (name === '__proto__') refuse('unknown-field');
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
    if (parts > jsonLimits.parts) refuse('too-many-fields', []);
    if (part === '{' || part === '[') {
      if (open.length === jsonLimits.depth) refuse('too-deep');
      open.push(part === '{' ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
      isNameNext = part === '{';
    } else if (part.startsWith('"')) {
      if (isNameNext) takeName(part);
    } else if (/^[-\d]/.test(part) && !isExact(part)) refuse('inexact-number');
  }
};

/**
 * The value of a JSON text (RFC 8259, limited to I-JSON, RFC 7493): no name twice in an object,
 * however it is escaped, and no number that would be read as a different one. Its cost is linear in
 * the length of the text.
 * @param refused the faults to refuse, all by default
 * @throws SyntaxError when it is not JSON; UnfitJson
 */
export const readJson = (text: string, refused: readonly JsonFault[] = jsonFaults): unknown => {
  const value: unknown = JSON.parse(text);
  checkTokens(text, refused);
  return value;
};
