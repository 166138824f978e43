// The log of all events, for those who pull. It is in the table Outbound and in no generation of the Views, so
// that a place in it stays good when the Views are rebuilt.

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../../events/catalogue.ts';
import { chunksOf } from '../runtime/batches.ts';
import { dayMs } from '../runtime/calendar.ts';
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

/** A piece of the log: up to a hundred events. Pieces are numbered without gaps. */
interface Piece {
  readonly number: number;
  /** When it was written (epoch ms), and not before the piece before it. */
  readonly at: number;
  readonly events: readonly Told[];
}

const partition = 'events';
/** Numbers have 14 digits at most: see `firstNumber`. */
const nameOf = (number: number): string => String(number).padStart(14, '0');

/** Days for which an event can be pulled. */
const keptDays = 35;
const most = 100;
/** A batch that is repeated finds its events in one of the newest pieces. */
const lookedAt = 5;
const attempts = 20;

/**
 * The number of the first piece of an empty log. A log is empty again when nothing happened for 35 days, and
 * then begins above all numbers that it had.
 */
const firstNumber = (now: number): number => Math.floor(now / dayMs) * 1_000_000;

const query = async (more: object): Promise<readonly Piece[]> => {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: outboundTable(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partition },
      ConsistentRead: true,
      ...more,
    }),
  );
  return Items.map(({ sk, at, events }) => ({ number: Number(sk), at, events }));
};

/**
 * Adds events to the end of the log, in their order, but those of a batch that was added a moment ago. A piece
 * takes the number after the newest one, or is not written: so nothing is ever written before a place that
 * somebody has read up to.
 * @param now epoch milliseconds
 * @throws Error when others write all the time
 */
export const addToLog = async (events: readonly Told[], now: number): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const newest = await query({ ScanIndexForward: false, Limit: lookedAt });
    const known = new Set(newest.flatMap((each) => each.events.map(({ head }) => head.id)));
    const left = events.filter(({ head }) => !known.has(head.id));
    const at = Math.max(now, newest[0]?.at ?? 0);
    let number = newest[0] ? newest[0].number + 1 : firstNumber(now);
    let isOvertaken = false;
    for (const some of chunksOf(left, most)) {
      isOvertaken = !(await putNew(outboundTable(), {
        ...{ pk: partition, sk: nameOf(number), at, events: some },
        expiresAt: Math.floor(now / 1000) + keptDays * 86_400,
      }));
      if (isOvertaken) break;
      number += 1;
    }
    if (!isOvertaken) return;
    if (attempt === attempts) throw new Error('the log of events is being written all the time');
    await jitter(Math.min(attempt, 5));
  }
};

/** A place in the log: after this many events of the piece with this number. */
export interface Place {
  readonly number: number;
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
    ExpressionAttributeValues: { ':pk': partition, ':from': nameOf(from.number) },
    Limit: mostPieces,
  });
  const events: Told[] = [];
  let place = from;
  for (const { number, events: all } of pieces)
    for (const [index, told] of all.entries()) {
      if (number === from.number && index < from.index) continue;
      if (events.length === limit) return { events, place, isEnd: false };
      if (isWanted(told)) events.push(told);
      place = { number, index: index + 1 };
    }
  return { events, place, isEnd: pieces.length < mostPieces };
};

/** An event is written so much later than it was recorded at most, unless the log was behind. */
const marginMs = 15 * 60_000;

/**
 * The place before every event that was recorded at a time or later. Looks for it by halves, as pieces are
 * numbered without gaps and their times rise.
 */
export const placeAt = async (time: number): Promise<Place> => {
  const [oldest] = await query({ Limit: 1 });
  const [newest] = await query({ ScanIndexForward: false, Limit: 1 });
  if (!oldest || !newest) return { number: 0, index: 0 };
  let [low, high] = [oldest.number, newest.number + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [found] = await query({
      KeyConditionExpression: 'pk = :pk AND sk >= :from',
      ExpressionAttributeValues: { ':pk': partition, ':from': nameOf(middle) },
      Limit: 1,
    });
    if (!found || found.at >= time - marginMs) high = middle;
    else low = middle + 1;
  }
  return { number: low, index: 0 };
};
