import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { aggregate } from '../ledger/aggregate.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** Whether the Ledger says that a person was erased. A record is never used again after that. */
export const isErased = async (volunteerId: string): Promise<boolean> =>
  (await aggregate('volunteer').stateNow(volunteerId))?.status === 'erased';

/**
 * Puts an item that is erased with its person, such as a notice or an approval. Then reads whether
 * the person was erased, and if so deletes the item. Either this read finds the erasure, or
 * `clear-person`, which runs after every erasure, finds the item.
 */
export const putUnderPerson = async (
  volunteerId: string,
  item: Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string },
): Promise<void> => {
  const { pk, sk } = item;
  await dynamodb.send(new PutCommand({ TableName: peopleTable(), Item: item }));
  if (await isErased(volunteerId))
    await dynamodb.send(new DeleteCommand({ TableName: peopleTable(), Key: { pk, sk } }));
};
