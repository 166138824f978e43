import { createHmac, randomBytes } from 'node:crypto';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expiryOf } from '../people/personal-access.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { didWrite, dynamodb, putNew } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';

const dayKey = (day: string) => `complaint-day#${day}`;
/** Days for which the counts of a day are kept, and its salt. */
const keptDays = 2;

const readSalt = async (day: string): Promise<Uint8Array | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: peopleTable(),
      Key: { pk: dayKey(day), sk: 'salt' },
      ConsistentRead: true,
    }),
  );
  return Item?.salt as Uint8Array | undefined;
};

/** The salt of a day, made by the first who needs it and kept nowhere else. */
const saltOf = async (day: string, at: number): Promise<Uint8Array> => {
  const known = await readSalt(day);
  if (known) return known;
  const made = {
    pk: dayKey(day),
    sk: 'salt',
    salt: randomBytes(32),
    expiresAt: expiryOf(at, keptDays),
  };
  await putNew(peopleTable(), made);
  const salt = await readSalt(day);
  if (!salt) throw new Error('the salt of the day is not there');
  return salt;
};

/** What counts as one source: an IPv4 address, or the network of an IPv6 address, which one household has. */
export const sourceIn = (address: string): string => {
  const isV6 = address.includes(':');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (!isV6 || mapped !== undefined) return mapped ?? address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const parts = (of: string): readonly string[] => (of === '' ? [] : of.split(':'));
  const [front, back] = [parts(head), parts(tail)];
  const zeros = address.includes('::') ? Math.max(0, 8 - front.length - back.length) : 0;
  const all = [...front, ...Array.from({ length: zeros }, () => '0'), ...back];
  return all
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
};

/** Adds one to a count of the day unless it has come to its most. @returns whether it had room */
const count = (day: string, sk: string, most: number, at: number): Promise<boolean> =>
  didWrite(
    dynamodb.send(
      new UpdateCommand({
        TableName: peopleTable(),
        Key: { pk: dayKey(day), sk },
        UpdateExpression: 'SET expiresAt = :expires ADD spent :one',
        ConditionExpression: 'attribute_not_exists(spent) OR spent < :most',
        ExpressionAttributeValues: { ':expires': expiryOf(at, keptDays), ':one': 1, ':most': most },
      }),
    ),
  );

/**
 * Counts a complaint of the day: of its source, by a hash under the day's salt, and of all. The address itself is
 * written nowhere.
 * @throws Problem `too-many-complaints`
 */
export const spend = async (address: string, at: number): Promise<void> => {
  const { timezone, complaints } = settings();
  const day = localDateOf(at, timezone);
  const hash = createHmac('sha256', await saltOf(day, at))
    .update(sourceIn(address))
    .digest('base64url');
  const { perSource, perDay } = complaints;
  if (!(await count(day, `source#${hash}`, perSource, at)))
    throw new Problem('too-many-complaints');
  if (!(await count(day, 'all', perDay, at))) throw new Problem('too-many-complaints');
};
