// Durable queues. A message is on disk before its sender is answered, and survives kill -9.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { QueueSpec as TemplateQueue } from '../assembly/blueprint.ts';
import type { Clock } from '../compute/clock.ts';
import type { Faults } from '../compute/faults.ts';

export interface QueueSpec extends TemplateQueue {
  /** Whether messages that come again wait by the host's clock too, as new ones do. */
  readonly retriesByClock?: true;
}

/** The queue in which Lambda keeps the events for a function that is invoked asynchronously. */
export const asynchronousQueue = (name: string): QueueSpec => ({
  ...{ name, arn: '', visibilityMs: 0, delayMs: 0, isFifo: false },
  retriesByClock: true,
});

export interface Message {
  readonly id: number;
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  readonly receiveCount: number;
  /** When it was first received (host's clock, ms). */
  readonly firstReceivedAt: number;
  /** The group of a message of a FIFO queue. */
  readonly groupId: string | null;
}

/** A message to be sent. Both ids are for a FIFO queue, and only for one. */
export interface Sending {
  readonly queue: string;
  readonly body: string;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

export interface StreamPosition {
  readonly sequence: string;
  /** When the stream was last read to its end (real time, ms). No older record is unread. */
  readonly drainedAt: number;
  /** Whether the host stopped with no unread record in the stream. */
  readonly clean: boolean;
}

export interface Queues {
  readonly specs: ReadonlyMap<string, QueueSpec>;
  /** A FIFO queue drops a message with a deduplication id that it was sent in the last five minutes. */
  send(messages: readonly Sending[]): void;
  receive(queue: string, limit: number): readonly Message[];
  /** Like SQS's ReceiveMessage: hides the messages for `ms` (real time). */
  borrow(queue: string, limit: number, ms: number): readonly Message[];
  /** Makes a borrowed message visible again after `ms` (real time). */
  giveBack(queue: string, id: number, ms: number): void;
  /** Has a message that a function has come again after `ms` (real time) if the function fails. */
  postpone(id: number, ms: number): void;
  remove(id: number): void;
  succeed(queue: string, messages: readonly Message[]): void;
  fail(queue: string, messages: readonly Message[]): void;
  /** The number of visible messages, and when the next becomes visible (real time, ms). */
  visible(queue: string): { readonly count: number; readonly next: number | null };
  /** The oldest messages, without receiving them. */
  peek(queue: string, limit: number): readonly Message[];
  /** Moves what this queue put into its dead-letter queue back. Returns the number of messages. */
  redrive(queue: string): number;
  status(): Record<string, { visible: number; inFlight: number; dead: number }>;
  onChange(queue: string, listener: () => void): void;
  position(streamArn: string): StreamPosition | undefined;
  savePosition(streamArn: string, position: StreamPosition): void;
  /** The time (host's clock, ms) up to which a schedule's runs are done. */
  scheduledUntil(schedule: string): number | undefined;
  saveScheduled(schedule: string, until: number): void;
  close(): void;
}

const SCHEMA = `
  create table if not exists message (
    id integer primary key autoincrement, queue text not null, messageId text not null,
    body text not null, sentAt integer not null, visibleAt integer not null,
    receiveCount integer not null default 0, inFlight integer not null default 0,
    -- The queue that gave the message up, in a dead-letter queue.
    origin text, groupId text, firstReceivedAt integer);
  create index if not exists message_by_queue on message (queue, inFlight, visibleAt);
  create table if not exists position (
    stream text primary key, sequence text not null, drainedAt integer not null,
    clean integer not null);
  create table if not exists deduplication (
    queue text not null, id text not null, until integer not null, primary key (queue, id));
  create table if not exists schedule (name text primary key, until integer not null);
  -- Nobody else receives: what was in flight when the host ended is free again at once. What waited goes
  -- on waiting.
  update message set inFlight = 0, visibleAt = 0 where inFlight = 1;`;

/**
 * Opens the file for this process alone.
 * @throws Error with a sentence for the operator if another host has it open, or it is not a queue file
 */
export const openStore = (file: string): DatabaseSync => {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  try {
    // The exclusive lock keeps a second host off the folder. With a write-ahead log, a commit without
    // fsync survives the death of the process, but not that of the machine.
    db.exec('pragma locking_mode = exclusive; pragma journal_mode = wal');
    db.exec(`pragma synchronous = normal; ${SCHEMA}`);
    // A file of an older version.
    const columns = db.prepare(`select name from pragma_table_info('message')`).all();
    for (const column of ['origin text', 'groupId text', 'firstReceivedAt integer'])
      if (!columns.some(({ name }) => column.startsWith(`${name} `)))
        db.exec(`alter table message add column ${column}`);
    db.exec('create index if not exists message_by_group on message (queue, groupId, id)');
    return db;
  } catch (cause) {
    db.close();
    const folder = dirname(file);
    throw new Error(
      String(cause).includes('locked')
        ? `Another local host is using the folder ${folder}: stop it, or choose another folder.`
        : `${file} cannot be used (${(cause as Error).message}): choose another folder, or delete this one to begin anew.`,
      { cause },
    );
  }
};

/** A FIFO queue recognises a deduplication id for five minutes. */
const deduplicatedMs = 5 * 60_000;

export const openQueues = (
  file: string,
  specs: readonly QueueSpec[],
  clock: Clock,
  faults: Faults,
): Queues => {
  const db = openStore(file);
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const listeners = new Map<string, () => void>();
  const changed = (queue: string): void => listeners.get(queue)?.();

  const insert = db.prepare(
    'insert into message (queue, messageId, body, sentAt, visibleAt, groupId) values (?, ?, ?, ?, ?, ?)',
  );
  // Of a group, only the first message is received, and none while one of it is in flight or waits.
  const isFirst = `(groupId is null or not exists (select 1 from message as earlier
     where earlier.queue = message.queue and earlier.groupId = message.groupId
       and earlier.id < message.id))`;
  const inOrder = `select * from message where queue = ? and inFlight = 0 and visibleAt <= ? and ${isFirst}`;
  const select = db.prepare(`${inOrder} order by id limit ?`);
  const selectShuffled = db.prepare(`${inOrder} limit 1000`);
  const take = db.prepare(
    `update message set inFlight = 1, visibleAt = 0, receiveCount = receiveCount + 1,
       firstReceivedAt = coalesce(firstReceivedAt, ?) where id = ?`,
  );
  const drop = db.prepare('delete from message where id = ?');
  const release = db.prepare('update message set inFlight = 0, visibleAt = ? where id = ?');
  const retry = db.prepare(
    'update message set inFlight = 0, visibleAt = max(visibleAt, ?) where id = ?',
  );
  const putOff = db.prepare('update message set visibleAt = ? where id = ?');
  const bury = db.prepare(
    'update message set origin = queue, queue = ?, inFlight = 0, visibleAt = 0, receiveCount = 0 where id = ?',
  );
  const look = db.prepare('select * from message where queue = ? order by id limit ?');
  const unbury = db.prepare(
    'update message set queue = origin, origin = null, receiveCount = 0 where queue = ? and origin = ?',
  );
  const hide = db.prepare(
    'update message set visibleAt = ?, receiveCount = receiveCount + 1 where id = ?',
  );
  const advance = db.prepare(
    'update message set visibleAt = visibleAt - ? where queue = ? and inFlight = 0 and receiveCount <= ?',
  );
  const waiting = db.prepare(
    `select count(*) filter (where visibleAt <= ?) as count, min(visibleAt) as next
     from message where queue = ? and inFlight = 0 and ${isFirst}`,
  );
  const counts = db.prepare(
    `select queue, count(*) filter (where inFlight = 0) as visible, sum(inFlight) as inFlight
     from message group by queue`,
  );
  const deadOf = db.prepare('select count(*) as count from message where queue = ? and origin = ?');
  const forget = db.prepare('delete from deduplication where until <= ?');
  const know = db.prepare(
    'insert into deduplication (queue, id, until) values (?, ?, ?) on conflict do nothing',
  );
  const readPosition = db.prepare(
    'select sequence, drainedAt, clean from position where stream = ?',
  );
  const writePosition = db.prepare(
    'insert or replace into position (stream, sequence, drainedAt, clean) values (?, ?, ?, ?)',
  );
  const readSchedule = db.prepare('select until from schedule where name = ?');
  const writeSchedule = db.prepare('insert or replace into schedule (name, until) values (?, ?)');

  const atomically = <T>(work: () => T): T => {
    db.exec('begin');
    try {
      const result = work();
      db.exec('commit');
      return result;
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  };

  // Delays follow the host's clock. Setting the clock back makes no delay longer.
  clock.onSet((forward) => {
    if (forward <= 0) return;
    for (const { name, delayMs, retriesByClock } of specs) {
      if (delayMs === 0 && !retriesByClock) continue;
      advance.run(forward, name, retriesByClock ? Number.MAX_SAFE_INTEGER : 0);
      changed(name);
    }
  });

  return {
    specs: byName,
    send: (messages) => {
      atomically(() => {
        for (const { queue, body, groupId = null, deduplicationId } of messages) {
          const spec = byName.get(queue);
          if (!spec) throw new Error(`There is no queue ${queue}.`);
          if (spec.isFifo !== (groupId !== null && deduplicationId !== undefined))
            throw new RangeError(
              'A FIFO queue, and only one, takes a group and a deduplication id.',
            );
          const now = Date.now();
          if (deduplicationId !== undefined) {
            forget.run(now);
            if (know.run(queue, deduplicationId, now + deduplicatedMs).changes === 0) continue;
          }
          const visibleAt = now + spec.delayMs + faults.delayMs(queue);
          insert.run(queue, randomUUID(), body, clock.now(), visibleAt, groupId);
        }
      });
      for (const queue of new Set(messages.map((message) => message.queue))) changed(queue);
    },
    receive: (queue, limit) =>
      atomically(() => {
        const now = Date.now();
        const rows = faults.shuffles()
          ? faults.shuffle(selectShuffled.all(queue, now)).slice(0, limit)
          : select.all(queue, now, limit);
        return (rows as unknown as Message[]).map((row) => {
          take.run(clock.now(), row.id);
          const firstReceivedAt = row.firstReceivedAt ?? clock.now();
          return { ...row, firstReceivedAt, receiveCount: row.receiveCount + 1 };
        });
      }),
    borrow: (queue, limit, ms) =>
      atomically(() => {
        const now = Date.now();
        return (select.all(queue, now, limit) as unknown as Message[]).map((row) => {
          hide.run(now + ms, row.id);
          return { ...row, receiveCount: row.receiveCount + 1 };
        });
      }),
    giveBack: (queue, id, ms) => {
      release.run(Date.now() + ms, id);
      changed(queue);
    },
    postpone: (id, ms) => void putOff.run(Date.now() + ms, id),
    remove: (id) => void drop.run(id),
    succeed: (queue, messages) => {
      atomically(() => {
        for (const { id } of messages) {
          // A message to be duplicated stays in the queue and is delivered again.
          if (faults.duplicates()) release.run(Date.now() + faults.laterMs(), id);
          else drop.run(id);
        }
      });
      changed(queue);
    },
    fail: (queue, messages) => {
      const { redrive, visibilityMs = 30_000 } = byName.get(queue) ?? {};
      atomically(() => {
        for (const { id, receiveCount } of messages) {
          // SQS moves a message when it is received once more; here it is moved at once.
          if (redrive && receiveCount >= redrive.maxReceiveCount) {
            bury.run(redrive.queue, id);
          } else {
            // SQS waits for the visibility timeout; here a short wait that doubles is enough.
            retry.run(Date.now() + Math.min(visibilityMs, 100 * 2 ** receiveCount), id);
          }
        }
      });
      changed(queue);
    },
    visible: (queue) =>
      waiting.get(Date.now(), queue) as unknown as { count: number; next: number | null },
    peek: (queue, limit) => look.all(queue, limit) as unknown as Message[],
    redrive: (queue) => {
      const dead = byName.get(queue)?.redrive?.queue;
      if (!dead) throw new RangeError(`${queue} has no dead-letter queue.`);
      const { changes } = unbury.run(dead, queue);
      changed(queue);
      return Number(changes);
    },
    status: () => {
      const now = new Map(
        (counts.all() as unknown as { queue: string; visible: number; inFlight: number }[]).map(
          (row) => [row.queue, row],
        ),
      );
      return Object.fromEntries(
        specs.map(({ name, redrive }) => [
          name,
          {
            visible: now.get(name)?.visible ?? 0,
            inFlight: now.get(name)?.inFlight ?? 0,
            dead: redrive ? Number(deadOf.get(redrive.queue, name)?.count) : 0,
          },
        ]),
      );
    },
    onChange: (queue, listener) => listeners.set(queue, listener),
    position: (streamArn) => {
      const row = readPosition.get(streamArn) as
        | { sequence: string; drainedAt: number; clean: number }
        | undefined;
      return row && { ...row, clean: row.clean === 1 };
    },
    savePosition: (streamArn, { sequence, drainedAt, clean }) => {
      writePosition.run(streamArn, sequence, drainedAt, clean ? 1 : 0);
    },
    scheduledUntil: (schedule) => readSchedule.get(schedule)?.until as number | undefined,
    saveScheduled: (schedule, until) => void writeSchedule.run(schedule, until),
    close: () => db.close(),
  };
};

export const md5Of = (text: string): string => createHash('md5').update(text).digest('hex');

/** A message in the form that Lambda gives to a function. */
export const toRecord = (message: Message, { arn }: QueueSpec): object => ({
  messageId: message.messageId,
  receiptHandle: `${message.id}`,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.groupId === null ? {} : { MessageGroupId: message.groupId }),
  },
  messageAttributes: {},
  md5OfBody: md5Of(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: arn.split(':')[3],
});
