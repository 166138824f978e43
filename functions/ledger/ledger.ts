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
import {
  cancellationCodes,
  dynamodb,
  isConflict,
  putNew,
  queryItems,
} from '../runtime/dynamodb.ts';
import { fingerprint } from '../runtime/ids.ts';
import { ledgerTable } from '../runtime/settings.ts';

/** An aggregate's events: `hours#<id>`, versions 1, 2, 3 … without gaps. */
export interface Stream {
  readonly type: string;
  readonly id: string;
}

/** The command behind an event: who, when, and the key by which a retry of it is recognised. */
export interface Command {
  readonly district: string;
  readonly actor: { readonly role: Role; readonly id: string };
  /** Epoch milliseconds. */
  readonly at: number;
  readonly correlationId: string;
  readonly idempotency: CommandKey | undefined;
}

/** The key by which a retry is recognised, and what the answer said beside the state, as JSON. */
interface CommandKey {
  readonly key: string;
  readonly hash: string;
  readonly more?: unknown;
}

export interface LedgerEntry {
  readonly event: DomainEvent;
  readonly idempotency: CommandKey | undefined;
  /** Marks of the keys of all entries before this one; undefined when not all are known. */
  readonly earlierKeys: string | undefined;
}

/** A row of the Ledger. The Ledger is the outbox too: the relay publishes from the table's stream. */
export interface LedgerRow {
  readonly pk: string;
  readonly version: number;
  /**
   * Envelope and data, without `aggregate`, which the row's key holds; without `causationId` when that
   * is null, and without `occurredAt` when that is when it was recorded.
   */
  readonly event: Omit<DomainEvent, 'aggregate' | 'causationId' | 'occurredAt'> &
    Partial<Pick<DomainEvent, 'causationId' | 'occurredAt'>>;
  readonly command?: CommandKey;
  /**
   * One mark for the key of each earlier event, so that a command with a new key need not read
   * them. Missing in the first row, and when there are too many earlier events.
   */
  readonly earlierKeys?: string;
}

/**
 * A note in the Ledger of a command that changed nothing, so that a repetition changes nothing either,
 * whatever has happened meanwhile. It is no event, and lies below all versions of its stream.
 */
interface Note {
  readonly pk: string;
  /** Below 0, made from the key. */
  readonly version: number;
  readonly command: { readonly key: string; readonly hash: string };
  /** The version that the command found. */
  readonly found: number;
}

/** Whether a row of the Ledger holds an event; otherwise it is a note of a command that changed nothing. */
export const holdsEvent = (row: { readonly [name: string]: unknown }): boolean =>
  Number(row.version) > 0;

/** Another request appended first. */
export class VersionConflict extends Error {
  override readonly name: string = 'VersionConflict';
}

/** The versions were free, but a write in the same transaction was refused. */
export class AlsoWriteConflict extends VersionConflict {
  override readonly name = 'AlsoWriteConflict';
}

export const ledgerKey = ({ type, id }: Stream): string => `${type}#${id}`;

/** The event in a row, unchecked; `readEvent` checks it. */
export const envelopeOf = ({ pk, version, event }: LedgerRow) => {
  const [type = '', ...id] = pk.split('#');
  return {
    causationId: null,
    occurredAt: event.recordedAt,
    ...event,
    aggregate: { type, id: id.join('#'), version },
  };
};

const entryIn = (row: LedgerRow): LedgerEntry => ({
  event: readEvent(envelopeOf(row)),
  idempotency: row.command,
  earlierKeys: row.version === 1 ? '' : row.earlierKeys,
});

/** All entries of an aggregate, or only those appended by the command with this key; oldest first. */
const read = async (
  stream: Stream,
  key?: string,
  consistent = true,
): Promise<readonly LedgerEntry[]> => {
  const byKey = {
    FilterExpression: '#command.#key = :key',
    ExpressionAttributeNames: { '#command': 'command', '#key': 'key' },
  };
  const rows = await queryItems({
    TableName: ledgerTable(),
    KeyConditionExpression: 'pk = :pk AND version > :none',
    ...(key === undefined ? {} : byKey),
    ExpressionAttributeValues: {
      ':pk': ledgerKey(stream),
      ':none': 0,
      ...(key === undefined ? {} : { ':key': key }),
    },
    ConsistentRead: consistent,
  });
  return (rows as unknown as LedgerRow[]).map(entryIn);
};

/** An aggregate's whole history, oldest first; empty when there is no such aggregate. */
export const load = (stream: Stream, consistent = true): Promise<readonly LedgerEntry[]> =>
  read(stream, undefined, consistent);

