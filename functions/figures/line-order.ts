import { createHmac, randomBytes } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb, putNew } from '../runtime/dynamodb.ts';
import { onceFound } from '../runtime/once.ts';
import { viewsTable } from '../runtime/settings.ts';
import { pointerKey } from '../views/generations.ts';

/** Beside the pointer to the generations, because all of them use it. */
export const orderKeyItem = { pk: pointerKey.pk, sk: 'line-order' };

const readOrderKey = async (): Promise<Uint8Array | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: viewsTable(), Key: orderKeyItem, ConsistentRead: true }),
  );
  return Item?.key as Uint8Array | undefined;
};

/** When several are made at once, one is kept. */
const makeOrderKey = async (): Promise<Uint8Array> => {
  const key = randomBytes(32);
  if (await putNew(viewsTable(), { ...orderKeyItem, key })) return key;
  const kept = await readOrderKey();
  if (!kept) throw new Error('the key of the order of lines was deleted');
  return kept;
};

const orderKeyOf = onceFound(async () => (await readOrderKey()) ?? makeOrderKey());

/**
 * The random key of the order of lines. It is made once for the Views and read once by a container.
 * If it were lost, lines written from then on would only stand in another order.
 */
export const readLineOrder = (): Promise<Uint8Array> => orderKeyOf(viewsTable());

/**
 * The order of a line as it is stored: the id at its end is replaced by a keyed hash of the period,
 * the sort and the id. In the order of the ids, who may choose an id could find out between which
 * pseudonyms a person stands. The area and the theme before it stay, because they are selected by.
 *
 * @param month the line's partition, without its generation
 */
export const hiddenOrder = (key: Uint8Array, month: string, monthOrder: string): string => {
  const at = monthOrder.lastIndexOf('#') + 1;
  const id = monthOrder.slice(at);
  const hash = createHmac('sha256', key)
    .update(JSON.stringify([month, id]))
    .digest();
  return monthOrder.slice(0, at) + hash.subarray(0, 16).toString('base64url');
};
