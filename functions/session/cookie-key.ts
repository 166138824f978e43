import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { RecordKey } from '../people/envelope.ts';
import { newDataKey, unwrap } from '../people/keys.ts';
import { Problem } from '../refusals/problem.ts';
import { dynamodb, putNew } from '../runtime/dynamodb.ts';
import { onceFound } from '../runtime/once.ts';
import { peopleTable } from '../runtime/settings.ts';

/** The month whose key seals what begins at an instant (UTC): each month has a key of its own. */
export const keyMonthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

const recordOf = (month: string): RecordKey => ({ pk: 'sessions', sk: `key#${month}` });

const readKey = async (month: string): Promise<Uint8Array | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: recordOf(month), ConsistentRead: true }),
  );
  return Item?.key as Uint8Array | undefined;
};

const openKey = async (month: string): Promise<Uint8Array> => {
  const wrapped = await readKey(month);
  if (!wrapped) throw new Problem('session-ended');
  return unwrap(recordOf(month), wrapped);
};

const opened = onceFound((name: string) => openKey(name.slice(-'yyyy-mm'.length)));

/**
 * The key of a month, read and unwrapped once for each container.
 * @throws Problem `session-ended` when nobody signed in in that month, `record-unreadable`
 */
export const cookieKey = (month: string): Promise<Uint8Array> =>
  opened(`${peopleTable()} ${month}`);

/** Makes the key of a month, unless there is one. Of several made at once, one is kept. */
export const makeCookieKey = async (month: string): Promise<void> => {
  if (await readKey(month)) return;
  const record = recordOf(month);
  const { wrapped } = await newDataKey(record);
  await putNew(peopleTable(), { ...record, key: wrapped });
};
