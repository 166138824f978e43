import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { aggregate } from '../ledger/aggregate.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** Whether a person was erased, by the Ledger. Nobody comes back under the same record. */
export const isErased = async (volunteerId: string): Promise<boolean> =>
  (await aggregate('volunteer').stateNow(volunteerId))?.status === 'erased';

/**
 * Puts an item of a person that goes when they are erased, as notices and approvals do. The person is
 * looked up after the item is there, and it is taken away again if they were erased. So either this
 * finds the erasure, or `clear-person`, which comes after every erasure, finds the item.
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
