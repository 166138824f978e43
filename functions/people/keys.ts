import { createHmac } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../refusals/problem.ts';
import { dynamodb, putNew } from '../runtime/dynamodb.ts';
import { uuidOf } from '../runtime/ids.ts';
import { onceFound } from '../runtime/once.ts';
import { peopleKey, peopleTable, settings } from '../runtime/settings.ts';
import { logger } from '../runtime/telemetry.ts';
import type { RecordKey } from './envelope.ts';

const kms = new KMSClient({});

/** A data key in plain form, for memory only, and wrapped by the district's KMS key, for storage. */
export interface DataKey {
  readonly plain: Uint8Array;
  readonly wrapped: Uint8Array;
}

const contextOf = ({ pk, sk }: RecordKey) => ({ district: settings().name, pk, sk });

/**
 * Calls KMS. A refusal must be solved by the operator; the answer does not say which record it was
 * about. Throttling is rethrown, as it passes.
 */
const ask = async <Answer>(request: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await request();
  } catch (error) {
    const { name: reason } = error as Error;
    if (reason === 'ThrottlingException') throw error;
    logger.error('key not usable', { reason });
    throw new Problem('record-unreadable');
  }
};

/** A new data key for one record. @throws Problem `record-unreadable` */
export const newDataKey = async (record: RecordKey): Promise<DataKey> => {
  const { Plaintext, CiphertextBlob } = await ask(() =>
    kms.send(
      new GenerateDataKeyCommand({
        KeyId: peopleKey(),
        KeySpec: 'AES_256',
        EncryptionContext: contextOf(record),
      }),
    ),
  );
  if (!Plaintext || !CiphertextBlob) throw new Problem('record-unreadable');
  return { plain: Plaintext, wrapped: CiphertextBlob };
};

/**
 * Unwraps a record's data key. It is never cached, so a record whose key was destroyed is
 * unreadable at once.
 * @throws Problem `record-unreadable`: the KMS key is lost or disabled, or the record is another
 * one
 */
export const unwrap = async (record: RecordKey, wrapped: Uint8Array): Promise<Uint8Array> => {
  const { Plaintext } = await ask(() =>
    kms.send(
      new DecryptCommand({
        KeyId: peopleKey(),
        CiphertextBlob: wrapped,
        EncryptionContext: contextOf(record),
      }),
    ),
  );
  if (!Plaintext) throw new Problem('record-unreadable');
  return Plaintext;
};

/** The one item of the partition `keys`: the district's key for keyed hashes, wrapped. */
const hashKeyRecord: RecordKey = { pk: 'keys', sk: 'index' };

const readHashKey = async (): Promise<Uint8Array | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: hashKeyRecord, ConsistentRead: true }),
  );
  return Item?.key as Uint8Array | undefined;
};

/**
 * Makes the district's key for keyed hashes, unless there is one. Of several made at once, one is
 * kept. A key that was lost is not to be replaced: nobody who is registered would be found by it. So
 * only the first step of a district's set-up calls this.
 * @throws Problem `record-unreadable`
 */
export const makeHashKey = async (): Promise<void> => {
  if (await readHashKey()) return;
  const { wrapped } = await newDataKey(hashKeyRecord);
  await putNew(peopleTable(), { ...hashKeyRecord, key: wrapped });
};

const openHashKey = async (): Promise<Uint8Array> => {
  const wrapped = await readHashKey();
  if (!wrapped) throw new Problem('not-set-up');
  return unwrap(hashKeyRecord, wrapped);
};

/** The key of a table's district, read and unwrapped once for each container. */
const hashKey = onceFound(openHashKey);

/**
 * A keyed hash, the same for the same parts in this district. Without the key it reveals nothing,
 * even when there are few possible values. 32 bytes, base64url.
 * @param parts the first one says what the hash is for. They are hashed as a JSON list, so a hash for
 * one purpose is none for another
 * @throws Problem `record-unreadable`; `not-set-up` before the district has an area
 */
export const blindHash = async (...parts: readonly string[]): Promise<string> =>
  createHmac('sha256', await hashKey(peopleTable()))
    .update(JSON.stringify(parts))
    .digest('base64url');

/**
 * A UUID that is the same for the same kind and parts in this district. Unlike `derivedId`, nobody
 * without the key can compute it from the parts.
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const keyedId = async (kind: string, ...parts: readonly string[]): Promise<string> =>
  uuidOf(Buffer.from(await blindHash('id', kind, ...parts), 'base64url'));

export type IndexKind = 'id-number' | 'phone' | 'name';

/**
 * The hash by which a normalised ID number or phone, or `nameIn` an area, is looked up.
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const blindIndex = (kind: IndexKind, value: string): Promise<string> =>
  blindHash('index', kind, value);
