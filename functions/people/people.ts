import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { Problem } from '../refusals/problem.ts';
import { dynamodb, jitter } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';
import { logger } from '../runtime/telemetry.ts';
import { open, type RecordKey, seal } from './envelope.ts';
import { blindIndex, type IndexKind, newDataKey, unwrap } from './keys.ts';

/** Personal values by name, in clear, held in memory only. Any JSON. */
export type Fields = Readonly<Record<string, unknown>>;
/** Attributes that name nobody: keyed hashes, counts, expiry. */
export type Attributes = Readonly<Record<string, string | number>>;

/** Attributes to set; null removes one. */
export type Changes = Readonly<Record<string, string | number | null>>;

/** An item as it is stored in the table. */
interface SealedItem extends RecordKey {
  readonly key: Uint8Array;
  readonly fields: Readonly<Record<string, Uint8Array>>;
  readonly revision: number;
}

export interface OpenRecord {
  readonly fields: Fields;
  readonly attributes: Attributes;
  /** Counts the record's writes, from 1. */
  readonly revision: number;
}

declare const person: unique symbol;
declare const granted: unique symbol;

/** The key of a person's record, which only a `Leave` opens. */
export interface PersonKey extends RecordKey {
  readonly [person]: true;
}
/** The key of a sealed record that is no person's. */
type OtherKey = RecordKey & { readonly [person]?: never };

export const personKey = (volunteerId: string): PersonKey =>
  ({ pk: `person#${volunteerId}`, sk: 'person' }) as PersonKey;

/**
 * Leave to open one person's record. Only `personal-access.ts` gives it: to the person, or to staff once
 * the reading is in the log.
 */
export interface Leave {
  readonly volunteerId: string;
  readonly [granted]: true;
}

/** The volunteer whose record it is. */
export const volunteerOf = ({ pk }: Pick<RecordKey, 'pk'>): string => pk.slice('person#'.length);

const indexes = {
  'id-number': { name: 'ByIdNumber', attribute: 'idNumberIndex' },
  phone: { name: 'ByPhone', attribute: 'phoneIndex' },
  name: { name: 'ByName', attribute: 'nameIndex' },
} as const;

export const indexAttribute = (kind: IndexKind): string => indexes[kind].attribute;

const sealAll = (dataKey: Uint8Array, { pk, sk }: RecordKey, fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([attribute, value]) => [
        attribute,
        seal(dataKey, { district: settings().name, pk, sk, attribute }, value),
      ]),
  );

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };

/**
 * The put of a new record under its own data key, for a transaction with other writes.
 * @throws Problem `record-unreadable`
 */
export const sealedPut = async (
  record: RecordKey,
  fields: Fields,
  attributes: Attributes = {},
): Promise<AlsoWrite & { readonly Put: object }> => {
  const { plain, wrapped } = await newDataKey(record);
  return {
    Put: {
      TableName: peopleTable(),
      Item: {
        ...attributes,
        ...record,
        key: wrapped,
        fields: sealAll(plain, record, fields),
        revision: 1,
      },
      ...isNew,
    },
  };
};

/** Stores the `sealedPut` alone. @throws Problem `conflict` when the record already exists */
export const putSealed = async (
  record: RecordKey,
  fields: Fields,
  attributes: Attributes = {},
): Promise<void> => {
  const { Put } = await sealedPut(record, fields, attributes);
  await put(Put as ConstructorParameters<typeof PutCommand>[0]);
};

const put = async (input: ConstructorParameters<typeof PutCommand>[0]): Promise<void> => {
  try {
    await dynamodb.send(new PutCommand(input));
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw new Problem('conflict');
    throw error;
  }
};

const readItem = async ({ pk, sk }: RecordKey): Promise<SealedItem | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: { pk, sk }, ConsistentRead: true }),
  );
  return Item as SealedItem | undefined;
};

const openAll = async ({ pk, sk, key, fields }: SealedItem) => {
  const dataKey = await unwrap({ pk, sk }, key);
  try {
    const opened = Object.entries(fields).map(([attribute, sealed]) => [
      attribute,
      open(dataKey, { district: settings().name, pk, sk, attribute }, sealed),
    ]);
    return { dataKey, fields: Object.fromEntries(opened) as Fields };
  } catch {
    logger.error('record does not open');
    throw new Problem('record-unreadable');
  }
};

const attributesOf = ({
  pk: _,
  sk: __,
  key: ___,
  fields: ____,
  revision: _____,
  ...rest
}: SealedItem) => rest as Attributes;

/**
 * What seals and opens values of a person at other places of the table, under the key of the person's record:
 * they cannot be opened any more from the moment at which the person is erased. Undefined when there is no record.
 * @throws Problem `record-unreadable`; `open` throws it for a value that does not open
 */
