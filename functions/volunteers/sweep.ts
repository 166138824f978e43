import { DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { destroyAction, personKey } from '../people/people.ts';
import { inParallel } from '../runtime/batches.ts';
import { dayMs, localDateOf, monthOf } from '../runtime/calendar.ts';
import { chain } from '../runtime/chain.ts';
import { didWrite, dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable, settings, viewsTable } from '../runtime/settings.ts';
import { logger } from '../runtime/telemetry.ts';
import { inGeneration, readGenerations } from '../views/generations.ts';
import { volunteerPartition } from '../views/keys.ts';
import { changeInSweep } from './change-in-sweep.ts';
import { clearPerson } from './clear-person.ts';
import { type Aging, comeOfAge } from './come-of-age.ts';
import { erase } from './decider.ts';

/** The schedule's event: the time it was due, which is the only clock here. */
const due = z.object({ time: z.iso.datetime({ offset: true }) });

/** Time reserved to finish the current page. */
const reserveMs = 60_000;
/** Items handled at the same time. */
const width = 10;

type Key = Record<string, unknown>;
type Input = Parameters<typeof paginateScan>[1];

/** The pages of a table, until its end or until the time is up. Returns whether the end was reached. */
const pages = async function* (input: Input, timeLeft: () => boolean) {
  for await (const { Items, LastEvaluatedKey } of paginateScan({ client: dynamodb }, input)) {
    yield Items ?? [];
    if (LastEvaluatedKey && !timeLeft()) return false;
  }
  return true;
};

/**
 * Erases a registration by somebody else that its person did not confirm in time, and so never
 * agreed to. The Ledger's state decides.
 */
const eraseUnconfirmed = (id: string, before: string, at: number): Promise<boolean> =>
  changeInSweep(
    id,
    at,
    (volunteer) =>
      volunteer.status === 'pending' && volunteer.registeredOn < before
        ? erase(volunteer, localDateOf(at, settings().timezone))
        : null,
    async () => [destroyAction(personKey(id))],
  );

/** Deletes an item of People if a condition holds. @returns whether it was deleted */
const deleteWhere = (
  { pk, sk }: Key,
  ConditionExpression: string,
  ExpressionAttributeValues?: Key,
): Promise<boolean> =>
  didWrite(
    dynamodb.send(
      new DeleteCommand({
        TableName: peopleTable(),
        Key: { pk, sk },
        ConditionExpression,
        ExpressionAttributeValues,
      }),
    ),
  );

/** Deletes an item unless its expiry was put off since. */
const deleteExpired = (item: Key, now: number): Promise<boolean> =>
  deleteWhere(item, 'expiresAt <= :now', { ':now': now });

/** Runs `act` for each item and returns how often it did something. */
const each = async <T>(
  items: readonly T[],
  act: (item: T) => Promise<boolean>,
): Promise<number> => {
  const results = await inParallel(width, items, act);
  return results.filter(Boolean).length;
};

export interface Swept {
  /** Number of registrations erased because nobody confirmed them. */
  readonly erased: number;
  /** Number of items of People deleted: expired, or of an erased person and restored from a backup. */
  readonly deleted: number;
  /** Number of people whose age group changed. */
  readonly cameOfAge: number;
  /** False when the time was up first; the next night continues. */
  readonly complete: boolean;
}

/** Runs `act` on every page as long as there is time. Returns how much was done, and whether it was all. */
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
 * Enforces retention. Erases registrations that nobody confirmed within `retention.pendingDays`.
 * Deletes expired items of People, as DynamoDB's own time to live may be days late. Deletes the
 * records, notices, approvals, links, calendars and salts of erased persons that a restored backup brought back.
 * Changes the age group of people who reached an age by this month. Reads both tables completely, page by page.
 *
 * @param at epoch milliseconds
 * @param timeLeft whether there is time for another page
 */
export const sweep = async (at: number, timeLeft: () => boolean): Promise<Swept> => {
  const { timezone, retention } = settings();
  const before = localDateOf(at - retention.pendingDays * dayMs, timezone);
  const { live } = await readGenerations();
  let restored = 0;
  const erased = new Set<string>();
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
      // There is something to clear when People was restored from a backup older than the erasure.
      const ids = items.filter(isErased).map(({ id }) => String(id));
      for (const id of ids) erased.add(id);
      const cleared = await inParallel(width, ids, clearPerson);
      restored += cleared.reduce((sum, count) => sum + count, 0);
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
      FilterExpression:
        'expiresAt <= :now OR childUntil <= :month OR minorUntil <= :month OR sk IN (:link, :calendar, :salt)',
      ExpressionAttributeValues: {
        ':now': now,
        ':month': month,
        ':link': 'link',
        ':calendar': 'calendar',
        ':salt': 'salt',
      },
      // The function's role may read only these attributes.
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk, expiresAt, childUntil, minorUntil, volunteerId',
    },
    timeLeft,
    async (items) => {
      const leads = ({ sk }: Key): boolean => ['link', 'calendar', 'salt'].includes(String(sk));
      const leadsNowhere = items.filter(
        (item) => leads(item) && erased.has(String(item.volunteerId)),
      );
      restored += await each(leadsNowhere, (item) =>
        deleteWhere(item, 'volunteerId = :erased', { ':erased': item.volunteerId }),
      );
      const others = items.filter((item) => !leads(item));
      const isPerson = ({ expiresAt }: Key): boolean => expiresAt === undefined;
      const aging = others.filter(isPerson) as unknown as Aging[];
      cameOfAge += await each(aging, (item) => comeOfAge(item, month, at));
      return each(
        others.filter((item) => !isPerson(item)),
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
