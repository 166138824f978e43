import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../ledger/actor.ts';
import { Problem } from '../refusals/problem.ts';
import { dynamodb, putNew } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';
import { expiryOf } from './personal-access.ts';
import type { AccessReason } from './personal-access-reasons.ts';

/**
 * How many people one member of staff may compare with the records in an hour: one at a time; by the
 * numbers on rolls that they type and in records that they make or correct; by the rows of lists.
 */
export const mostAnHour = { single: 120, roll: 2_000, list: 40_000 } as const;

/** A look-up as it is kept: who asked when and why, and which records it found; not what was asked. */
export interface LookUp {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly reason: AccessReason;
  readonly found: readonly string[];
  readonly hash: string;
}

interface Asked {
  readonly actor: Actor;
  readonly at: number;
  readonly idempotency: { readonly key: string; readonly hash: string };
  readonly reason: AccessReason;
  readonly kind: keyof typeof mostAnHour;
  /** How many people are looked up. */
  readonly people: number;
}

const partitionOf = ({ id }: Actor): string => `look-up#${id}`;

const read = async (actor: Actor, key: string): Promise<LookUp | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: peopleTable(),
      Key: { pk: partitionOf(actor), sk: `key#${key}` },
      ConsistentRead: true,
    }),
  );
  return Item as unknown as LookUp | undefined;
};

/** Counts look-ups of the hour. @throws Problem `too-many-look-ups` */
export const countLookUps = async ({
  actor,
  at,
  kind,
  people,
}: Pick<Asked, 'actor' | 'at' | 'kind' | 'people'>): Promise<void> => {
  const hour = new Date(at).toISOString().slice(0, 13);
  const most = mostAnHour[kind];
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: peopleTable(),
        Key: { pk: partitionOf(actor), sk: `hour#${hour}#${kind}` },
        UpdateExpression: 'SET expiresAt = :expires ADD spent :people',
        ConditionExpression: 'attribute_not_exists(spent) OR spent <= :left',
        ExpressionAttributeValues: {
          ':expires': expiryOf(at, 2),
          ':people': people,
          ':left': most - people,
        },
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      throw new Problem('too-many-look-ups', { most });
    throw error;
  }
};

/**
 * A look-up, made once: a repeated request gets what the first one found, without spending another. It
 * is spent before anything is searched for, and kept before anything is answered, as long as the log
 * of readings.
 * @throws Problem `too-many-look-ups`, `idempotency-key-reused`
 */
export const lookUpOnce = async (
  asked: Asked,
  search: () => Promise<readonly string[]>,
): Promise<LookUp> => {
  const { actor, at, reason } = asked;
  const { key, hash } = asked.idempotency;
  const checked = (lookUp: LookUp): LookUp => {
    if (lookUp.hash !== hash) throw new Problem('idempotency-key-reused');
    return lookUp;
  };
  const earlier = await read(actor, key);
  if (earlier) return checked(earlier);
  await countLookUps(asked);
  const lookUp = { at, reason, found: await search(), hash };
  const isFirst = await putNew(peopleTable(), {
    pk: partitionOf(actor),
    sk: `key#${key}`,
    ...lookUp,
    expiresAt: expiryOf(at, settings().retention.accessLogDays),
  });
  // The same request, sent twice at once: the answer of the one that was kept.
  return isFirst ? lookUp : checked((await read(actor, key)) ?? lookUp);
};