export const personSeal = async ({ volunteerId }: Leave) => {
  const record = personKey(volunteerId);
  const item = await readItem(record);
  if (!item) return undefined;
  const dataKey = await unwrap(record, item.key);
  const at = (place: RecordKey, attribute: string) => ({
    ...{ district: settings().name, pk: place.pk, sk: place.sk, attribute },
  });
  return {
    seal: (place: RecordKey, attribute: string, value: unknown): Uint8Array =>
      seal(dataKey, at(place, attribute), value),
    open: (place: RecordKey, attribute: string, sealed: Uint8Array): unknown => {
      try {
        return open(dataKey, at(place, attribute), sealed);
      } catch {
        logger.error('value does not open');
        throw new Problem('record-unreadable');
      }
    },
  };
};

const readRecord = async (record: RecordKey): Promise<OpenRecord | undefined> => {
  const item = await readItem(record);
  if (!item) return undefined;
  const { fields } = await openAll(item);
  return { fields, attributes: attributesOf(item), revision: item.revision };
};

/**
 * Reads and opens a record; undefined when it does not exist or no longer does. One read, one call
 * of KMS.
 * @throws Problem `record-unreadable`
 */
export const readSealed: (record: OtherKey) => Promise<OpenRecord | undefined> = readRecord;

/** `readSealed` for a person's record. */
export const openPerson = ({ volunteerId }: Leave): Promise<OpenRecord | undefined> =>
  readRecord(personKey(volunteerId));

type Change = (
  fields: Fields,
) => Promise<{ readonly fields: Fields; readonly attributes?: Changes }>;

const changedPut = async (
  record: RecordKey,
  change: Change,
): Promise<{ readonly action: AlsoWrite; readonly fields: Fields }> => {
  const item = await readItem(record);
  if (!item) {
    const { fields, attributes = {} } = await change({});
    const present = withoutNulls(fields);
    const action = await sealedPut(record, present, withoutNulls(attributes) as Attributes);
    return { action, fields: present };
  }
  const before = await openAll(item);
  const { fields, attributes = {} } = await change(before.fields);
  const after = withoutNulls({ ...before.fields, ...fields });
  return {
    fields: after,
    action: {
      Put: {
        TableName: peopleTable(),
        Item: {
          ...withoutNulls({ ...attributesOf(item), ...attributes }),
          ...record,
          key: item.key,
          fields: sealAll(before.dataKey, record, after),
          revision: item.revision + 1,
        },
        ConditionExpression: 'revision = :before',
        ExpressionAttributeValues: { ':before': item.revision },
      },
    },
  };
};

/**
 * The put that changes a person's fields and attributes (null removes one), on condition that the
 * record has not changed since. Creates the record when there is none. `fields` of the result are
 * all fields of the record after the change.
 * @throws Problem `record-unreadable`
 */
export const changedPersonPut = ({ volunteerId }: Leave, change: Change) =>
  changedPut(personKey(volunteerId), change);

/** `changedPersonPut` for a record that is no person's. */
export const changedSealedPut: (record: OtherKey, change: Change) => ReturnType<typeof changedPut> =
  changedPut;

/**
 * Stores the `changedPersonPut` alone.
 * @throws Problem `conflict` when another write came first, `record-unreadable`
 */
export const changePerson = async (leave: Leave, change: Change): Promise<void> => {
  const { action } = await changedPersonPut(leave, change);
  await put(action.Put as ConstructorParameters<typeof PutCommand>[0]);
};

const withoutNulls = (values: Fields): Fields =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));

const attempts = 3;

/**
 * Changes a record as `changedPersonPut` does, and stores it. Tries again when another write came first.
 * @throws Problem `conflict` when another write came first each time
 */
export const changeSealed = async (record: OtherKey, change: Change): Promise<Fields> => {
  for (let attempt = 1; ; attempt += 1) {
    const { action, fields } = await changedPut(record, change);
    try {
      await put(action.Put as ConstructorParameters<typeof PutCommand>[0]);
      return fields;
    } catch (error) {
      if (!(error instanceof Problem) || attempt === attempts) throw error;
      await jitter(attempt);
    }
  }
};

/**
 * Destroys a record with its key, in a transaction. The table holds nothing of it afterwards, its
 * point-in-time backup for 35 more days.
 */
export const destroyAction = ({ pk, sk }: RecordKey): AlsoWrite => ({
  Delete: { TableName: peopleTable(), Key: { pk, sk } },
});

/** A family may share a phone. At most this many records with one number are found. */
export const maxFound = 25;

/** The volunteers whose records have this number, or `nameIn` an area. One query, eventually consistent. */
export const volunteersWith = async (
  kind: IndexKind,
  value: string,
): Promise<readonly string[]> => {
  const { name, attribute } = indexes[kind];
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName: peopleTable(),
      IndexName: name,
      KeyConditionExpression: '#index = :index',
      ExpressionAttributeNames: { '#index': attribute },
      ExpressionAttributeValues: { ':index': await blindIndex(kind, value) },
      Limit: maxFound,
    }),
  );
  return ((Items ?? []) as RecordKey[]).map(volunteerOf);
};
