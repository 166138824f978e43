import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createKmsActions, openKeys } from '../../../../infra/local/data/kms.ts';
import { serveActions } from '../../../../infra/local/edge/actions.ts';
import { onlyPrograms, statusesFor } from '../../../support/pages.ts';
import { temporaryFolder } from '../fixture-app.ts';

const where = { region: 'us-east-1', account: '000000000000' };
const arnOf = (name: string) => `arn:aws:kms:us-east-1:000000000000:key/${name}`;
const context = { district: 'd', pk: 'person#1', sk: 'person' };

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const newFolder = (): string => {
  const { path, remove } = temporaryFolder();
  cleanups.push(remove);
  return path;
};

/** The SDK's own client before the actions, as a function has it. */
const clientOn = async (
  folder: string,
  names = ['one', 'two'],
  tablesExisted = false,
): Promise<KMSClient> => {
  const server = await serveActions(
    createKmsActions(openKeys(folder, names, tablesExisted), where),
  );
  cleanups.push(() => server.stop(0));
  const client = new KMSClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${server.port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  cleanups.push(() => client.destroy());
  return client;
};

const generate = (client: KMSClient, KeyId = 'one') =>
  client.send(
    new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext: context }),
  );
const decrypt = (
  client: KMSClient,
  CiphertextBlob: Uint8Array | undefined,
  EncryptionContext: Record<string, string> = context,
  KeyId: string | undefined = 'one',
) => client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, KeyId }));

describe('a data key', () => {
  test('is unwrapped by its key in its context, in whatever order that is given', async () => {
    const client = await clientOn(newFolder());
    const made = await generate(client);
    expect(made.Plaintext).toHaveLength(32);
    expect(made.KeyId).toBe(arnOf('one'));
    const { Plaintext, KeyId } = await decrypt(client, made.CiphertextBlob, {
      sk: 'person',
      pk: 'person#1',
      district: 'd',
    });
    expect(Plaintext).toEqual(made.Plaintext);
    expect(KeyId).toBe(arnOf('one'));
    expect((await decrypt(client, made.CiphertextBlob, context, arnOf('one'))).Plaintext).toEqual(
      made.Plaintext,
    );
  });

  test('is another each time, and not in its wrapping', async () => {
    const client = await clientOn(newFolder());
    const [a, b] = [await generate(client), await generate(client)];
    expect(a.Plaintext).not.toEqual(b.Plaintext);
    expect(Buffer.from(a.CiphertextBlob ?? []).includes(Buffer.from(a.Plaintext ?? []))).toBe(
      false,
    );
  });

  test.each<[string, Record<string, string>]>([
    ['another district', { ...context, district: 'e' }],
    ['another record', { ...context, pk: 'person#2' }],
    ['another kind of record', { ...context, sk: 'pending' }],
    ['less', { district: 'd', pk: 'person#1' }],
    ['more', { ...context, more: '' }],
    ['nothing', {}],
  ])('does not open in a context of %s', async (_, wrong) => {
    const client = await clientOn(newFolder());
    const { CiphertextBlob } = await generate(client);
    await expect(decrypt(client, CiphertextBlob, wrong)).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  test('does not open with any of its bytes changed', async () => {
    const client = await clientOn(newFolder(), ['one']);
    const { CiphertextBlob = new Uint8Array() } = await generate(client);
    for (let at = 0; at < CiphertextBlob.length; at += 1) {
      const changed = Uint8Array.from(CiphertextBlob);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(decrypt(client, changed)).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
    }
    await expect(decrypt(client, CiphertextBlob.subarray(0, 4))).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  test('does not open for another key', async () => {
    const client = await clientOn(newFolder());
    const { CiphertextBlob } = await generate(client);
    await expect(decrypt(client, CiphertextBlob, context, 'two')).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });
});

test('there are no keys but the template’s, and no other actions', async () => {
  const client = await clientOn(newFolder());
  await expect(generate(client, 'alias/one')).rejects.toMatchObject({ name: 'NotFoundException' });
  await expect(
    client.send(new EncryptCommand({ KeyId: 'one', Plaintext: Buffer.from('x') })),
  ).rejects.toMatchObject({ name: 'UnknownOperationException' });
  await expect(
    client.send(new GenerateDataKeyCommand({ KeyId: 'one', NumberOfBytes: 1025 })),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

describe('the key file', () => {
  const fileIn = (folder: string) => join(folder, 'kms-keys.json');

  test('is the owner’s to read only, and keeps its keys over a restart', async () => {
    const folder = newFolder();
    const { CiphertextBlob, Plaintext } = await generate(await clientOn(folder));
    expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600);
    const again = await clientOn(folder, ['one', 'two'], true);
    expect((await decrypt(again, CiphertextBlob)).Plaintext).toEqual(Plaintext);
  });

  test('gets a key that the template has anew, and keeps the others', async () => {
    const folder = newFolder();
    const { CiphertextBlob, Plaintext } = await generate(await clientOn(folder, ['one']));
    const { one } = JSON.parse(readFileSync(fileIn(folder), 'utf8'));
    const client = await clientOn(folder, ['one', 'two'], true);
    expect(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).toEqual({
      one,
      two: expect.any(String),
    });
    expect((await decrypt(client, CiphertextBlob)).Plaintext).toEqual(Plaintext);
  });

  test.each<[string, (file: string) => void, RegExp]>([
    ['gone', (file) => rmSync(file), /kms-keys\.json is gone, though the tables are there/],
    ['cut off', (file) => writeFileSync(file, '{"one": "'), /kms-keys\.json cannot be read/],
    ['not of keys', (file) => writeFileSync(file, '{"one": "c2hvcnQ="}'), /cannot be read/],
    ['no map', (file) => writeFileSync(file, 'null'), /cannot be read/],
  ])('%s: says so, opens and makes nothing, writes nothing', async (_, spoil, said) => {
    const folder = newFolder();
    const { CiphertextBlob } = await generate(await clientOn(folder));
    const file = fileIn(folder);
    const kept = readFileSync(file);
    spoil(file);
    const left = statSync(file, { throwIfNoEntry: false })?.size;
    expect(openKeys(folder, ['one'], true).warning).toMatch(said);

    const client = await clientOn(folder, ['one', 'two'], true);
    await expect(decrypt(client, CiphertextBlob)).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
    await expect(generate(client)).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
    expect(statSync(file, { throwIfNoEntry: false })?.size).toBe(left);

    writeFileSync(file, kept);
    const mended = await clientOn(folder, ['one', 'two'], true);
    expect((await decrypt(mended, CiphertextBlob)).Plaintext).toHaveLength(32);
  });

  test('of another host opens nothing', async () => {
    const { CiphertextBlob } = await generate(await clientOn(newFolder()));
    await expect(decrypt(await clientOn(newFolder()), CiphertextBlob)).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });
});

test('no page of a browser has data keys made', async () => {
  const server = await serveActions({ 'TrentService.GenerateDataKey': () => ({}) });
  cleanups.push(() => server.stop(0));
  const endpoint = `http://127.0.0.1:${server.port}`;
  expect(await statusesFor(endpoint, 'TrentService.GenerateDataKey')).toEqual(onlyPrograms);
});
