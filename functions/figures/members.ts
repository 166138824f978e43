import { inParallel } from '../runtime/batches.ts';
import { jitter } from '../runtime/dynamodb.ts';
import { type Additions, createAdditions } from './counts.ts';
import type { Revised } from './documents.ts';
import { keyName } from './layout.ts';
import { type Action, isOvertaken, type Store } from './store.ts';

/** What changes when a member's item changes: the item itself, and the counts it makes a difference to. */
export interface Change {
  /** Of these the last one decides: it is put on the member's revision. */
  readonly puts: readonly Action[];
  /** Other items that were read to decide it. */
  readonly checks?: readonly Revised[];
  readonly count?: (additions: Additions) => void;
}

interface Planned<Member> extends Change {
  readonly member: Member;
  /** The items that it shares with others: those that it checks, and the counts that it adds to. */
  readonly shared: readonly string[];
}

const attempts = 8;

/** Members that are written at the same time, each by itself. */
const lanes = 32;

const sharedBy = ({ checks = [], count }: Change): readonly string[] => {
  const own = createAdditions();
  count?.(own);
  return [...checks.map(keyName), ...own.all().map(({ key }) => keyName(key))];
};

/** The actions of a transaction that makes one change. */
export const actionsFor = (change: Change): number => change.puts.length + sharedBy(change).length;

/** Splits changes into transactions. Members of the same area share the items of its counts. */
const transactionsOf = <Member>(
  planned: readonly Planned<Member>[],
  maxActions: number,
): readonly (readonly Planned<Member>[])[] => {
  const chunks: Planned<Member>[][] = [];
  let shared = new Set<string>();
  let puts = 0;
  for (const each of planned) {
    const both = new Set([...shared, ...each.shared]);
    const last = chunks.at(-1);
    if (last && puts + each.puts.length + both.size <= maxActions) {
      last.push(each);
      shared = both;
      puts += each.puts.length;
    } else {
      chunks.push([each]);
      shared = new Set(each.shared);
      puts = each.puts.length;
    }
  }
  return chunks;
};

/**
 * Counts members, as many as fit in each transaction: a member's item is put on its revision, and the
 * difference to the counts stands beside it. A change that makes no difference to the counts is put by
 * itself, at half the price. When a member was written meanwhile, what was to be written with it is
 * planned anew.
 *
 * @param plan reads the member and says what changes; undefined when nothing does. It is asked again
 * after somebody else wrote the member
 * @param failed gets the members of a transaction that cannot be written
 */
export const countMembers = async <Member>(
  store: Store,
  members: readonly Member[],
  plan: (member: Member, isAgain: boolean) => Promise<Change | undefined>,
  failed: (members: readonly Member[], error: unknown) => void,
  attempt = 1,
): Promise<void> => {
  let planned: readonly Planned<Member>[];
  try {
    const changes = await Promise.all(
      members.map(async (member) => ({ member, change: await plan(member, attempt > 1) })),
    );
    planned = changes.flatMap(({ member, change }) =>
      change ? [{ member, ...change, shared: sharedBy(change) }] : [],
    );
  } catch (error) {
    failed(members, error);
    return;
  }
  const write = async (
    chunk: readonly Planned<Member>[],
    writing: () => Promise<void>,
  ): Promise<void> => {
    const own = chunk.map(({ member }) => member);
    try {
      await writing();
    } catch (error) {
      if (isOvertaken(error) && attempt < attempts) {
        await jitter(Math.min(attempt, 5));
        await countMembers(store, own, plan, failed, attempt + 1);
      } else failed(own, error);
    }
  };
  // What makes no difference to what others share needs no transaction.
  const { alone = [], together = [] } = Object.groupBy(planned, ({ shared }) =>
    shared.length === 0 ? 'alone' : 'together',
  );
  await inParallel(lanes, alone, (change) =>
    write([change], async () => {
      for (const action of change.puts) await store.perform(action);
    }),
  );
  for (const chunk of transactionsOf(together, store.limits.plannedActions)) {
    const additions = createAdditions();
    for (const { count } of chunk) count?.(additions);
    const checks = new Map(
      chunk.flatMap((change) => (change.checks ?? []).map((item) => [keyName(item), item])),
    );
    await write(chunk, () =>
      store.transact([
        ...chunk.flatMap(({ puts }) => puts),
        ...[...checks.values()].map(store.check),
        ...store.add(additions),
      ]),
    );
  }
};
