// The table Outbound: the list of all webhooks, how their receivers fare, and the log of deliveries.
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DeliveryProblem, Webhook } from '../../events/webhooks.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { didWrite, dynamodb, putNew, queryItems } from '../runtime/dynamodb.ts';
import { outboundTable } from '../runtime/settings.ts';
import type { Delivery } from './deliveries.ts';
import type { Subscription } from './subscription.ts';

const listPartition = 'webhooks';
const receiversPartition = 'receivers';
const partitionOf = (webhookId: string): string => `webhook#${webhookId}`;

/** Days for which a delivery is listed, and can be sent again. */
const keptDays = 30;
const secondsOfDay = 86_400;

/** The write that keeps a webhook in the list, in one transaction with its event. */
export const listedPut = ({ id, webhook }: Subscription): AlsoWrite => ({
  Put: { TableName: outboundTable(), Item: { pk: listPartition, sk: id, webhook } },
});

export const unlistedDelete = (id: string): AlsoWrite => ({
  Delete: { TableName: outboundTable(), Key: { pk: listPartition, sk: id } },
});

/** All webhooks by id, as the Ledger has them now. */
export const readList = async (): Promise<readonly Subscription[]> => {
  const items = await queryItems({
    TableName: outboundTable(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': listPartition },
    ConsistentRead: true,
  });
  // Rows of before have no `asymmetric`.
  return items.map(({ sk, webhook }) => ({
    id: String(sk),
    webhook: Object.assign({ asymmetric: false }, webhook as Webhook),
  }));
};

/** How a receiver fares. There is none for one that answered well the last time. */
export interface Health {
  readonly webhookId: string;
  /** Since when there was no success (RFC 3339), and how many failures there were. */
  readonly failingSince: string;
  readonly failures: number;
  readonly problem: DeliveryProblem;
  /** Until when nothing else is sent (RFC 3339). */
  readonly slowUntil: string | null;
  /** The last warning that was given, in percent; 0 for none. */
  readonly warned: number;
}

const healthIn = (item: Readonly<Record<string, unknown>>): Health => {
  const { pk: _, sk, ...health } = item;
  return { ...(health as unknown as Omit<Health, 'webhookId'>), webhookId: String(sk) };
};

const healthKey = (webhookId: string) => ({
  TableName: outboundTable(),
  Key: { pk: receiversPartition, sk: webhookId },
});

export const readHealth = async (
  webhookId: string,
  consistent = false,
): Promise<Health | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ ...healthKey(webhookId), ConsistentRead: consistent }),
  );
  return Item && healthIn(Item);
};

