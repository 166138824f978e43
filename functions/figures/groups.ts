import { yearsOfService } from '../sheets/day-rules.ts';
import { addCounts, createAdditions } from './counts.ts';
import type { Identity } from './identity.ts';
import { personYearKey } from './layout.ts';
import {
  type Entries,
  groupOf,
  type Identities,
  namedBy,
  putPersonYear,
  readIdentity,
  readPersonYear,
  withEntries,
} from './person-items.ts';
import {
  flagged,
  isPresent,
  type PersonYear,
  personYearItem,
  presencesByPerson,
} from './person-year.ts';
import { type Action, type Store, untilWritten } from './store.ts';

type Persons = ReadonlyMap<string, PersonYear>;

/** All records that are counted together with one of these, or should be. */
const load = async (store: Store, year: string, seeds: readonly string[]) => {
  const persons = new Map<string, PersonYear>();
  const identities = new Map<string, Identity>();
  for (let wanted = [...seeds]; wanted.length > 0; ) {
    const unseen = [...new Set(wanted)].filter((id) => !persons.has(id));
    const found = await Promise.all(
      unseen.map(async (id) => {
        const [person, identity] = await Promise.all([
          readPersonYear(store, id, year),
          readIdentity(store, id),
        ]);
        persons.set(id, person);
        identities.set(id, identity);
        return [...(person.with ?? []), ...person.recountedWith, ...namedBy(identity)];
      }),
    );
    wanted = found.flat();
  }
  return { persons, identities };
};

/** The years as they are to be: with these entries, counted in the groups that the identities say. */
const aimOf = (
  before: Persons,
  identities: Identities,
  entries: ReadonlyMap<string, Entries>,
): Persons => {
  const regrouped = new Map(
    [...before].map(([id, person]) => {
      const group = groupOf(id, identities);
      const after = withEntries(person, entries.get(id) ?? new Map());
      return [
        id,
        {
          ...after,
          with: group.length > 1 ? group : null,
          recountedWith: [],
          uncounted: new Set<string>(),
        },
      ] as const;
    }),
  );
  return flagged(regrouped);
};

/** Adds what all of them are counted for, `sign` times: each group as one person. */
const countAll = (
  additions: ReturnType<typeof createAdditions>,
  persons: Persons,
  sign: 1 | -1,
): void => {
  for (const presences of presencesByPerson(persons)) addCounts(additions, 'V', presences, sign);
};

const isSame = (a: PersonYear | undefined, b: PersonYear): boolean =>
  a !== undefined && JSON.stringify(personYearItem(a)) === JSON.stringify(personYearItem(b));

/**
 * The transaction from one state of the years to another: every item that was read to decide it is
 * put on its revision, or checked. None when nothing changes.
 */
const actionsOf = async (
  store: Store,
  before: Persons,
  after: Persons,
  identities: Identities,
): Promise<readonly Action[]> => {
  const changed = [...after].filter(([id, person]) => !isSame(before.get(id), person));
  if (changed.length === 0) return [];
  const additions = createAdditions();
  countAll(additions, before, -1);
  countAll(additions, after, 1);
  const puts = await Promise.all(
    changed.map(([id, person]) => putPersonYear(store, id, before.get(id) ?? person, person)),
  );
  const ids = new Set(changed.map(([id]) => id));
  return [
    ...puts.flat(),
    ...[...before].flatMap(([id, person]) => (ids.has(id) ? [] : [store.check(person)])),
    ...[...identities.values()].map((identity) => store.check(identity)),
    ...store.add(additions),
  ];
};

interface EntryName {
  readonly id: string;
  readonly sheetId: string;
}

const entriesOf = (
  persons: Persons,
  which: (person: PersonYear, sheetId: string) => boolean,
): readonly EntryName[] =>
  [...persons].flatMap(([id, person]) =>
    [...person.entries].flatMap(([sheetId, entry]) =>
      isPresent(entry) && which(person, sheetId) ? [{ id, sheetId }] : [],
    ),
  );

