import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { v7 as uuidv7 } from 'uuid';
import { catalogue, type DomainEvent, type Fact, readEvent } from '../../events/catalogue.ts';
import type { Role } from '../../events/envelope.ts';
import { cancellationCodes, dynamodb, isConflict, queryItems } from '../runtime/dynamodb.ts';
import { fingerprint } from '../runtime/ids.ts';
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

export interface LedgerEntry {
  readonly event: DomainEvent;
  readonly idempotency: { readonly key: string; readonly hash: string } | undefined;
  /** Marks of the keys of all entries before this one; undefined when they are not all known. */
  readonly earlierKeys: string | undefined;
}

/** A row of the Ledger. It is the outbox too: the relay publishes what the table's stream shows. */
export interface LedgerRow {
  readonly pk: string;
  readonly version: number;
  /** The envelope and data, less the aggregate, which is the row's key. */
  readonly event: Omit<DomainEvent, 'aggregate'>;
  readonly command?: { readonly key: string; readonly hash: string };
  /**
   * A mark for the key of each event before this one, so that a command with a new key need not read
   * them. Missing in the first row, and where too many came before.
   */
  readonly earlierKeys?: string;
}

/** Somebody else appended first. */
export class VersionConflict extends Error {
  override readonly name: string = 'VersionConflict';
}

/** The versions were free, but a write that was to be made together with them was refused. */
export class AlsoWriteConflict extends VersionConflict {
  override readonly name = 'AlsoWriteConflict';
}

export const ledgerKey = ({ type, id }: Stream): string => `${type}#${id}`;

/** The event a row holds, as it stands; `readEvent` is what checks it. */
export const envelopeOf = ({ pk, version, event }: LedgerRow) => {
  const [type, ...id] = pk.split('#');
  return { ...event, aggregate: { type, id: id.join('#'), version } };
};

const entryIn = (row: LedgerRow): LedgerEntry => ({
  event: readEvent(envelopeOf(row)),
  idempotency: row.command,
  earlierKeys: row.version === 1 ? '' : row.earlierKeys,
});

/** All entries of an aggregate, or those that the command with this key appended; oldest first. */
const read = async (stream: Stream, key?: string): Promise<readonly LedgerEntry[]> => {
  const byKey = {
    FilterExpression: '#command.#key = :key',
    ExpressionAttributeNames: { '#command': 'command', '#key': 'key' },
  };
  const rows = await queryItems({
    TableName: ledgerTable(),
    KeyConditionExpression: 'pk = :pk',
    ...(key === undefined ? {} : byKey),
    ExpressionAttributeValues: {
      ':pk': ledgerKey(stream),
      ...(key === undefined ? {} : { ':key': key }),
    },
    ConsistentRead: true,
  });
  return (rows as unknown as LedgerRow[]).map(entryIn);
};

/** An aggregate's whole history, oldest first; empty when there is no such aggregate. */
export const load = (stream: Stream): Promise<readonly LedgerEntry[]> => read(stream);

/**
 * An aggregate's newest entry. Its event carries the whole state, so this one item is enough, however
 * long the stream.
 * @param consistent false may miss what was appended in the last second, at half the price
 */
export const newestEntry = async (
  stream: Stream,
  consistent = true,
): Promise<LedgerEntry | undefined> => {
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
  return row && entryIn(row);
};

/** 36 bits of a key: enough to know a new key by, all but once in thousands of millions. */
const markLength = 6;
const maxMarks = 100;
const markOf = (key: string): string => fingerprint('key', key).slice(0, markLength);

const marksWith = ({ earlierKeys, idempotency }: LedgerEntry): string | undefined => {
  if (earlierKeys === undefined || earlierKeys.length >= maxMarks * markLength) return undefined;
  return earlierKeys + (idempotency ? markOf(idempotency.key) : '');
};

const mayHold = (marks: string, key: string): boolean => {
  const mark = markOf(key);
  for (let at = 0; at < marks.length; at += markLength) if (marks.startsWith(mark, at)) return true;
  return false;
};

/**
 * The entry of the stream that the command with this key appended; undefined when there is none. Only
 * where the key may be a repeat are entries before the newest read.
 */
export const repeatedEntry = async (
  newest: LedgerEntry,
  key: string,
): Promise<LedgerEntry | undefined> => {
  if (newest.idempotency?.key === key) return newest;
  if (newest.earlierKeys !== undefined && !mayHold(newest.earlierKeys, key)) return undefined;
  const [entry] = await read(newest.event.aggregate, key);
  return entry;
};

const entryOf = (
  stream: Stream,
  version: number,
  fact: Fact,
  command: Command,
  earlierKeys: string | undefined,
): LedgerEntry => {
  const { schemaVersion } = catalogue[fact.type];
  const at = new Date(command.at).toISOString();
  const event = {
    id: uuidv7({ msecs: command.at }),
    type: fact.type,
    schemaVersion,
    aggregate: { type: stream.type, id: stream.id, version },
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
  return { event: readable, idempotency: command.idempotency, earlierKeys };
};

/** Puts the envelope around what a decider said happened first to a new aggregate. */
export const firstEntry = (stream: Stream, fact: Fact, command: Command): LedgerEntry =>
  entryOf(stream, 1, fact, command, '');

/** The same for what happened next, after this entry, or after a version whose keys are not known. */
export const entryAfter = (
  before: LedgerEntry | (Stream & { readonly version: number }),
  fact: Fact,
  command: Command,
): LedgerEntry =>
  'event' in before
    ? entryOf(
        before.event.aggregate,
        before.event.aggregate.version + 1,
        fact,
        command,
        marksWith(before),
      )
    : entryOf(before, before.version + 1, fact, command, undefined);

const rowOf = ({
  event: { aggregate, ...event },
  idempotency,
  earlierKeys,
}: LedgerEntry): LedgerRow => ({
  pk: ledgerKey(aggregate),
  version: aggregate.version,
  event,
  ...(idempotency ? { command: idempotency } : {}),
  ...(earlierKeys ? { earlierKeys } : {}),
});

const putOf = (entry: LedgerEntry) => ({
  TableName: ledgerTable(),
  Item: rowOf(entry),
  ConditionExpression: 'attribute_not_exists(pk)',
});

/** A write to another table that is made together with an event, or not at all. */
export type AlsoWrite = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * Appends one entry by one conditional put, or up to 100 of different aggregates all or none;
 * together with writes to other tables, if there are any.
 * @throws VersionConflict when any of the versions exists; AlsoWriteConflict, which is one too and is
 * tried again like one, when only a condition of those writes fails
 */
export const append = async (
  entries: readonly LedgerEntry[],
  alsoWrite: readonly AlsoWrite[] = [],
): Promise<void> => {
  const [only, ...others] = entries;
  if (!only) return;
  try {
    if (others.length === 0 && alsoWrite.length === 0)
      await dynamodb.send(new PutCommand(putOf(only)));
    else
      await dynamodb.send(
        new TransactWriteCommand({
          TransactItems: [...entries.map((entry) => ({ Put: putOf(entry) })), ...alsoWrite],
        }),
      );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      throw new VersionConflict('version exists');
    const codes = cancellationCodes(error) ?? [];
    if (codes.slice(0, entries.length).some(isConflict))
      throw new VersionConflict('version exists or is being written');
    if (codes.some(isConflict)) throw new AlsoWriteConflict('not as it was when it was read');
    throw error;
  }
};