/**
 * An aggregate's newest entry. Its event carries the whole state, so one item is enough, however
 * long the stream.
 * @param consistent false costs half, but may miss an event appended in the last second
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

/** A mark is 36 bits of a key's hash: a new key has an earlier key's mark about once in 7 × 10¹⁰. */
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

/** 48 bits of the key's hash. Two keys with the same ones are told apart by the note itself. */
const noteVersionOf = (key: string): number =>
  -1 - Buffer.from(fingerprint('note', key), 'base64url').readUIntBE(0, 6);

/** By a query, since functions may read the Ledger by queries only. */
const rowAt = async (stream: Stream, version: number): Promise<unknown> => {
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName: ledgerTable(),
      KeyConditionExpression: 'pk = :pk AND version = :version',
      ExpressionAttributeValues: { ':pk': ledgerKey(stream), ':version': version },
      ConsistentRead: true,
    }),
  );
  return Items?.[0];
};

/** One event of an aggregate; undefined when there is none of this version. */
export const eventAt = async (
  stream: Stream,
  version: number,
): Promise<DomainEvent | undefined> => {
  const row = (await rowAt(stream, version)) as LedgerRow | undefined;
  return row && entryIn(row).event;
};

/** The entry that a command found when it changed nothing; undefined when there is no note of the key. */
export const unchangedEntry = async (
  stream: Stream,
  key: string,
): Promise<LedgerEntry | undefined> => {
  const note = (await rowAt(stream, noteVersionOf(key))) as Note | undefined;
  if (note?.command.key !== key) return undefined;
  return { ...entryIn((await rowAt(stream, note.found)) as LedgerRow), idempotency: note.command };
};

/**
 * Notes that a command changed nothing at this entry.
 * @returns whether there was no note of its key before
 */
export const noteUnchanged = (
  { event }: LedgerEntry,
  { key, hash }: NonNullable<Command['idempotency']>,
): Promise<boolean> => {
  const note: Note = {
    pk: ledgerKey(event.aggregate),
    version: noteVersionOf(key),
    command: { key, hash },
    found: event.aggregate.version,
  };
  return putNew(ledgerTable(), { ...note });
};

/**
 * The entry that the command with this key appended to the stream, or found when it changed nothing;
 * undefined when there was no such command. Reads entries before the newest only when the key may be a
 * repeat.
 * @param newest undefined for a stream without entries
 * @param key undefined for a command without one
 */
export const repeatedEntry = async (
  newest: LedgerEntry | undefined,
  key: string | undefined,
): Promise<LedgerEntry | undefined> => {
  if (!newest || key === undefined) return undefined;
  if (newest.idempotency?.key === key) return newest;
  const stream = newest.event.aggregate;
  const [entry] =
    newest.earlierKeys === undefined || mayHold(newest.earlierKeys, key)
      ? await read(stream, key)
      : [];
  return entry ?? unchangedEntry(stream, key);
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
  // Reading drops unknown fields, so writing them would lose them.
  const readable = readEvent(event);
  if (!isDeepStrictEqual(readable, event))
    throw new Error(`${fact.type} has fields its schema does not know`);
  return { event: readable, idempotency: command.idempotency, earlierKeys };
};

/** The first entry of a new aggregate: the fact in its envelope. */
export const firstEntry = (stream: Stream, fact: Fact, command: Command): LedgerEntry =>
  entryOf(stream, 1, fact, command, '');

/** The entry after this one, or after a version whose keys are not known. */
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
  event: { aggregate, causationId, occurredAt, ...event },
  idempotency,
  earlierKeys,
}: LedgerEntry): LedgerRow => ({
  pk: ledgerKey(aggregate),
  version: aggregate.version,
  event: {
    ...event,
    ...(causationId === null ? {} : { causationId }),
    ...(occurredAt === event.recordedAt ? {} : { occurredAt }),
  },
  ...(idempotency ? { command: idempotency } : {}),
  ...(earlierKeys ? { earlierKeys } : {}),
});

const putOf = (entry: LedgerEntry) => ({
  TableName: ledgerTable(),
  Item: rowOf(entry),
  ConditionExpression: 'attribute_not_exists(pk)',
});

/** A write to another table in the same transaction as an event. */
export type AlsoWrite = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * Appends one entry with a conditional put, or up to 100 entries of different aggregates in one
 * transaction, together with any writes to other tables.
 * @throws VersionConflict when any of the versions exists; its subclass AlsoWriteConflict, which is
 * retried alike, when only a condition of the other writes fails
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
