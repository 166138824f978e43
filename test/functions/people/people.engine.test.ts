import { entryAt } from '../../support/entries.ts';
import '../../support/tables.ts';

import { GetCommand, PutCommand, ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  AlsoWriteConflict,
  append,
  type Command,
  load,
  VersionConflict,
} from '../../../functions/ledger/ledger.ts';
import type { RecordKey } from '../../../functions/people/envelope.ts';
import { blindIndex } from '../../../functions/people/keys.ts';
import {
  changedPersonPut,
  changeSealed,
  destroyAction,
  indexAttribute,
  personKey,
  putSealed,
  readSealed,
  sealedPut,
  volunteersWith,
} from '../../../functions/people/people.ts';
import { leaveWithoutLog } from '../../../functions/people/personal-access.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { peopleTable } from '../../../functions/runtime/settings.ts';
import { noon } from '../../support/http-event.ts';
import { entry as line, place, sheetFact, sheetIdOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const unreadable = { name: 'Problem', code: 'record-unreadable' };
const lei = {
  name: '雷锋LEIFENG',
  phone: '13800138000',
  idDocument: { kind: 'resident-id', number: '11010519491231002X' },
  skills: ['急救', 'first-aid'],
  guardian: { name: '雷正兴' },
};
const one: RecordKey = personKey('1');
const two: RecordKey = personKey('2');
const three: RecordKey = personKey('3');

const destroy = (record: RecordKey): Promise<unknown> =>
  dynamodb.send(new TransactWriteCommand({ TransactItems: [destroyAction(record)] }));

type Raw = { key: Uint8Array; fields: Record<string, Uint8Array> } & Record<string, unknown>;
const raw = async (key = one): Promise<Raw> => {
  const { Item } = await dynamodb.send(new GetCommand({ TableName: peopleTable(), Key: key }));
  return Item as Raw;
};
const putRaw = (Item: object) =>
  dynamodb.send(
    new PutCommand({ TableName: peopleTable(), Item: Item as Record<string, unknown> }),
  );

beforeEach(freshTables);

test('a record comes back as it was given, with its plain attributes', async () => {
  await putSealed(one, lei, { phoneIndex: 'hash', expiresAt: 7 });
  expect(await readSealed(one)).toEqual({
    fields: lei,
    attributes: { phoneIndex: 'hash', expiresAt: 7 },
    revision: 1,
  });
  expect(await readSealed(two)).toBeUndefined();
});

test('of what is in the table nothing is plain, in whatever encoding one looks', async () => {
  await putSealed(one, lei, { phoneIndex: await blindIndex('phone', lei.phone) });
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: peopleTable() }));
  const bytes = (value: unknown): Buffer[] =>
    value instanceof Uint8Array
      ? [Buffer.from(value)]
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, inner]) => [Buffer.from(name), ...bytes(inner)])
        : [Buffer.from(String(value))];
  const all = Buffer.concat(Items.flatMap(bytes));
  expect(all.length).toBeGreaterThan(300);
  // What is looked for would be found: the names of the attributes are.
  expect(all.includes('guardian')).toBe(true);
  for (const text of [
    '雷锋',
    'LEIFENG',
    lei.phone,
    lei.idDocument.number,
    '急救',
    'first-aid',
    '雷正兴',
  ])
    for (const encoding of ['utf8', 'utf16le'] as const)
      for (const plain of [Buffer.from(text, encoding)])
        for (const form of [plain, plain.toString('base64').slice(0, -3), plain.toString('hex')])
          expect(all.includes(form)).toBe(false);
});

test('there is only one record of a key', async () => {
  await putSealed(one, lei);
  await expect(putSealed(one, { name: 'another' })).rejects.toMatchObject({ code: 'conflict' });
  expect((await readSealed(one))?.fields).toEqual(lei);
});

describe('what was moved does not open', () => {
  beforeEach(async () => {
    await putSealed(one, lei);
    await putSealed(two, { ...lei, phone: '13900139000' });
  });

  test('a field to another field of the record', async () => {
    const { fields, ...item } = await raw();
    await putRaw({ ...item, fields: { ...fields, phone: fields.name } });
    await expect(readSealed(one)).rejects.toMatchObject(unreadable);
  });

  test('a field to the same field of another record, with the key or without', async () => {
    const [mine, other] = [await raw(one), await raw(two)];
    await putRaw({ ...mine, fields: { ...mine.fields, phone: other.fields.phone } });
    await expect(readSealed(one)).rejects.toMatchObject(unreadable);
    await putRaw({ ...mine, key: other.key, fields: other.fields });
    await expect(readSealed(one)).rejects.toMatchObject(unreadable);
  });

  test('a whole record to another person, or to another sort key', async () => {
    const item = await raw();
    await putRaw({ ...item, ...three });
    await expect(readSealed(three)).rejects.toMatchObject(unreadable);
    await putRaw({ ...item, sk: 'guardian' });
    await expect(readSealed({ ...one, sk: 'guardian' })).rejects.toMatchObject(unreadable);
  });

  test('a record changed by a byte, in a field or in its key', async () => {
    const item = await raw();
    const flip = (bytes: Uint8Array | undefined) =>
      Uint8Array.from(bytes ?? [], (byte, at) => (at === 20 ? byte ^ 1 : byte));
    await putRaw({ ...item, fields: { ...item.fields, name: flip(item.fields.name) } });
    await expect(readSealed(one)).rejects.toMatchObject(unreadable);
    await putRaw({ ...item, key: flip(item.key) });
    await expect(readSealed(one)).rejects.toMatchObject(unreadable);
    await putRaw(item);
    expect((await readSealed(one))?.fields).toEqual(lei);
  });
});

