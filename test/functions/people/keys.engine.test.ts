import '../../support/tables.ts';

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { RecordKey } from '../../../functions/people/envelope.ts';
import {
  blindHash,
  blindIndex,
  keyedId,
  makeHashKey,
  newDataKey,
  unwrap,
} from '../../../functions/people/keys.ts';
import {
  changeSealed,
  personKey,
  putSealed,
  readSealed,
} from '../../../functions/people/people.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { peopleTable } from '../../../functions/runtime/settings.ts';
import { createKmsActions, openKeys } from '../../../infra/local/data/kms.ts';
import { type Actions, serveActions } from '../../../infra/local/edge/actions.ts';
import type { LoopbackServer } from '../../../infra/local/edge/http.ts';
import { emptyTables, freshTables } from '../../support/tables.ts';

const unreadable = { name: 'Problem', code: 'record-unreadable' };

/** A KMS of this file's own: it can lose its keys, and counts what it is asked. */
let folder: string;
let server: LoopbackServer;
let actions: Actions;
const asked: string[] = [];

const start = (names: readonly string[] = ['people'], tablesExisted = false): void => {
  const keys = openKeys(folder, names, tablesExisted);
  actions = createKmsActions(keys, { region: 'us-east-1', account: '000000000000' });
};
const passOn = (target: string) => (input: object) => {
  asked.push(target);
  return actions[target]?.(input as Readonly<Record<string, unknown>>) ?? {};
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leifeng-kms-'));
  start();
  server = await serveActions(
    Object.fromEntries(Object.keys(actions).map((target) => [target, passOn(target)])),
  );
  process.env.AWS_ENDPOINT_URL_KMS = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.stop(0);
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await emptyTables();
  start();
  asked.length = 0;
});

const record: RecordKey = personKey('1');

const items = async () =>
  (await dynamodb.send(new ScanCommand({ TableName: peopleTable() }))).Items ?? [];

describe('a data key', () => {
  test('is unwrapped for its own record only', async () => {
    const { plain, wrapped } = await newDataKey(record);
    expect(plain).toHaveLength(32);
    expect(await unwrap(record, wrapped)).toEqual(plain);
    await expect(unwrap(personKey('2'), wrapped)).rejects.toMatchObject(unreadable);
    await expect(unwrap({ ...record, sk: 'other' }, wrapped)).rejects.toMatchObject(unreadable);
  });

  test('that was tampered with is refused', async () => {
    const { wrapped } = await newDataKey(record);
    const changed = Uint8Array.from(wrapped);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await expect(unwrap(record, changed)).rejects.toMatchObject(unreadable);
  });

  test('is asked for each time: nothing that was destroyed lives on in memory', async () => {
    const { wrapped } = await newDataKey(record);
    await unwrap(record, wrapped);
    await unwrap(record, wrapped);
    expect(asked).toEqual([
      'TrentService.GenerateDataKey',
      'TrentService.Decrypt',
      'TrentService.Decrypt',
    ]);
  });
});

