import '../../support/tables.ts';

import type { lookup } from 'node:dns';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Notice } from '../../../functions/notices/notice.ts';
import {
  isPublic,
  lookupPublic,
  toWebhook,
  webhookSecret,
} from '../../../functions/notices/webhook.ts';
import { freshTables } from '../../support/tables.ts';

beforeAll(freshTables);

const notice: Notice = {
  id: '0198c0de-0000-7000-8000-000000000001',
  at: '2025-10-18T06:00:00.000Z',
  kind: 'registered',
  volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
  hours: null,
};
const answering = (status: number) =>
  jest.fn(async (_url: URL, _headers: Record<string, string>, _body: string) => status);

test('the receiver’s library accepts what is sent, to the byte, and no other body', async () => {
  const send = answering(204);
  await toWebhook('https://example.org/hook', send)(notice);
  const [url, headers, body] = send.mock.calls[0] ?? [];
  if (!headers || !body) throw new Error('nothing was sent');
  expect(url?.href).toBe('https://example.org/hook');
  const receiver = new Webhook(await webhookSecret());
  expect(receiver.verify(body, headers)).toEqual({
    type: 'notice.registered',
    timestamp: notice.at,
    data: notice,
  });
  expect(() => receiver.verify(`${body} `, headers)).toThrow();
  const other = new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`);
  expect(() => other.verify(body, headers)).toThrow();
});

test('sent again, a notice has the same id', async () => {
  const send = answering(500);
  for (let time = 0; time < 2; time += 1)
    await expect(toWebhook('https://example.org/', send)(notice)).rejects.toThrow('answered 500');
  expect(send.mock.calls.map(([, headers]) => headers['webhook-id'])).toEqual([
    notice.id,
    notice.id,
  ]);
});

test.each([199, 301, 302, 307, 308, 400, 410, 503])('%i is a failure', async (status) => {
  await expect(toWebhook('https://example.org/', answering(status))(notice)).rejects.toThrow(
    `answered ${status}`,
  );
});

test.each(['http://example.org/', 'ftp://example.org/'])('%s is not sent to', async (address) => {
  const send = answering(200);
  await expect(toWebhook(address, send)(notice)).rejects.toThrow('takes https');
  expect(send).not.toHaveBeenCalled();
});

const inner = [
  '0.0.0.0',
  '10.1.2.3',
  '100.100.100.200',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.1.1',
  '198.19.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];

describe.each(inner)('%s', (address) => {
  test('is not public, whether it is written or looked up', async () => {
    expect(isPublic(address)).toBe(false);
    const send = answering(200);
    const host = address.includes(':') ? `[${address}]` : address;
    await expect(toWebhook(`https://${host}/`, send)(notice)).rejects.toThrow('not public');
    expect(send).not.toHaveBeenCalled();
    for (const all of [true, false])
      expect(await lookedUp(['93.184.216.34', address], all)).toMatch('not public');
  });
});

test.each(['https://0x7f.1/', 'https://2130706433/', 'https://127.1/', 'https://0177.0.0.1/'])(
  '%s is 127.0.0.1 in disguise',
  async (address) => {
    await expect(toWebhook(address, answering(200))(notice)).rejects.toThrow('not public');
  },
);

/** What the look-up says of a name that has these addresses: the first, or the refusal. */
const lookedUp = (addresses: readonly string[], all: boolean): Promise<string> =>
  new Promise((resolve) => {
    const resolver = ((_name: string, _options: object, callback: (...args: unknown[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as typeof lookup;
    lookupPublic(resolver)('example.org', { all }, (error, found) =>
      resolve(error ? error.message : JSON.stringify(found)),
    );
  });

test('a name whose addresses are public is called by them', async () => {
  expect(await lookedUp(['93.184.216.34'], false)).toBe('"93.184.216.34"');
  expect(await lookedUp(['2606:4700::1111', '93.184.216.34'], true)).toBe(
    '[{"address":"2606:4700::1111","family":6},{"address":"93.184.216.34","family":4}]',
  );
  expect(await lookedUp([], true)).toBe('no address');
});

test('the connection itself is what is guarded: localhost is looked up and refused', async () => {
  await expect(toWebhook('https://localhost:9/')(notice)).rejects.toThrow('not public');
});
