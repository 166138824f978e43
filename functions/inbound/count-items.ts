import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { expiryOf } from '../people/personal-access.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { cancellationCodes, dynamodb, isContended, jitter } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';

/** Days for which a counted batch is known, and for which a day's count is kept. */
const keptDays = 3;
const conditionFailed = 'ConditionalCheckFailed';

interface Handed {
  readonly batchId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly items: number;
  /** The items of a local day at most. */
  readonly most: number;
}

/** Batches of a partner that come at the same moment write the same count. */
const attempts = 5;

/** The write that counts a batch, unless it was counted before. */
const countOf = (
  partnerId: string,
  { batchId, at, items, most }: Handed,
): TransactWriteCommandInput['TransactItems'] => {
  const table = { TableName: peopleTable() };
  const pk = `inbound#${partnerId}`;
  const expiresAt = expiryOf(at, keptDays);
  return [
    {
      Put: {
        ...table,
        Item: { pk, sk: `batch#${batchId}`, expiresAt },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        ...table,
        Key: { pk, sk: `day#${localDateOf(at, settings().timezone)}` },
        UpdateExpression: 'SET expiresAt = :expires ADD #items :items',
        ConditionExpression: 'attribute_not_exists(#items) OR #items <= :left',
        ExpressionAttributeNames: { '#items': 'items' },
        ExpressionAttributeValues: {
          ':expires': expiresAt,
          ':items': items,
          ':left': most - items,
        },
      },
    },
  ];
};

/**
 * Counts the items that a partner hands in on a local day. A batch that comes again after it broke off is
 * counted once.
 * @throws Problem `too-many-items` when they are more than it may, and then none of them is counted;
 *   `conflict` when other batches of the partner came first each time
 */
export const countItems = async (partnerId: string, handed: Handed): Promise<void> => {
  const { items, most } = handed;
  if (items > most) throw new Problem('too-many-items', { most });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await dynamodb.send(new TransactWriteCommand({ TransactItems: countOf(partnerId, handed) }));
      return;
    } catch (error) {
      const [counted, tooMany] = cancellationCodes(error) ?? [];
      if (counted === conditionFailed) return;
      if (tooMany === conditionFailed) throw new Problem('too-many-items', { most });
      if (!isContended(error)) throw error;
      if (attempt === attempts) throw new Problem('conflict');
      await jitter(attempt);
    }
  }
};
