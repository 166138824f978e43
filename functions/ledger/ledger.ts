import { isDeepStrictEqual } from 'node:util';
import {
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { v7 as uuidv7 } from 'uuid';
import { catalogue, type DomainEvent, type Fact, readEvent } from '../../events/catalogue.ts';
import type { Role } from '../../events/envelope.ts';
import { cancellationCodes, dynamodb } from '../runtime/dynamodb.ts';
import { ledgerTable } from '../runtime/settings.ts';

/** An aggregate's events: `hours#<id>`, versions 1, 2, 3 … without gaps. */
export interface Stream {
  readonly type: string;
  readonly id: string;
}

/** The command behind an event: who, when, and what makes a retry of it recognisable. */
export interface Command {
  readonly district: string;
  readonly actor: { readonly role: Role; readonly id: string };
  /** Epoch milliseconds. */
  readonly at: number;
  readonly correlationId: string;
  readonly idempotency: { readonly key: string; readonly hash: string } | undefined;
}

export interface Entry {
  readonly event: DomainEvent;
  readonly idempotency: { readonly key: string; readonly hash: string } | undefined;
}

/** A row of the Ledger. It is the outbox too: the relay publishes what the table's stream shows. */
export interface LedgerRow {
  readonly pk: string;
  readonly version: number;
  /** The envelope and data, less the aggregate, which is the row's key. */
  readonly event: Omit<DomainEvent, 'aggregate'>;
  readonly command?: { readonly key: string; readonly hash: string };
}

/** Somebody else appended first. */
export class VersionConflict extends Error {
  override readonly name: string = 'VersionConflict';
}

/** The versions were free, but a write that was to be made together with them was refused. */
export class AlongsideConflict extends VersionConflict {
  override readonly name = 'AlongsideConflict';
}

export const ledgerKey = ({ type, id }: Stream): string => `${type}#${id}`;

/** The event a row holds, as it stands; `readEvent` is what checks it. */
export const envelopeOf = ({ pk, version, event }: LedgerRow) => {
  const [type, ...id] = pk.split('#');
  return { ...event, aggregate: { type, id: id.join('#'), version } };
};

/** All events of an aggregate, oldest first; empty when there is no such aggregate. */
export const load = async (stream: Stream): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: ledgerTable(),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': ledgerKey(stream) },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    for (const row of (page.Items ?? []) as LedgerRow[])
      entries.push({ event: readEvent(envelopeOf(row)), idempotency: row.command });
    from = page.LastEvaluatedKey;
  } while (from);
  return entries;
};

/**
 * An aggregate's newest event. Events carry the whole state, so for a reference to another
 * aggregate this one item is enough, however long the stream.
 * @param consistent false may miss what was appended in the last second, at half the price
 */
export const latest = async (
  stream: Stream,
  consistent = true,
): Promise<DomainEvent | undefined> => {
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName: ledgerTable(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': ledgerKey(stream) },
      ConsistentRead: consistent,
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  const row = Items?.[0] as LedgerRow | undefined;
  return row && readEvent(envelopeOf(row));
};

/** Puts the envelope around what a decider said happened. */
export const entryOf = (stream: Stream, version: number, fact: Fact, command: Command): Entry => {
  const { schemaVersion } = catalogue[fact.type];
  const at = new Date(command.at).toISOString();
  const event = {
    id: uuidv7({ msecs: command.at }),
    type: fact.type,
    schemaVersion,
    aggregate: { ...stream, version },
    district: command.district,
    occurredAt: at,
    recordedAt: at,
    actor: command.actor,
    correlationId: command.correlationId,
    causationId: null,
    data: fact.data,
  };
  // Reading is tolerant and drops what it does not know, so writing must not send any of that.
  const readable = readEvent(event);
  if (!isDeepStrictEqual(readable, event))
    throw new Error(`${fact.type} has fields its schema does not know`);
  return { event: readable, idempotency: command.idempotency };
};

const rowOf = ({ event: { aggregate, ...event }, idempotency }: Entry): LedgerRow => ({
  pk: ledgerKey(aggregate),
  version: aggregate.version,
  event,
  ...(idempotency ? { command: idempotency } : {}),
});

const putOf = (entry: Entry) => ({
  TableName: ledgerTable(),
  Item: rowOf(entry),
  ConditionExpression: 'attribute_not_exists(pk)',
});

const isConflict = (code: string): boolean =>
  code === 'ConditionalCheckFailed' || code === 'TransactionConflict';

/** A write to another table that is made together with an event, or not at all. */
export type Alongside = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * Appends one entry by one conditional put, or up to 100 of different aggregates all or none;
 * together with writes to other tables, if there are any.
 * @throws VersionConflict when any of the versions exists; AlongsideConflict, which is one too and is
 * tried again like one, when only a condition of those writes fails
 */
export const append = async (
  entries: readonly Entry[],
  alongside: readonly Alongside[] = [],
): Promise<void> => {
  const [only, ...others] = entries;
  if (!only) return;
  try {
    if (others.length === 0 && alongside.length === 0)
      await dynamodb.send(new PutCommand(putOf(only)));
    else
      await dynamodb.send(
        new TransactWriteCommand({
          TransactItems: [...entries.map((entry) => ({ Put: putOf(entry) })), ...alongside],
        }),
      );
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException')
      throw new VersionConflict('version exists');
    const codes = cancellationCodes(error) ?? [];
    if (codes.slice(0, entries.length).some(isConflict))
      throw new VersionConflict('version exists or is being written');
    if (codes.some(isConflict)) throw new AlongsideConflict('not as it was when it was read');
    throw error;
  }
};
