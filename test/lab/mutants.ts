import { AsyncLocalStorage } from 'node:async_hooks';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import { project as projectActivity } from '../../functions/activities/projection.ts';
import { project as projectHours } from '../../functions/participation/projection.ts';
import type { Contribution } from '../../functions/views/projection.ts';
import { project as projectVolunteer } from '../../functions/volunteers/projection.ts';
import type { Item } from './expressions.ts';
import { followerMutants } from './follower-mutants.ts';
import type { Send } from './machine.ts';
import type { Store } from './memory-store.ts';
import { rebuildMutants } from './rebuild-mutants.ts';
import type { Mutation } from './simulation.ts';
import type { Subscriber } from './subscribers.ts';
import {
  type Action,
  actionsOf,
  apart,
  composed,
  isLine,
  isPresence,
  linesFirst,
  linesLast,
  seen,
  transaction,
  unchecked,
} from './tampering.ts';

/**
 * Mutants of the projector and the relay. A mutant changes the store's answers or the functions' requests,
 * so that no code is copied.
 */

type Next = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** Processes the messages of a batch one by one with `each`. */
const oneByOne = async (
  event: SQSEvent,
  each: (detail: DomainEvent | undefined, single: SQSEvent) => Promise<SQSBatchResponse>,
): Promise<SQSBatchResponse> => {
  const batchItemFailures = [];
  for (const record of event.Records) {
    let detail: DomainEvent | undefined;
    try {
      detail = JSON.parse(record.body).detail;
    } catch {
      // Poison goes to the real projector, which must reject it.
    }
    const answer = await each(detail, { Records: [record] });
    batchItemFailures.push(...answer.batchItemFailures);
  }
  return { batchItemFailures };
};

const byMarker = (event: SQSEvent, next: Next, send: Send): Promise<SQSBatchResponse> =>
  oneByOne(event, async (detail, single) => {
    if (!detail?.id) return next(single);
    const Key = { pk: `marker#${detail.id}`, sk: 'marker' };
    const known = (await send({ name: 'Get', input: { TableName: 'views', Key } })) as {
      Item?: Item;
    };
    if (known.Item) return { batchItemFailures: [] };
    const answer = await next(single);
    if (answer.batchItemFailures.length === 0)
      await send({ name: 'Put', input: { TableName: 'views', Item: Key } });
    return answer;
  });

const current = new AsyncLocalStorage<DomainEvent>();
const projections: Readonly<Record<string, (event: never) => { contribution?: Contribution }>> = {
  hours: projectHours,
  activity: projectActivity,
  volunteer: projectVolunteer,
};

/** The contribution of the event before the current one, from the Ledger. */
const previousContribution = (store: Store): Contribution | undefined => {
  const event = current.getStore();
  const { type = '', id = '', version = 0 } = event?.aggregate ?? {};
  const row = store
    .all('ledger')
    .find((entry) => entry.pk === `${type}#${id}` && entry.version === version - 1);
  const before = row && { ...(row.event as object), aggregate: event?.aggregate };
  return before && projections[type]?.(before as never).contribution;
};

type Keyed = Readonly<Record<string, { readonly Keys: readonly Item[] }>>;
type Found = Readonly<Record<string, readonly Item[]>>;

/** Adds an event's difference to its predecessor if it is newer than the line, and drops a late event. */
const byDelta =
  (next: Send, store: Store): Send =>
  async (sent) => {
    if (sent.name === 'TransactWrite') return next(transaction(actionsOf(sent).map(overNothing)));
    const result = await next(sent);
    const event = current.getStore();
    if (sent.name !== 'BatchGet' || !event) return result;
    const { Responses, ...more } = result as { Responses: Found };
    const contribution = previousContribution(store);
    const before = contribution ? { contribution } : {};
    const lines = Object.entries(sent.input.RequestItems as Keyed).map(([table, { Keys }]) => [
      table,
      Keys.flatMap((key) => {
        const found = Responses[table]?.find(({ pk, sk }) => pk === key.pk && sk === key.sk);
        if (!String(key.sk).endsWith(event.aggregate.id) && !isLineKey(key)) return found ?? [];
        const { contribution: _, ...line } = found ?? { ...key, version: 0 };
        return [{ ...line, ...before }];
      }),
    ]);
    return { ...more, Responses: Object.fromEntries(lines) };
  };
const isLineKey = ({ sk }: Item): boolean => sk === 'activity' || sk === 'volunteer';

/** Removes the version check of an invented line. */
const overNothing = (action: Action): Action =>
  action.Put?.ExpressionAttributeValues?.[':before'] === 0
    ? {
        Put: {
          TableName: action.Put.TableName,
          Item: action.Put.Item,
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      }
    : action;

/** Wraps the real projector. */
const projecting =
  (around: (event: SQSEvent, next: Next, send: Send) => Promise<SQSBatchResponse>) =>
  (given: Subscriber, send: Send): Subscriber =>
    given.name === 'projector'
      ? { ...given, handler: (event) => around(event, given.handler, send) }
      : given;

export const mutants: Readonly<Record<string, Mutation>> = {
  ...rebuildMutants,
  ...followerMutants,
  'no version gate': {
    store: composed(
      seen((item) => (isLine(item) ? { ...item, version: 0 } : item)),
      unchecked(isLine),
    ),
  },
  'adds without taking the old contribution away': {
    store: seen(({ contribution, ...item }) =>
      isLine(item) || contribution === undefined ? item : { ...item, contribution },
    ),
  },
  'the line is put over whatever is there': { store: unchecked(isLine) },
  'totals are written after the transaction': { store: apart(linesFirst) },
  'a marker for each event, and plain additions': {
    store: composed(
      unchecked((item) => isLine(item) || isPresence(item)),
      apart(linesLast),
    ),
    subscriber: projecting(byMarker),
  },
  'the revision of a presence is not checked': { store: unchecked(isPresence) },
  'the relay does not see which entries failed': {
    bus: (next) => async (sent) => {
      const { Entries, ...more } = (await next(sent)) as { Entries: readonly object[] };
      return { ...more, Entries: Entries.map((entry) => ({ ...entry, EventId: 'taken' })) };
    },
  },
  'a version gate and differences between events': {
    store: byDelta,
    subscriber: projecting((event, next) =>
      oneByOne(event, (detail, single) =>
        detail ? current.run(detail, () => next(single)) : next(single),
      ),
    ),
  },
};