const isUncounted = ({ uncounted }: PersonYear, sheetId: string): boolean => uncounted.has(sheetId);

/** The years in the middle of a recount, with exactly these entries not counted. */
const withUncounted = (persons: Persons, entries: readonly EntryName[]): Persons =>
  new Map(
    [...persons].map(([id, person]) => {
      const own = entries.flatMap((entry) => (entry.id === id ? [entry.sheetId] : []));
      return [id, { ...person, recountedWith: [...persons.keys()], uncounted: new Set(own) }];
    }),
  );

/**
 * The states between, when one transaction is too small: entries of the old groups stop counting, as
 * many at a time as fit; with none left, the groups change; then entries count again. Each state is
 * stored whole, with the records it is about, so whoever continues knows what is counted.
 *
 * @returns the next state for a number of entries, and how many there are
 */
const stepTowards = (before: Persons, aim: Persons) => {
  const sameGroups = [...before].every(
    ([id, person]) => person.with?.join() === aim.get(id)?.with?.join(),
  );
  if (sameGroups) {
    const waiting = entriesOf(before, isUncounted);
    return {
      most: waiting.length,
      after: (number: number): Persons => withUncounted(aim, waiting.slice(number)),
    };
  }
  const counted = entriesOf(before, (person, sheetId) => !isUncounted(person, sheetId));
  const already = entriesOf(before, isUncounted);
  return {
    most: counted.length,
    after: (number: number): Persons =>
      counted.length === 0
        ? withUncounted(
            aim,
            entriesOf(aim, () => true),
          )
        : withUncounted(before, [...already, ...counted.slice(0, number)]),
  };
};

/** One transaction. @returns whether the aim is reached */
const recountOnce = async (
  store: Store,
  year: string,
  seeds: readonly string[],
  entries: ReadonlyMap<string, Entries>,
): Promise<boolean> => {
  const { persons: before, identities } = await load(store, year, seeds);
  const aim = aimOf(before, identities, entries);
  const actions = await actionsOf(store, before, aim, identities);
  if (actions.length <= store.limits.actions) {
    if (actions.length > 0) await store.transact(actions);
    return true;
  }
  const { most, after } = stepTowards(before, aim);
  for (let number = most; ; number = Math.ceil(number / 2)) {
    const part = await actionsOf(store, before, after(number), identities);
    if (part.length <= store.limits.actions) {
      await store.transact(part);
      return false;
    }
    if (number <= 1) throw new Error(`one entry takes a transaction of ${part.length} actions`);
  }
};

/**
 * Counts everybody anew in a year who is counted together with one of the seeds, or should be. So
 * merges are resolved where people are counted, whenever their events and entries come.
 *
 * @param entries new entries, by record: at most `entriesOfGroup` of the limits
 */
export const recount = async (
  store: Store,
  year: string,
  seeds: readonly string[],
  entries: ReadonlyMap<string, Entries>,
): Promise<void> => {
  while (!(await untilWritten(() => recountOnce(store, year, seeds, entries))));
};

/**
 * Counts a person's years anew after a merge, or after one was undone. A service day may lie in the year of
 * the command or in those before it that the rules of the day allow. Years in which a record has no
 * entries yet get an item too, if an entry may still come: whoever puts a first entry at the same time
 * fails on it, and so needs no check of the identity. The next year is among them, because the year
 * may turn between the merge and that entry.
 */
export const regroup = async (store: Store, id: string, recordedAt: string): Promise<void> => {
  const now = Number(recordedAt.slice(0, 4));
  const years = new Set([...yearsOfService(now), String(now + 1)]);
  const members = new Set([id]);
  for (const member of members) {
    for (const named of namedBy(await readIdentity(store, member))) members.add(named);
    for (const year of await store.sortKeysOf(personYearKey(member, '').pk)) years.add(year);
  }
  for (const year of [...years].sort()) await recount(store, year, [...members], new Map());
};
