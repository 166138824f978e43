/** What goes to the store and comes from it, and the shape of its tables. */

export type Key = Readonly<Record<string, string | number>>;

export interface Schema {
  readonly partition: string;
  readonly sort: string;
}
/** An index may do without a sort key. */
export type IndexSchema = Pick<Schema, 'partition'> & Partial<Schema>;
export interface TableSchema extends Schema {
  readonly indexes: Readonly<Record<string, IndexSchema>>;
}

/** An operation as the SDK's command objects carry it. */
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

/** The shape the data stack gives the tables. */
export const schemasOf = (
  ledger: string,
  views: string,
  people = 'people',
): Readonly<Record<string, TableSchema>> => ({
  [ledger]: { partition: 'pk', sort: 'version', indexes: {} },
  [views]: {
    partition: 'pk',
    sort: 'sk',
    indexes: {
      ByList: { partition: 'list', sort: 'listOrder' },
      ByMonth: { partition: 'month', sort: 'monthOrder' },
    },
  },
  [people]: {
    partition: 'pk',
    sort: 'sk',
    indexes: {
      ByIdNumber: { partition: 'idNumberIndex' },
      ByPhone: { partition: 'phoneIndex' },
    },
  },
});

/**
 * A copy that nobody can change, as what comes over the wire; undefined is refused, as the SDK
 * does. What is such a copy already is taken as it is (nobody else freezes anything).
 */
export const frozen = <T>(value: T): T => {
  if (value === undefined) throw new Error('undefined in an item');
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  // Bytes cannot be frozen; nobody writes into those of a sealed record.
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozen)) as T;
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) copy[name] = frozen(part);
  return Object.freeze(copy) as T;
};

/** Sorts keys, which are of one type. */
export const order = (a: unknown, b: unknown): number =>
  (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
