import { chunksOf } from '../runtime/batches.ts';
import { moveCounts } from './counts.ts';
import { recount } from './groups.ts';
import { type Change, countMembers } from './members.ts';
import {
  type Entries,
  namedBy,
  putPersonYear,
  readIdentity,
  readPersonYear,
  withEntries,
} from './person-items.ts';
import { flaggedDaysOf, presencesOf } from './person-year.ts';
import type { Store } from './store.ts';

const countSome = async (
  store: Store,
  year: string,
  entries: ReadonlyMap<string, Entries>,
  failed: (ids: readonly string[], error: unknown) => void,
): Promise<void> => {
  const grouped = new Set<string>();
  const plan = async (id: string, isAgain: boolean): Promise<Change | undefined> => {
    // An older year only lacks entries or a group, and whoever writes on it fails on its revision.
    const read = isAgain ? store.read : store.readRecent;
    const before = await readPersonYear({ read }, id, year);
    // Without an item, a merge may be long past. One of this moment puts the item: see `regroup`.
    const isGrouped =
      before.rev === 0
        ? namedBy(await readIdentity(store, id)).length > 0
        : before.with !== null || before.recountedWith.length > 0;
    if (isGrouped) {
      grouped.add(id);
      return undefined;
    }
    const entered = withEntries(before, entries.get(id) ?? new Map());
    if (entered === before) return undefined;
    const flaggedDays = flaggedDaysOf(id, new Map([[id, entered]]));
    const after = { ...entered, flaggedDays };
    return {
      puts: await putPersonYear(store, id, before, after),
      count: (additions) => moveCounts(additions, 'V', presencesOf(before), presencesOf(after)),
    };
  };
  await countMembers(store, [...entries.keys()], plan, failed);
  for (const id of grouped)
    try {
      for (const part of chunksOf([...(entries.get(id) ?? [])], store.limits.entriesOfGroup))
        await recount(store, year, [id], new Map([[id, new Map(part)]]));
    } catch (error) {
      failed([id], error);
    }
};

/**
 * Takes entries into the persons' years, and counts the persons.
 * @param entries by person and sheet, all of this year
 * @param failed gets the persons whose entries could not be taken in
 */
export const countPersons = async (
  store: Store,
  year: string,
  entries: ReadonlyMap<string, Entries>,
  failed: (ids: readonly string[], error: unknown) => void,
): Promise<void> => {
  const { entriesOfPerson } = store.limits;
  for (let left = [...entries], from = 0; left.length > 0; from += entriesOfPerson) {
    const some = left.map(
      ([id, own]) => [id, new Map([...own].slice(from, from + entriesOfPerson))] as const,
    );
    await countSome(store, year, new Map(some), failed);
    left = left.filter(([, own]) => own.size > from + entriesOfPerson);
  }
};
