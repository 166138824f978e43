import type { Volunteer } from '../../events/volunteers.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { newestEntry, repeatedEntry } from '../ledger/ledger.ts';
import { Rejection } from '../refusals/decision.ts';
import { keyedId } from './keys.ts';
import { linkedRecord } from './link.ts';
import {
  acceptedPathOf,
  acceptedSurvivorOf,
  selfIdOf,
  survivorOf,
  tokensRecordOf,
} from './own-record.ts';

/**
 * Whether a record is over, so that its person may register again. It is over when it was erased,
 * or when the record it was merged into was erased before anybody accepted the merge.
 */
const isOver = async ({
  status,
  mergedInto,
}: Pick<Volunteer, 'status' | 'mergedInto'>): Promise<boolean> => {
  if (status === 'erased') return true;
  if (mergedInto === null) return false;
  return (await aggregate('volunteer').stateNow(await survivorOf(mergedInto)))?.status === 'erased';
};

/** A record in the sequence of those that one person may have, one after the other. */
export interface Life {
  readonly id: string;
  /** Undefined for the last one: there is no record with this id yet. */
  readonly volunteer: Volunteer | undefined;
  readonly isOver: boolean;
  /** Whether the command with this key created or changed the record. */
  readonly isRepeat: boolean;
}

/**
 * The records under the first id, the second and so on, and at last the first id without a record.
 * Each id is a keyed hash of the first one and the number of the life, so that nobody can tell that a
 * later record is of the person of an erased one.
 *
 * @param first the id that is derived from who the person is
 * @param key the command's own `Idempotency-Key`, as stored in the Ledger
 */
export async function* livesOf(first: string, key: string | undefined): AsyncGenerator<Life> {
  for (let life = 1; ; life += 1) {
    const id = life === 1 ? first : await keyedId('life', first, String(life));
    const newest = await newestEntry({ type: 'volunteer', id });
    const volunteer =
      newest && 'volunteer' in newest.event.data ? newest.event.data.volunteer : undefined;
    const isRepeat = (await repeatedEntry(newest, key)) !== undefined;
    yield {
      id,
      volunteer,
      isOver: volunteer !== undefined && (await isOver(volunteer)),
      isRepeat,
    };
    if (!volunteer) return;
  }
}

/**
 * The id under which a person is registered now: the first life that is not over. A repeated command
 * finds the life it began, even when that is over.
 *
 * @param first the id that is derived from who the person is
 * @param key the command's own `Idempotency-Key`, as stored in the Ledger
 */
export const lifeOf = async (first: string, key: string | undefined): Promise<string> => {
  for await (const { id, isOver, isRepeat } of livesOf(first, key))
    if (!isOver || isRepeat) return id;
  throw new Error('the last life is not over');
};

/**
 * The records that an actor's token led to, one after the other: those of earlier lives, and those that
 * were merged. The last one is theirs now; it may not exist. A link that an erasure removed is not
 * among them.
 */
export const recordsOf = async (actor: Pick<Actor, 'volunteerId'>): Promise<readonly string[]> => {
  const first = actor.volunteerId;
  const now = (await acceptedPathOf(await tokensRecordOf(actor))).map(({ id }) => id);
  const lives: string[] = [];
  for await (const { id, volunteer } of livesOf(first, undefined)) {
    if (!volunteer || now.includes(id)) break;
    lives.push(id);
  }
  return [...lives, ...now];
};

/**
 * Checks that an actor's token leads to no record, or to one that is over.
 * @returns the existing link, for `linkPut`
 * @throws Rejection `already-exists`
 */
export const checkNoRecord = async (actor: Actor): Promise<string | undefined> => {
  const found = await linkedRecord(await selfIdOf(actor));
  const { id, volunteer } = await acceptedSurvivorOf(found ?? actor.volunteerId);
  if (volunteer && !(await isOver(volunteer)))
    throw new Rejection('already-exists', { what: 'volunteer', id });
  return found;
};
