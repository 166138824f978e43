/** The types of the store's requests, and the schemas of its tables. */

export type Key = Readonly<Record<string, string | number>>;

export interface Schema {
  readonly partition: string;
  readonly sort: string;
}
/** An index may have no sort key. */
export type IndexSchema = Pick<Schema, 'partition'> & Partial<Schema>;
export interface TableSchema extends Schema {
  readonly indexes: Readonly<Record<string, IndexSchema>>;
}

/** An operation, as in the SDK's command objects. */
export interface Sent {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}
const names = new Map<unknown, string>();
const nameOf = ({ constructor: of }: object): string => {
  const name = names.get(of) ?? of.name.replace(/Command$/, '');
  names.set(of, name);
  return name;
};
export const sentOf = (command: object): Sent => ({
  name: nameOf(command),
  input: (command as { input: Sent['input'] }).input,
});

/** The schemas of the data stack's tables. */
export const schemasOf = (
  ledger: string,
  views: string,
  people = 'people',
  closed = 'closed',
): Readonly<Record<string, TableSchema>> => ({
  [ledger]: { partition: 'pk', sort: 'version', indexes: {} },
  [views]: {
    partition: 'pk',
    sort: 'sk',
    indexes: {
      ByList: { partition: 'list', sort: 'listOrder' },
      ByFlag: { partition: 'flag', sort: 'flagOrder' },
    },
  },
  [people]: {
    partition: 'pk',
    sort: 'sk',
    indexes: {
      ByIdNumber: { partition: 'idNumberIndex' },
      ByPhone: { partition: 'phoneIndex' },
      ByName: { partition: 'nameIndex' },
    },
  },
  [closed]: { partition: 'pk', sort: 'sk', indexes: {} },
});

/**
 * A frozen copy, as if it came over the wire. Refuses undefined, as the SDK does. A value that is already
 * frozen is returned unchanged, because only this function freezes values.
 */
export const frozen = <T>(value: T): T => {
  if (value === undefined) throw new Error('undefined in an item');
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  // Bytes cannot be frozen. No code writes into those of a sealed record.
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozen)) as T;
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) copy[name] = frozen(part);
  return Object.freeze(copy) as T;
};

/** Compares two keys of the same type. */
export const order = (a: unknown, b: unknown): number =>
  (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
