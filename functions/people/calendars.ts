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
  /** SHA-256 of the secret; empty when the calendar was ended. */
  readonly digest: string;
  /** Random: the secret is a keyed hash of it, so that a repeated command can show it again. */
  readonly salt: string;
  /** The key of the command that made it. */
  readonly madeBy: string;
  /** The keys of the commands before that made or ended one, newest first. */
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

/** Deletes a record's calendar, if there is one: its URL leads nowhere from then on. */
export const deleteCalendar = async (volunteerId: string): Promise<void> => {
  const Key = keyAt(await placeOf(volunteerId));
  await dynamodb.send(new DeleteCommand({ TableName: peopleTable(), Key }));
};

/** Commands before the last one of which a repetition is known. */
const knownEarlier = 100;
const attempts = 3;

/** Puts a record's calendar in place of what was found. @returns false when another command came first */
const replace = (
  place: string,
  found: KeptCalendar | undefined,
  kept: Omit<KeptCalendar, keyof RecordKey | 'earlier'>,
): Promise<boolean> => {
  const earlier = found ? [found.madeBy, ...found.earlier].slice(0, knownEarlier) : [];
  const Item: KeptCalendar = { ...keyAt(place), ...kept, earlier };
  const asFound = found
    ? {
        ConditionExpression: 'salt = :found',
        ExpressionAttributeValues: { ':found': found.salt },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  return didWrite(dynamodb.send(new PutCommand({ TableName: peopleTable(), Item, ...asFound })));
};

/**
 * Changes a record's calendar once for each command.
 * @param change gives null when the command is a repetition of the last one
 * @throws Problem `conflict` when others change it at the same time
 */
const changeOnce = async <Result>(
  volunteerId: string,
  by: string,
  change: (
    found: KeptCalendar | undefined,
  ) => Promise<
    | { readonly answer: Result }
    | { readonly answer: Result; readonly digest: string; readonly salt: string }
  >,
): Promise<Result | null> => {
  const place = await placeOf(volunteerId);
  for (let attempt = 1; ; attempt += 1) {
    const found = await read(place);
    if (found?.earlier.includes(by)) return null;
    const { answer, ...made } = await change(found);
    if (!('salt' in made)) return answer;
    if (await replace(place, found, { volunteerId, ...made, madeBy: by })) return answer;
    if (attempt === attempts) throw new Problem('conflict');
    await jitter(attempt);
  }
};

const newSalt = (): string => randomBytes(16).toString('base64url');

/**
 * Makes a record's calendar, in place of the one there was. A repetition makes none, and gets the same.
 * @param madeBy the key of the command
 * @returns what names the calendar in a URL, which nobody can guess; null for a repetition whose calendar was
 *   replaced or ended
 * @throws Problem `conflict` when others change it at the same time, `record-unreadable`, `not-set-up`
 */
export const makeCalendar = async (volunteerId: string, madeBy: string): Promise<string | null> => {
  const place = await placeOf(volunteerId);
  const named = await changeOnce(volunteerId, madeBy, async (found) => {
    const isRepeated = found?.madeBy === madeBy;
    const salt = isRepeated ? found.salt : newSalt();
    const secret = await secretOf(volunteerId, salt);
    const answer = `${place}${secret}`;
    return isRepeated ? { answer } : { answer, salt, digest: digest(Buffer.from(secret)) };
  });
  // Either this read finds an erasure, or what clears up after the erasure finds the calendar.
  if (named !== null && (await isErased(volunteerId))) await deleteCalendar(volunteerId);
  return named;
};

/**
 * Ends a record's calendar, if there is one: its URL leads nowhere from then on. What is left says which
 * commands there were, so that a late repetition neither makes one nor ends a newer one.
 * @param endedBy the key of the command; undefined when it has none
 */
export const endCalendar = async (
  volunteerId: string,
  endedBy: string | undefined,
): Promise<void> => {
  await changeOnce(volunteerId, endedBy ?? newSalt(), async (found) =>
    found && found.digest !== '' && found.madeBy !== endedBy
      ? { answer: null, salt: newSalt(), digest: '' }
      : { answer: null },
  );
};

/**
 * The record whose calendar a URL names; undefined when it names none, or none any more. One read, and
 * none for a text that cannot be a name.
 */
export const ownerOfCalendar = async (name: string): Promise<string | undefined> => {
  if (!form.test(name)) return undefined;
  const kept = await read(name.slice(0, placeLength));
  if (!kept || kept.digest === '') return undefined;
  const given = Buffer.from(digest(Buffer.from(name.slice(placeLength))));
  return timingSafeEqual(given, Buffer.from(kept.digest)) ? kept.volunteerId : undefined;
};
