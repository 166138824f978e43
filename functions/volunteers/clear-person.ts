import { personKey } from '../people/people.ts';
import { accessPrefix } from '../people/personal-access.ts';
import { deleteItems, queryItems } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/**
 * Deletes an erased person's notices and approvals. The notice of the erasure stays for as long as
 * notices are kept. So does the access log, which names staff and records acts before the erasure.
 * Items that remain after an error are deleted when the event is delivered again. `putUnderPerson`
 * deletes items that are written at the same time.
 * @returns how many items were deleted
 * @throws Error when the table was too busy to delete all items
 */
export const clearPerson = async (volunteerId: string): Promise<number> => {
  const items = await queryItems({
    TableName: peopleTable(),
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: 'attribute_not_exists(kind) OR kind <> :erased',
    ExpressionAttributeValues: { ':pk': personKey(volunteerId).pk, ':erased': 'erased' },
    ProjectionExpression: 'pk, sk',
    ConsistentRead: true,
  });
  // A filter expression cannot use a key.
  const cleared = items.filter(({ sk }) => !String(sk).startsWith(accessPrefix));
  await deleteItems(peopleTable(), cleared);
  return cleared.length;
};
