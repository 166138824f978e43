import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import type { RecordKey } from '../people/envelope.ts';
import { readSealed, sealedPut } from '../people/people.ts';
import { expiryOf } from '../people/personal-access.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';

/** What somebody wrote. None of it is anywhere else. */
export interface Written {
  readonly text: string;
  readonly contact: string | null;
  /** The page from which the form was opened. */
  readonly page: string | null;
}

export const writtenKey = (number: string): RecordKey => ({
  pk: `complaint#${number}`,
  sk: 'complaint',
});

/** Seals what somebody wrote, until a time that the district's settings say. */
export const writtenPut = (number: string, written: Written, at: number): Promise<AlsoWrite> =>
  sealedPut(
    writtenKey(number),
    { ...written },
    { expiresAt: expiryOf(at, settings().complaints.keptDays) },
  );

/** What somebody wrote; undefined when the time for it is over, whether or not it has been deleted yet. */
export const readWritten = async (number: string, at: number): Promise<Written | undefined> => {
  const record = await readSealed(writtenKey(number));
  if (!record || Number(record.attributes.expiresAt) * 1000 <= at) return undefined;
  const { text, contact = null, page = null } = record.fields;
  return { text, contact, page } as Written;
};

/** Brings the end forward: some days after the complaint is closed. Nothing when it is gone, or ends earlier. */
export const endSooner = async (number: string, at: number): Promise<readonly AlsoWrite[]> => {
  const key = writtenKey(number);
  const expires = expiryOf(at, settings().complaints.keptDaysAfterClose);
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: peopleTable(),
      Key: { ...key },
      ProjectionExpression: 'expiresAt',
      ConsistentRead: true,
    }),
  );
  if (!Item || Number(Item.expiresAt) <= expires) return [];
  return [
    {
      Update: {
        TableName: peopleTable(),
        Key: { ...key },
        UpdateExpression: 'SET expiresAt = :expires',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':expires': expires },
      },
    },
  ];
};
