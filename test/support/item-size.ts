import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Readonly<Record<string, AttributeValue>>;

const bytes = (text: string): number => Buffer.byteLength(text);

/** About one byte for each two significant digits, one more, and one for a sign. */
const numberSize = (text: string): number => {
  const digits = text
    .replace(/[-.]/g, '')
    .replace(/e.*$/i, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(Math.max(digits.length, 1) / 2) + 1 + (text.startsWith('-') ? 1 : 0);
};

const sum = <T>(from: readonly T[], of: (one: T) => number): number =>
  from.reduce((total, one) => total + of(one), 0);

/** Bytes of a value by DynamoDB's rules. Lists and maps take 3, and 1 for each element. */
const valueSize = (value: AttributeValue): number => {
  if (value.S !== undefined) return bytes(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.L !== undefined) return 3 + sum(value.L, (one) => 1 + valueSize(one));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if (value.SS !== undefined) return sum(value.SS, bytes);
  if (value.NS !== undefined) return sum(value.NS, numberSize);
  // On the wire, binary values are base64 text.
  if (value.B !== undefined) return Buffer.from(String(value.B), 'base64').length;
  throw new Error(`no size for ${JSON.stringify(value)}`);
};

/**
 * Bytes of an item: names and values in UTF-8.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemSize = (item: Item): number =>
  sum(Object.entries(item), ([name, value]) => bytes(name) + valueSize(value));

/** Units of 1 KB written, at least one. */
export const writeUnits = (size: number): number => Math.max(1, Math.ceil(size / 1024));

/** Units of 4 KB read: whole ones when strongly consistent, halves when not. At least one. */
export const readUnits = (size: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(size / 4096)) * (consistent ? 1 : 0.5);
