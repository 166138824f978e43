import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Alongside } from '../ledger/ledger.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import type { RecordKey } from './envelope.ts';

/** Which record a token's own id was linked to, when its person confirmed a registration. */
const linkKey = (selfId: string): RecordKey => ({ pk: `self#${selfId}`, sk: 'link' });

/** The link, to be made together with the confirmation; there can be one for a person. */
export const linkPut = (selfId: string, volunteerId: string): Alongside => ({
  Put: {
    TableName: peopleTable(),
    Item: { ...linkKey(selfId), volunteerId },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** Takes the link away, when the record, or the one it was merged into, is erased. */
export const unlink = (selfId: string): Alongside => ({
  Delete: { TableName: peopleTable(), Key: linkKey(selfId) },
});

/** The record a token's own id is linked to, or undefined. */
export const linkedRecord = async (selfId: string): Promise<string | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: linkKey(selfId), ConsistentRead: true }),
  );
  return Item?.volunteerId as string | undefined;
};