/** The receivers that fail, as they do now: a late answer would disable one that is well again. */
export const readFailing = async (): Promise<readonly Health[]> =>
  (
    await queryItems({
      TableName: outboundTable(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': receiversPartition },
      ConsistentRead: true,
    })
  ).map(healthIn);

/**
 * Writes how a receiver fares, unless that changed since it was read: an attempt takes seconds, and meanwhile
 * the webhook may have got another URL, which begins anew.
 */
export const putHealth = async (
  { webhookId, ...health }: Health,
  before: Health | undefined,
): Promise<void> => {
  const Item = { pk: receiversPartition, sk: webhookId, ...health };
  const asRead = before
    ? {
        ConditionExpression: 'failingSince = :since AND failures = :failures AND warned = :warned',
        ExpressionAttributeValues: {
          ':since': before.failingSince,
          ':failures': before.failures,
          ':warned': before.warned,
        },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  await didWrite(dynamodb.send(new PutCommand({ TableName: outboundTable(), Item, ...asRead })));
};

/** The write that notes a warning, if the receiver fails as it did. */
export const warningUpdate = ({ webhookId, failingSince }: Health, warned: number): AlsoWrite => ({
  Update: {
    ...healthKey(webhookId),
    UpdateExpression: 'SET warned = :warned',
    ConditionExpression: 'failingSince = :since',
    ExpressionAttributeValues: { ':warned': warned, ':since': failingSince },
  },
});

/** The write that forgets that a receiver failed. */
export const healthDelete = (webhookId: string): AlsoWrite => ({ Delete: healthKey(webhookId) });

/** The write that forgets it, if the receiver fails as it did. */
export const sameHealthDelete = ({ webhookId, failingSince }: Health): AlsoWrite => ({
  Delete: {
    ...healthKey(webhookId),
    ConditionExpression: 'failingSince = :since',
    ExpressionAttributeValues: { ':since': failingSince },
  },
});

/** Forgets that a receiver failed. */
export const clearHealth = async (webhookId: string): Promise<void> => {
  await dynamodb.send(new DeleteCommand(healthKey(webhookId)));
};

/** A delivery in the log. */
export interface Logged extends Delivery {
  readonly status: 'delivered' | 'waiting' | 'failed';
  readonly attempts: number;
  /** When the last attempt was made, or when it was put off (RFC 3339). */
  readonly at: string;
  readonly problem: DeliveryProblem | null;
  /** The HTTP status of the last answer; null when there was none. */
  readonly answered: number | null;
  readonly latencyMs: number | null;
  /** The first bytes of the last answer. */
  readonly answer: string;
  /** When it is tried again (RFC 3339); null unless it waits. */
  readonly dueAt: string | null;
}

const loggedIn = (item: Readonly<Record<string, unknown>>): Logged => {
  const { pk, sk, dueOf: _, expiresAt: __, ...rest } = item;
  return {
    ...(rest as unknown as Logged),
    webhookId: String(pk).slice(partitionOf('').length),
    id: String(sk),
    dueAt: (rest.dueAt as string | undefined) ?? null,
  };
};

/** A delivery as it is stored. What waits is in the index ByDue. */
const itemOf = ({ webhookId, id, dueAt, ...rest }: Logged) => ({
  pk: partitionOf(webhookId),
  sk: id,
  ...rest,
  expiresAt: Math.floor(Date.parse(rest.at) / 1000) + keptDays * secondsOfDay,
  ...(dueAt === null ? {} : { dueOf: webhookId, dueAt }),
});

/** Writes what became of a delivery. */
export const putLogged = async (logged: Logged): Promise<void> => {
  await dynamodb.send(new PutCommand({ TableName: outboundTable(), Item: itemOf(logged) }));
};

/**
 * Writes of a delivery that nothing was tried yet that it waits, unless it is known already: an event may be
 * handed out more than once.
 */
export const noteWaiting = async (logged: Logged): Promise<void> => {
  await putNew(outboundTable(), itemOf(logged));
};

export const readLogged = async (webhookId: string, id: string): Promise<Logged | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: outboundTable(),
      Key: { pk: partitionOf(webhookId), sk: id },
      ConsistentRead: true,
    }),
  );
  return Item && loggedIn(Item);
};

/**
 * A page of a webhook's deliveries, newest event first or oldest first.
 * @param after the id of the last one of the page before
 */
export const queryLogged = async (
  webhookId: string,
  {
    limit,
    after,
    oldestFirst = false,
  }: {
    readonly limit: number;
    readonly after: string | undefined;
    readonly oldestFirst?: boolean;
  },
): Promise<{ readonly items: readonly Logged[]; readonly last: string | null }> => {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      TableName: outboundTable(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partitionOf(webhookId) },
      ScanIndexForward: oldestFirst,
      Limit: limit,
      ...(after === undefined
        ? {}
        : { ExclusiveStartKey: { pk: partitionOf(webhookId), sk: after } }),
    }),
  );
  const last = LastEvaluatedKey?.sk as string | undefined;
  return { items: Items.map(loggedIn), last: last ?? null };
};

/** A webhook's deliveries that are due, the longest due first. */
export const queryDue = async (
  webhookId: string,
  now: string,
  limit: number,
): Promise<readonly Logged[]> => {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: outboundTable(),
      IndexName: 'ByDue',
      KeyConditionExpression: 'dueOf = :webhook AND dueAt <= :now',
      ExpressionAttributeValues: { ':webhook': webhookId, ':now': now },
      Limit: limit,
    }),
  );
  return Items.map(loggedIn);
};

/** Takes a delivery out of those that are due, unless it was put off again meanwhile. */
export const noLongerDue = async ({ webhookId, id, dueAt }: Logged): Promise<void> => {
  await didWrite(
    dynamodb.send(
      new UpdateCommand({
        TableName: outboundTable(),
        Key: { pk: partitionOf(webhookId), sk: id },
        UpdateExpression: 'REMOVE dueOf, dueAt',
        ConditionExpression: 'dueAt = :due',
        ExpressionAttributeValues: { ':due': dueAt },
      }),
    ),
  );
};
