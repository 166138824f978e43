import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { didWrite, dynamodb, putNew } from '../runtime/dynamodb.ts';
import { onceFound } from '../runtime/once.ts';
import { peopleTable } from '../runtime/settings.ts';

/** How often somebody without an account may ask for something within a time. */
export interface Budget {
  /** What is asked for. What is asked for another purpose is counted apart, under other hashes. One word. */
  readonly purpose: string;
  /** The time within which is counted: a day, or an hour of it. */
  readonly within: string;
  /** The day of that time, `yyyy-mm-dd`. */
  readonly day: string;
  /** Hours after the day's begin (UTC) when its salt goes: from then on nobody can try addresses on what is left. */
  readonly saltHours: number;
  readonly most: number;
  /** Epoch seconds. */
  readonly countedUntil: number;
}

const hourSeconds = 3600;

const readSalt = async (sk: string): Promise<string | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: peopleTable(),
      Key: { pk: 'source#salt', sk },
      ConsistentRead: true,
    }),
  );
  return Item?.salt as string | undefined;
};

const makeSalt = onceFound(async (name: string) => {
  const [, purpose = '', day = '', hours] = name.split(' ');
  const sk = `${purpose}#${day}`;
  const known = await readSalt(sk);
  if (known !== undefined) return known;
  const salt = randomBytes(32).toString('base64url');
  const expiresAt = Date.parse(`${day}T00:00:00Z`) / 1000 + Number(hours) * hourSeconds;
  const isNew = await putNew(peopleTable(), { pk: 'source#salt', sk, salt, expiresAt });
  return isNew ? salt : ((await readSalt(sk)) ?? salt);
});

/** The salt of a purpose and day, made with the first question of the day, and kept nowhere else. */
const saltOf = ({ purpose, day, saltHours }: Budget): Promise<string> =>
  makeSalt([peopleTable(), purpose, day, saltHours].join(' '));

/** The part of an address that one subscriber has: of IPv6 the network, of which anybody has many addresses. */
export const placeOf = (address: string): string => {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const zeros = Array<string>(missing).fill('0');
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
};

const spend = (place: string, { purpose, within, most, countedUntil }: Budget): Promise<boolean> =>
  didWrite(
    dynamodb.send(
      new UpdateCommand({
        TableName: peopleTable(),
        Key: { pk: `source#${place}`, sk: `${purpose}#${within}` },
        UpdateExpression: 'SET expiresAt = :expires ADD asked :one',
        ConditionExpression: 'attribute_not_exists(asked) OR asked < :most',
        ExpressionAttributeValues: { ':expires': countedUntil, ':one': 1, ':most': most },
      }),
    ),
  );

/**
 * Counts a question of somebody without an account. The address is kept as a hash with the salt of the day. One write,
 * refused or not.
 * @param source the address that asks
 * @returns whether the budget had room for it
 */
export const spendOfSource = async (
  source: string | undefined,
  budget: Budget,
): Promise<boolean> => {
  const hash = createHmac('sha256', await saltOf(budget))
    .update(placeOf(source ?? ''))
    .digest('base64url');
  return spend(hash, budget);
};

/** The same of all sources together. */
export const spendOfAll = (budget: Budget): Promise<boolean> => spend('all', budget);
