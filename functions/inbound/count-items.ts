import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expiryOf } from '../people/personal-access.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';

/**
 * Counts the items that a partner hands in on a local day.
 * @throws Problem `too-many-items` when they are more than it may, and then none of them is counted
 */
export const countItems = async (
  partnerId: string,
  { at, items, most }: { readonly at: number; readonly items: number; readonly most: number },
): Promise<void> => {
  if (items > most) throw new Problem('too-many-items', { most });
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: peopleTable(),
        Key: { pk: `inbound#${partnerId}`, sk: `day#${localDateOf(at, settings().timezone)}` },
        UpdateExpression: 'SET expiresAt = :expires ADD #items :items',
        ConditionExpression: 'attribute_not_exists(#items) OR #items <= :left',
        ExpressionAttributeNames: { '#items': 'items' },
        ExpressionAttributeValues: {
          ':expires': expiryOf(at, 3),
          ':items': items,
          ':left': most - items,
        },
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      throw new Problem('too-many-items', { most });
    throw error;
  }
};