test('the reason why a record does not open tells nothing of it', async () => {
  await putSealed(one, lei);
  await putRaw({ ...(await raw()), ...two });
  const error = (await readSealed(two).catch((thrown: Error) => thrown)) as Error;
  expect(JSON.stringify([error, error.message, error.cause])).not.toMatch(/雷|138|person#/);
});

describe('a change', () => {
  test('sets, takes away and keeps; the record keeps its key', async () => {
    await putSealed(one, lei, { phoneIndex: 'a', idNumberIndex: 'b' });
    const before = await raw();
    const after = await changeSealed(one, async ({ name }) => ({
      fields: { name: `${name}!`, guardian: null, phone: null },
      attributes: { phoneIndex: null, expiresAt: 9 },
    }));
    const expected = { name: `${lei.name}!`, idDocument: lei.idDocument, skills: lei.skills };
    expect(after).toEqual(expected);
    expect(await readSealed(one)).toEqual({
      fields: expected,
      attributes: { idNumberIndex: 'b', expiresAt: 9 },
      revision: 2,
    });
    const item = await raw();
    expect(item.key).toEqual(before.key);
    expect(Object.keys(item.fields).sort()).toEqual(['idDocument', 'name', 'skills']);
  });

  test('that somebody else was faster than is refused, and theirs stays', async () => {
    await putSealed(one, lei);
    const { action } = await changedPersonPut(leaveWithoutLog('1'), async () => ({
      fields: { name: 'slow' },
    }));
    await changeSealed(one, async () => ({ fields: { name: 'fast' } }));
    await expect(dynamodb.send(new PutCommand(action.Put as never))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    expect((await readSealed(one))?.fields.name).toBe('fast');
  });

  test('does not bring back a record that was destroyed meanwhile', async () => {
    await putSealed(one, lei);
    const { action } = await changedPersonPut(leaveWithoutLog('1'), async () => ({
      fields: { name: 'late' },
    }));
    await destroy(one);
    await expect(dynamodb.send(new PutCommand(action.Put as never))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    expect(await readSealed(one)).toBeUndefined();
  });
});

test('what is destroyed is gone at once, and from the index', async () => {
  const index = await blindIndex('phone', lei.phone);
  await putSealed(one, lei, { [indexAttribute('phone')]: index });
  await destroy(one);
  expect(await readSealed(one)).toBeUndefined();
  expect(await volunteersWith('phone', lei.phone)).toEqual([]);
  await expect(destroy(one)).resolves.toBeDefined();
});

test('people are found by phone and by number, and not one by the other’s', async () => {
  const attributes = {
    [indexAttribute('phone')]: await blindIndex('phone', lei.phone),
    [indexAttribute('id-number')]: await blindIndex('id-number', lei.idDocument.number),
  };
  await putSealed(one, lei, attributes);
  await putSealed(two, lei, { phoneIndex: attributes.phoneIndex ?? '' });
  await putSealed(three, lei);
  expect([...(await volunteersWith('phone', lei.phone))].sort()).toEqual(['1', '2']);
  expect(await volunteersWith('id-number', lei.idDocument.number)).toEqual(['1']);
  expect(await volunteersWith('id-number', lei.phone)).toEqual([]);
});

describe('together with an event', () => {
  const command: Command = {
    district: 'test',
    actor: { role: 'organiser', id: 'organiser-1' },
    at: noon,
    correlationId: 'c-1',
    idempotency: undefined,
  };
  const logged = sheetFact('HoursLogged', [line]);
  const stream = { type: 'sheet', id: sheetIdOf(place) };
  const entry = (version = 1) => entryAt(stream, version, logged, command);

  test('a record is put', async () => {
    await append([entry()], [await sealedPut(one, lei)]);
    expect(await load(stream)).toHaveLength(1);
    expect((await readSealed(one))?.fields).toEqual(lei);
  });

  test('a record is destroyed', async () => {
    await putSealed(one, lei);
    await append([entry()], [destroyAction(one)]);
    expect(await load(stream)).toHaveLength(1);
    expect(await readSealed(one)).toBeUndefined();
  });

  test('a version that exists leaves the record out', async () => {
    await append([entry()]);
    const put = await sealedPut(one, lei);
    const refused = await append([entry()], [put]).catch((error: Error) => error);
    expect(refused).toBeInstanceOf(VersionConflict);
    expect(refused).not.toBeInstanceOf(AlsoWriteConflict);
    expect(await readSealed(one)).toBeUndefined();
  });

  test('a record that is there leaves the event out, and says that it was the record', async () => {
    await putSealed(one, { name: 'first' });
    const put = await sealedPut(one, lei);
    const refused = await append([entry()], [put]).catch((error: Error) => error);
    expect(refused).toBeInstanceOf(AlsoWriteConflict);
    // Callers that try again after a conflict try again after this one.
    expect(refused).toBeInstanceOf(VersionConflict);
    expect(await load(stream)).toEqual([]);
    expect((await readSealed(one))?.fields).toEqual({ name: 'first' });
  });

  test('where both are refused, it is the version that is named', async () => {
    await append([entry()], [await sealedPut(one, lei)]);
    const put = await sealedPut(one, lei);
    const refused = await append([entry()], [put]).catch((error: Error) => error);
    expect(refused).not.toBeInstanceOf(AlsoWriteConflict);
  });
});
