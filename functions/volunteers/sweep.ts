import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { destroyAction, personKey } from '../people/people.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf, monthOf } from '../runtime/calendar.ts';
import { chain } from '../runtime/chain.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable, settings, viewsTable } from '../runtime/settings.ts';
import { logger } from '../runtime/telemetry.ts';
import { inGeneration, readGenerations } from '../views/generations.ts';
import { volunteerPartition } from '../views/keys.ts';
import { changeInSweep } from './change-in-sweep.ts';
import { type Aging, comeOfAge } from './come-of-age.ts';
import { erase } from './decider.ts';

/** What the schedule says: the time it was due, which is the only clock here. */
const due = z.object({ time: z.iso.datetime({ offset: true }) });

/** What is under way must end before the function does. */
const reserveMs = 60_000;
/** Deletions at a time. */
const width = 10;

type Key = Record<string, unknown>;
type Input = ConstructorParameters<typeof ScanCommand>[0];

/** Pages of a table until it ends, or until there is no more time. */
const pages = async function* (input: Input, timeLeft: () => boolean) {
  let from: Key | undefined;
  do {
    const page = await dynamodb.send(new ScanCommand({ ...input, ExclusiveStartKey: from }));
    yield page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from && timeLeft());
  return from === undefined;
};

/**
 * Erases a registration by somebody else that its person has not confirmed in time: they never
 * agreed to it. Whatever happened to it in the meantime, the Ledger says.
 */
const eraseUnconfirmed = (id: string, before: string, at: number): Promise<boolean> =>
  changeInSweep(
    id,
    at,
    (volunteer) =>
      volunteer.status === 'pending' && volunteer.registeredOn < before ? erase(volunteer) : null,
    async () => [destroyAction(personKey(id))],
  );

/** Deletes an item of People if a condition holds for it. @returns whether it did */
const deleteWhere = async (
  { pk, sk }: Key,
  ConditionExpression: string,
  ExpressionAttributeValues?: Key,
): Promise<boolean> => {
  try {
    await dynamodb.send(
      new DeleteCommand({
        TableName: peopleTable(),
        Key: { pk, sk },
        ConditionExpression,
        ExpressionAttributeValues,
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return false;
  }
};

/** Deletes an item unless it was given a longer life since. */
const deleteExpired = (item: Key, now: number): Promise<boolean> =>
  deleteWhere(item, 'expiresAt <= :now', { ':now': now });

/** How many of the items something was done to. */
const each = async <T>(
  items: readonly T[],
  act: (item: T) => Promise<boolean>,
): Promise<number> => {
  const results = await inParallel(width, items, act);
  return results.filter(Boolean).length;
};

/**
 * Destroys a record that is there though its person was erased: People was restored from a backup,
 * which knows nothing of what was erased since.
 */
const destroyRestored = (id: string): Promise<boolean> =>
  deleteWhere({ ...personKey(id) }, 'attribute_exists(pk)');

export interface Swept {
  /** Registrations that were never confirmed. */
  readonly erased: number;
  /** Items of People past their time, or of somebody who was erased before a backup came back. */
  readonly deleted: number;
  /** People who are of another age group since the month began. */
  readonly cameOfAge: number;
  /** False when the time was up first: the next night goes on. */
  readonly complete: boolean;
}

/** Takes every page, so long as there is time; what was done, and whether that was all. */
const sweepPages = async (
  input: Input,
  timeLeft: () => boolean,
  act: (items: readonly Key[]) => Promise<number>,
): Promise<{ readonly done: number; readonly complete: boolean }> => {
  const all = pages(input, timeLeft);
  let done = 0;
  for (;;) {
    const next = await all.next();
    if (next.done) return { done, complete: next.value };
    done += await act(next.value);
  }
};

/**
 * Ends what may be kept no longer: registrations that nobody confirmed within
 * `retention.pendingDays` are erased, and what has expired in People is deleted, for DynamoDB's own
 * time to live may be days late. A record that a restored backup brought back is destroyed again.
 * And whoever came of an age by this month is in its group. It reads both tables whole, page by page.
 *
 * @param at epoch milliseconds
 * @param timeLeft whether there is time for another page
 */
export const sweep = async (at: number, timeLeft: () => boolean): Promise<Swept> => {
  const { timezone, retention } = settings();
  const before = localDateOf(at - retention.pendingDays * 86_400_000, timezone);
  const { live } = await readGenerations();
  let restored = 0;
  const unconfirmed = await sweepPages(
    {
      TableName: viewsTable(),
      FilterExpression:
        'begins_with(pk, :volunteers) AND sk = :volunteer AND ((#row.#status = :pending AND #row.registeredOn < :before) OR #row.#status = :erased)',
      ExpressionAttributeNames: { '#row': 'row', '#status': 'status' },
      ExpressionAttributeValues: {
        ':volunteers': inGeneration(live, volunteerPartition('')),
        ':volunteer': 'volunteer',
        ':pending': 'pending',
        ':erased': 'erased',
        ':before': before,
      },
    },
    timeLeft,
    async (items) => {
      const isErased = ({ row }: Key): boolean => (row as { status: string }).status === 'erased';
      restored += await each(items.filter(isErased), ({ id }) => destroyRestored(String(id)));
      return each(
        items.filter((item) => !isErased(item)),
        ({ id }) => eraseUnconfirmed(String(id), before, at),
      );
    },
  );
  const now = Math.floor(at / 1000);
  const month = monthOf(localDateOf(at, timezone));
  let cameOfAge = 0;
  const expired = await sweepPages(
    {
      TableName: peopleTable(),
      FilterExpression: 'expiresAt <= :now OR childUntil <= :month OR minorUntil <= :month',
      ExpressionAttributeValues: { ':now': now, ':month': month },
      // Its role lets it see no others.
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk, expiresAt, childUntil, minorUntil',
    },
    timeLeft,
    async (items) => {
      const isPerson = ({ expiresAt }: Key): boolean => expiresAt === undefined;
      const aging = items.filter(isPerson) as unknown as Aging[];
      cameOfAge += await each(aging, (item) => comeOfAge(item, month, at));
      return each(
        items.filter((item) => !isPerson(item)),
        (item) => deleteExpired(item, now),
      );
    },
  );
  return {
    erased: unconfirmed.done,
    deleted: expired.done + restored,
    cameOfAge,
    complete: unconfirmed.complete && expired.complete,
  };
};

/** @throws ZodError for an event without the time it was due */
export const handler = chain<unknown, Swept>().handler(async (event, context) => {
  const at = Date.parse(due.parse(event).time);
  const swept = await sweep(at, () => context.getRemainingTimeInMillis() > reserveMs);
  logger.info('swept', { ...swept });
  return swept;
});
