// The secrets of private calendars. A person's calendar is one item, at a place that only the district's
// key can compute. Its URL names the place and the secret, and no person.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../refusals/problem.ts';
import { didWrite, dynamodb, jitter } from '../runtime/dynamodb.ts';
import { digest } from '../runtime/ids.ts';
import { peopleTable } from '../runtime/settings.ts';
import type { RecordKey } from './envelope.ts';
import { blindHash } from './keys.ts';
import { isErased } from './under-person.ts';

/** A private calendar as it is kept: without its secret. */
interface KeptCalendar extends RecordKey {
  /** The record that the token of whoever made it leads to. */
  readonly volunteerId: string;
  /** SHA-256 of the secret. */
  readonly digest: string;
  /** Random: the secret is a keyed hash of it, so that a repeated command can show it again. */
  readonly salt: string;
  /** The key of the command that made it. */
  readonly madeBy: string;
  /** The keys of the commands that made those before it, newest first. */
  readonly earlier: readonly string[];
}

/** Characters of base64url: 132 bits say where it is kept, and 256 bits are the secret. */
const placeLength = 22;
const secretLength = 43;
const form = new RegExp(`^[\\w-]{${placeLength + secretLength}}$`);

const keyAt = (place: string): RecordKey => ({ pk: `calendar#${place}`, sk: 'calendar' });

const placeOf = async (volunteerId: string): Promise<string> =>
  (await blindHash('calendar', volunteerId)).slice(0, placeLength);

const secretOf = (volunteerId: string, salt: string): Promise<string> =>
  blindHash('calendar-secret', volunteerId, salt);

const read = async (place: string): Promise<KeptCalendar | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: keyAt(place), ConsistentRead: true }),
  );
  return Item as KeptCalendar | undefined;
};

/** Ends a record's calendar, if there is one: its URL leads nowhere from then on. */
export const endCalendar = async (volunteerId: string): Promise<void> => {
  const Key = keyAt(await placeOf(volunteerId));
  await dynamodb.send(new DeleteCommand({ TableName: peopleTable(), Key }));
};

/** Calendars before the present one of which a repeated command is known. */
const knownEarlier = 20;
const attempts = 3;

/**
 * Makes a record's calendar, in place of the one there was. A repetition makes none, and gets the same.
 * @param madeBy the key of the command
 * @returns what names the calendar in a URL, which nobody can guess; null for a repetition whose calendar
 *   another one has replaced
 * @throws Problem `conflict` when others make one at the same time, `record-unreadable`, `not-set-up`
 */
export const makeCalendar = async (volunteerId: string, madeBy: string): Promise<string | null> => {
  const place = await placeOf(volunteerId);
  for (let attempt = 1; ; attempt += 1) {
    const found = await read(place);
    if (found?.madeBy === madeBy) return `${place}${await secretOf(volunteerId, found.salt)}`;
    if (found?.earlier.includes(madeBy)) return null;
    const earlier = found ? [found.madeBy, ...found.earlier].slice(0, knownEarlier) : [];
    const salt = randomBytes(16).toString('base64url');
    const secret = await secretOf(volunteerId, salt);
    const kept = { volunteerId, digest: digest(Buffer.from(secret)), salt, madeBy, earlier };
    const isMade = await didWrite(
      dynamodb.send(
        new PutCommand({
          TableName: peopleTable(),
          Item: { ...keyAt(place), ...kept } satisfies KeptCalendar,
          ...(found
            ? {
                ConditionExpression: 'salt = :found',
                ExpressionAttributeValues: { ':found': found.salt },
              }
            : { ConditionExpression: 'attribute_not_exists(pk)' }),
        }),
      ),
    );
    if (isMade) {
      // Either this read finds an erasure, or what clears up after the erasure finds the calendar.
      if (await isErased(volunteerId)) await endCalendar(volunteerId);
      return `${place}${secret}`;
    }
    if (attempt === attempts) throw new Problem('conflict');
    await jitter(attempt);
  }
};

/**
 * The record whose calendar a URL names; undefined when it names none, or none any more. One read, and
 * none for a text that cannot be a name.
 */
export const ownerOfCalendar = async (name: string): Promise<string | undefined> => {
  if (!form.test(name)) return undefined;
  const kept = await read(name.slice(0, placeLength));
  if (!kept) return undefined;
  const given = Buffer.from(digest(Buffer.from(name.slice(placeLength))));
  return timingSafeEqual(given, Buffer.from(kept.digest)) ? kept.volunteerId : undefined;
};
