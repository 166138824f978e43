import { hashOfErased, personHash } from '../closed/person-hash.ts';
import { saltOf } from '../people/proof-salts.ts';
import { inParallel } from '../runtime/batches.ts';

/** Salts that are read at the same time. */
const lanes = 64;

/**
 * The pseudonyms of these persons in leaves. Somebody who was erased has one that nobody can make again:
 * the same in all leaves of the period, and another in the next.
 */
export const hashesOf = async (
  ids: readonly string[],
  erased: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> => {
  const hashes = await inParallel(lanes, ids, async (id) => {
    const salt = erased.has(id) ? undefined : await saltOf(id);
    return [id, salt === undefined ? hashOfErased(id) : personHash(salt, id)] as const;
  });
  return new Map(hashes);
};
