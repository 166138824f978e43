import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { type Host, startHost } from '../../../../infra/local/host.ts';
import { createClient } from '../../../../infra/season/client.ts';
import { foundDistrict } from '../../../../infra/season/found-district.ts';
import { temporaryFolder } from '../fixture-app.ts';

const lei = { name: '雷锋LEIFENG', phone: '+8613800138000', address: '望花区建设街' };

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const start = async (dataDir: string): Promise<Host> => {
  const host = await startHost({ cdkOut: process.env.TEST_CDK_OUT ?? '', dataDir, port: 0 });
  cleanups.push(host.stop);
  return host;
};

const everyByteBelow = (folder: string): Buffer =>
  Buffer.concat(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path)),
  );

test('a host that lost its key file serves all but personal data, and loses nothing', async () => {
  const { path: dataDir, remove } = temporaryFolder();
  cleanups.push(remove);
  const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const keyFile = join(dataDir, 'kms-keys.json');

  const first = await start(dataDir);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  await foundDistrict(createClient(first.url), (claims) => first.mintToken(claims), [2025]);
  await first.untilIdle();
  const token = await first.mintToken({ sub: 'lei', role: 'volunteer' });
  const register = (url: string, bearer: string, key: string) =>
    fetch(`${url}/volunteers`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
        'accept-language': 'en',
        'idempotency-key': key,
      },
      body: JSON.stringify({ areaId: 'hongqi-01', consentVersion: '1', person: lei }),
    });
  const registered = await register(first.url, token, 'lei');
  expect(registered.status).toBe(201);
  const { id } = (await registered.json()) as { id: string };
  const read = (url: string, path: string) =>
    fetch(`${url}/volunteers/${id}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
    });
  expect(await (await read(first.url, '/person')).json()).toMatchObject(lei);
  await first.untilIdle();
  await first.stop();
  expect(warned).not.toHaveBeenCalled();

  const kept = join(dataDir, 'elsewhere.json');
  cpSync(keyFile, kept);
  rmSync(keyFile);
  const second = await start(dataDir);
  expect(warned.mock.calls).toEqual([
    [expect.stringMatching(/^The key file .*kms-keys\.json is gone, though the tables are there:/)],
  ]);
  expect((await read(second.url, '')).status).toBe(200);
  const refused = await read(second.url, '/person');
  expect(refused.status).toBe(503);
  const problem = await refused.text();
  expect(JSON.parse(problem)).toMatchObject({
    type: 'urn:leifeng:problem:record-unreadable',
    correlationId: expect.any(String),
  });
  expect(problem).not.toMatch(/雷|138|InvalidState|key\//);
  const other = await second.mintToken({ sub: 'another', role: 'volunteer' });
  expect((await register(second.url, other, 'another')).status).toBe(503);
  const list = await fetch(`${second.url}/areas`);
  expect(list.status).toBe(200);
  await second.untilIdle();
  await second.stop();
  expect(readdirSync(dataDir)).not.toContain('kms-keys.json');

  cpSync(kept, keyFile);
  const third = await start(dataDir);
  expect(await (await read(third.url, '/person')).json()).toMatchObject(lei);
  // The registration that was refused left nothing that would stand in its way now.
  expect((await register(third.url, other, 'another')).status).toBe(201);
  await third.untilIdle();
  await third.stop();
  expect(warned).toHaveBeenCalledTimes(1);

  // Tables, queues and logs: what a person gave is in none of their files.
  const all = everyByteBelow(dataDir);
  expect(all.includes(id)).toBe(true);
  for (const plain of [lei.name, '13800138000', lei.address])
    for (const encoding of ['utf8', 'utf16le', 'utf16be'] as const) {
      const bytes =
        encoding === 'utf16be'
          ? Buffer.from(plain, 'utf16le').swap16()
          : Buffer.from(plain, encoding);
      expect({ plain, encoding, found: all.includes(bytes) }).toMatchObject({ found: false });
    }
});