describe('a blind index', () => {
  test('is the same for the same value, and another for another kind or district', async () => {
    await makeHashKey();
    const one = await blindIndex('phone', '13800138000');
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(await blindIndex('phone', '13800138000')).toBe(one);
    expect(await blindIndex('phone', '13800138001')).not.toBe(one);
    expect(await blindIndex('id-number', '13800138000')).not.toBe(one);
    await freshTables();
    expect(await blindIndex('phone', '13800138000')).not.toBe(one);
  });

  test('does not take two parts for one, nor a purpose for a part', async () => {
    await makeHashKey();
    const hashes = await Promise.all(
      [['a', 'b'], ['ab'], ['a,b'], ['["a","b"]'], ['b', 'a'], ['a', 'b', ''], ['a', '', 'b']].map(
        (parts) => blindHash(...parts),
      ),
    );
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('makes an id that another key, kind or part makes another one', async () => {
    await makeHashKey();
    const id = await keyedId('life', 'a', '2');
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(await keyedId('life', 'a', '2')).toBe(id);
    expect(await keyedId('life', 'a', '3')).not.toBe(id);
    expect(await keyedId('self', 'a', '2')).not.toBe(id);
    await freshTables();
    expect(await keyedId('life', 'a', '2')).not.toBe(id);
  });

  test('takes its key from the table once, however often it is asked', async () => {
    await makeHashKey();
    asked.length = 0;
    await Promise.all(Array.from({ length: 5 }, (_, n) => blindIndex('phone', `1380013800${n}`)));
    await blindIndex('phone', '13800138000');
    expect(asked).toEqual(['TrentService.Decrypt']);
  });

  test('is refused as long as there is no key, and makes none', async () => {
    await expect(blindIndex('phone', '1')).rejects.toMatchObject({ code: 'not-set-up' });
    expect(await items()).toEqual([]);
    expect(asked).toEqual([]);
    await makeHashKey();
    expect(await blindIndex('phone', '1')).toMatch(/^[\w-]{43}$/);
  });

  test('whose key does not open now is made later', async () => {
    await makeHashKey();
    const working = actions;
    actions = {};
    await expect(blindIndex('phone', '1')).rejects.toMatchObject(unreadable);
    actions = working;
    expect(await blindIndex('phone', '1')).toMatch(/^[\w-]{43}$/);
  });
});

describe('the key for keyed hashes', () => {
  test('of 20 that are made at once, one is kept, and every container uses it', async () => {
    type Keys = typeof import('../../../functions/people/keys.ts');
    const containers: Keys[] = [];
    for (let n = 0; n < 20; n += 1) {
      jest.resetModules();
      containers.push(await import('../../../functions/people/keys.ts'));
    }
    await Promise.all(containers.map((keys) => keys.makeHashKey()));
    // They did race: more than one of them made a key.
    expect(asked.filter((target) => target.endsWith('GenerateDataKey')).length).toBeGreaterThan(1);
    const hashes = await Promise.all(containers.map((keys) => keys.blindIndex('phone', '1')));
    expect(new Set(hashes).size).toBe(1);
    expect(await items()).toEqual([{ pk: 'keys', sk: 'index', key: expect.any(Uint8Array) }]);
  });

  test('is never replaced', async () => {
    await makeHashKey();
    const before = await items();
    await makeHashKey();
    expect(await items()).toEqual(before);
    expect(asked).toEqual(['TrentService.GenerateDataKey']);
  });

  test('whose making failed is made at the next try', async () => {
    const working = actions;
    actions = {};
    await expect(makeHashKey()).rejects.toMatchObject(unreadable);
    expect(await items()).toEqual([]);
    actions = working;
    await makeHashKey();
    expect(await items()).toHaveLength(1);
  });
});

describe('with the key file lost', () => {
  const raw = async () =>
    (await dynamodb.send(new GetCommand({ TableName: peopleTable(), Key: record }))).Item;

  test('nothing is read, nothing written and nothing spoilt; with it back, all is there', async () => {
    await makeHashKey();
    await putSealed(record, { name: '雷锋' });
    const before = await raw();
    const held = actions;
    rmSync(join(folder, 'kms-keys.json'));
    start(['people'], true);

    await expect(readSealed(record)).rejects.toMatchObject(unreadable);
    await expect(putSealed(personKey('2'), { name: '雷锋' })).rejects.toMatchObject(unreadable);
    await expect(
      changeSealed(record, async () => ({ fields: { name: '锋' } })),
    ).rejects.toMatchObject(unreadable);
    await expect(blindIndex('phone', '1')).rejects.toMatchObject(unreadable);
    expect(await raw()).toEqual(before);
    expect(await items()).toHaveLength(2);

    actions = held;
    expect(await readSealed(record)).toMatchObject({ fields: { name: '雷锋' } });
  });

  test('under a new key the old records stay closed', async () => {
    await putSealed(record, { name: '雷锋' });
    rmSync(join(folder, 'kms-keys.json'), { force: true });
    start();
    await expect(readSealed(record)).rejects.toMatchObject(unreadable);
  });
});

test('a busy KMS is not a lost key', async () => {
  const busy = () => {
    throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  };
  actions = { 'TrentService.GenerateDataKey': busy };
  await expect(newDataKey(record)).rejects.toMatchObject({ name: 'ThrottlingException' });
});
