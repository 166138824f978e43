// The log of all events, for those who pull. It is in the table Outbound and in no generation of the Views, so
// that a place in it stays good when the Views are rebuilt.
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../../events/catalogue.ts';
import { chunksOf } from '../runtime/batches.ts';
import { dynamodb, jitter, putNew } from '../runtime/dynamodb.ts';
import { outboundTable } from '../runtime/settings.ts';
import type { PublicPart } from './public-part.ts';

/** What the log keeps of an event. */
export interface Told {
  readonly head: Pick<
    DomainEvent,
    'id' | 'type' | 'aggregate' | 'district' | 'recordedAt' | 'correlationId'
  >;
  readonly part: Omit<PublicPart, 'areasAbove'>;
  /** The area that it is about and all that contain it; empty when it is about none. */
  readonly areaIds: readonly string[];
}

/** A piece of the log: up to a hundred events. */
interface Piece {
  /** Milliseconds of when it was written, or one more than the piece before: pieces are in order. */
  readonly at: number;
  readonly events: readonly Told[];
}

const partition = 'events';
/** Milliseconds have 13 digits until the year 2286. */
const nameOf = (at: number): string => String(at).padStart(13, '0');

/** Days for which an event can be pulled. */
const keptDays = 35;
const piece = 100;
/** A batch that is repeated finds its events in one of the newest pieces. */
const lookedAt = 5;
const attempts = 20;

const query = async (more: object): Promise<readonly Piece[]> => {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: outboundTable(),
      KeyConditionExpression: 'pk = :pk',
      ConsistentRead: true,
      ...more,
    }),
  );
  return Items.map(({ sk, events }) => ({ at: Number(sk), events }));
};

/**
 * Adds events to the end of the log, in their order, but those of a batch that was added a moment ago. A piece
 * takes the next place or none, so who has read up to a place has seen all that is before it.
 * @param now epoch milliseconds
 * @throws Error when others write all the time
 */
export const addToLog = async (events: readonly Told[], now: number): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const newest = await query({
      ExpressionAttributeValues: { ':pk': partition },
      ScanIndexForward: false,
      Limit: lookedAt,
    });
    const known = new Set(newest.flatMap((each) => each.events.map(({ head }) => head.id)));
    const left = events.filter(({ head }) => !known.has(head.id));
    let at = Math.max(now, (newest[0]?.at ?? 0) + 1);
    let isOvertaken = false;
    for (const some of chunksOf(left, piece)) {
      isOvertaken = !(await putNew(outboundTable(), {
        ...{ pk: partition, sk: nameOf(at), events: some },
        expiresAt: Math.floor(now / 1000) + keptDays * 86_400,
      }));
      if (isOvertaken) break;
      at += 1;
    }
    if (!isOvertaken) return;
    if (attempt === attempts) throw new Error('the log of events is being written all the time');
    await jitter(Math.min(attempt, 5));
  }
};

/** A place in the log: after this many events of the piece at this time. */
export interface Place {
  readonly at: number;
  readonly index: number;
}

/** Pieces that are read for one page at most: a thousand events. */
const mostPieces = 10;

/**
 * The events after a place that are wanted, oldest first, and the place after the last event that was looked
 * at. A page ends early when a thousand events were looked at.
 */
export const readLog = async (
  from: Place,
  limit: number,
  isWanted: (told: Told) => boolean,
): Promise<{
  readonly events: readonly Told[];
  readonly place: Place;
  readonly isEnd: boolean;
}> => {
  const pieces = await query({
    KeyConditionExpression: 'pk = :pk AND sk >= :from',
    ExpressionAttributeValues: { ':pk': partition, ':from': nameOf(from.at) },
    Limit: mostPieces,
  });
  const events: Told[] = [];
  let place = from;
  for (const { at, events: all } of pieces)
    for (const [index, told] of all.entries()) {
      if (at === from.at && index < from.index) continue;
      if (events.length === limit) return { events, place, isEnd: false };
      if (isWanted(told)) events.push(told);
      place = { at, index: index + 1 };
    }
  return { events, place, isEnd: pieces.length < mostPieces };
};
