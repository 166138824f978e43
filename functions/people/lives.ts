import type { Volunteer } from '../../events/volunteers.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { newestEntry, repeatedEntry } from '../ledger/ledger.ts';
import { Rejection } from '../refusals/decision.ts';
import { derivedId } from '../runtime/ids.ts';
import { linkedRecord } from './link.ts';
import { acceptedSurvivorOf, selfIdOf, survivorOf } from './own-record.ts';

/**
 * Whether a record is over, so that its person may be registered again: it was erased, or the one it
 * went into was, before anybody accepted the merge.
 */
const isOver = async ({
  status,
  mergedInto,
}: Pick<Volunteer, 'status' | 'mergedInto'>): Promise<boolean> => {
  if (status === 'erased') return true;
  if (mergedInto === null) return false;
  return (await aggregate('volunteer').stateNow(await survivorOf(mergedInto)))?.status === 'erased';
};

/**
 * The id under which a person is registered now. It is the first one, as long as that record is not
 * over; then that of their second life, and so on: each is derived from the first and the number of
 * the life. A repeated command finds the life that it began, also when that is over.
 *
 * @param first the id that is derived from who the person is
 * @param key the command's own `Idempotency-Key`, as the Ledger keeps it
 */
export const lifeOf = async (first: string, key: string | undefined): Promise<string> => {
  for (let life = 1; ; life += 1) {
    const id = life === 1 ? first : derivedId('life', first, String(life));
    const volunteer = await aggregate('volunteer').stateNow(id);
    if (!volunteer || !(await isOver(volunteer))) return id;
    const newest = await newestEntry({ type: 'volunteer', id });
    if (newest && key !== undefined && (await repeatedEntry(newest, key))) return id;
  }
};

/**
 * Makes sure that an actor's token leads to no record yet, or to one that is over.
 * @returns the link there is, for `linkPut`
 * @throws Rejection `already-exists`
 */
export const checkNoRecord = async (actor: Actor): Promise<string | undefined> => {
  const found = await linkedRecord(selfIdOf(actor));
  const { id, volunteer } = await acceptedSurvivorOf(found ?? actor.volunteerId);
  if (volunteer && !(await isOver(volunteer)))
    throw new Rejection('already-exists', { what: 'volunteer', id });
  return found;
};
