import { type Identity, identityOf } from './identity.ts';
import { identityKey, personsPartition, personYearKey } from './layout.ts';
import { hiddenOrder, readLineOrder } from './line-order.ts';
import { type KeptEntry, type PersonYear, personYearItem, personYearOf } from './person-year.ts';
import type { Action, Store } from './store.ts';

/** New entries of a person, by sheet. */
export type Entries = ReadonlyMap<string, KeptEntry>;

export const readIdentity = async (store: Store, id: string): Promise<Identity> => {
  const key = identityKey(id);
  return identityOf(key, await store.read(key));
};

/** The records that an identity names: it is counted together with all of them. */
export const namedBy = ({ mergedInto, mergedFrom }: Identity): readonly string[] =>
  mergedInto === null ? mergedFrom : [mergedInto, ...mergedFrom];

export type Identities = ReadonlyMap<string, Identity>;

/**
 * The records of one person, sorted: all that identities connect, in both directions. So merges that
 * are seen in the wrong order make no circle.
 */
export const groupOf = (id: string, identities: Identities): readonly string[] => {
  const group = new Set([id]);
  for (const each of group) {
    const identity = identities.get(each);
    for (const named of identity ? namedBy(identity) : []) group.add(named);
  }
  return [...group].sort();
};

export const readPersonYear = async (
  { read }: Pick<Store, 'read'>,
  id: string,
  year: string,
): Promise<PersonYear> => {
  const key = personYearKey(id, year);
  return personYearOf(key, await read(key));
};

/** The year with the entries that are newer than its own. An entry's version only grows. */
export const withEntries = (before: PersonYear, entries: Entries): PersonYear => {
  const newer = [...entries].filter(
    ([sheetId, { version }]) => version > (before.entries.get(sheetId)?.version ?? 0),
  );
  return newer.length === 0
    ? before
    : { ...before, entries: new Map([...before.entries, ...newer]) };
};

/**
 * Puts a person's year. With the first entry it is named among the persons of the year, in an order
 * that says nothing about the ids. The name comes first: whoever stops between the two puts both again.
 */
export const putPersonYear = async (
  store: Store,
  id: string,
  before: PersonYear,
  after: PersonYear,
): Promise<readonly Action[]> => {
  const put = store.put(personYearItem(after));
  if (before.entries.size > 0 || after.entries.size === 0) return [put];
  const pk = personsPartition(after.sk);
  return [store.putAnyway({ pk, sk: hiddenOrder(await readLineOrder(), pk, id), id }), put];
};
