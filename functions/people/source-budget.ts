import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../refusals/problem.ts';
import { didWrite, dynamodb, putNew } from '../runtime/dynamodb.ts';
import { onceFound } from '../runtime/once.ts';
import { peopleTable } from '../runtime/settings.ts';

/** What the public may ask for so many times an hour from one place. An office has one address for many people. */
const mostAnHour = { certificates: 120 } as const;
type Purpose = keyof typeof mostAnHour;

const hourSeconds = 3600;
/** Salts are deleted soon after their day: from then on nobody can try addresses on what is left. */
const saltSeconds = 26 * hourSeconds;

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;

const saltKey = (day: string) => ({ pk: 'source#salt', sk: day });

const readSalt = async (day: string): Promise<string | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: saltKey(day), ConsistentRead: true }),
  );
  return Item?.salt as string | undefined;
};

/** The salt of a day (UTC), made with the first question of the day, and kept nowhere else. */
const saltOf = onceFound(async (name: string) => {
  const day = name.slice(-'yyyy-mm-dd'.length);
  const known = await readSalt(day);
  if (known !== undefined) return known;
  const salt = randomBytes(32).toString('base64url');
  const expiresAt = startOf(day) + saltSeconds;
  const isNew = await putNew(peopleTable(), { ...saltKey(day), salt, expiresAt });
  return isNew ? salt : ((await readSalt(day)) ?? salt);
});

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

/**
 * Counts a question of somebody without an account. The address is kept as a hash with the salt of the day, for
 * two hours. One write, refused or not.
 * @param source the address that asks
 * @param at epoch milliseconds
 * @throws Problem `too-many-questions`
 */
export const spendQuestion = async (
  purpose: Purpose,
  source: string | undefined,
  at: number,
): Promise<void> => {
  const instant = new Date(at).toISOString();
  const salt = await saltOf(`${peopleTable()} ${instant.slice(0, 10)}`);
  const place = createHmac('sha256', salt)
    .update(placeOf(source ?? ''))
    .digest('base64url');
  const most = mostAnHour[purpose];
  const isCounted = await didWrite(
    dynamodb.send(
      new UpdateCommand({
        TableName: peopleTable(),
        Key: { pk: `source#${place}`, sk: `${purpose}#${instant.slice(0, 13)}` },
        UpdateExpression: 'SET expiresAt = :expires ADD asked :one',
        ConditionExpression: 'attribute_not_exists(asked) OR asked < :most',
        ExpressionAttributeValues: {
          ':expires': Math.floor(at / 1000) + 2 * hourSeconds,
          ':one': 1,
          ':most': most,
        },
      }),
    ),
  );
  if (!isCounted) throw new Problem('too-many-questions', { most });
};
