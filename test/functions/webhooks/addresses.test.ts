import type { lookup } from 'node:dns';
import { describe, expect, test } from '@jest/globals';
import {
  isPublic,
  lookupAllowed,
  type Reach,
  urlFault,
} from '../../../functions/webhooks/addresses.ts';

const outside: Reach = { loopback: false };
const local: Reach = { loopback: true };

const inner = [
  '0.0.0.0',
  '10.1.2.3',
  '100.100.100.200',
  '127.0.0.1',
  '127.0.0.2',
  '169.254.169.254',
  '172.31.255.255',
  '192.0.0.170',
  '192.168.1.1',
  '198.19.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];

/** What the look-up says of a name that has these addresses: the first, or the refusal. */
const lookedUp = (addresses: readonly string[], all: boolean, reach = outside): Promise<string> =>
  new Promise((resolve) => {
    const resolver = ((_name: string, _options: object, callback: (...args: unknown[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as typeof lookup;
    lookupAllowed(reach, resolver)('example.org', { all }, (error, found) =>
      resolve(error ? error.message : JSON.stringify(found)),
    );
  });

describe.each(inner)('%s', (address) => {
  test('is not called, whether it is written or looked up', async () => {
    expect(isPublic(address)).toBe(false);
    const host = address.includes(':') ? `[${address}]` : address;
    expect(urlFault(`https://${host}/hook`, outside)).toBeDefined();
    for (const all of [true, false])
      expect(await lookedUp(['93.184.216.34', address], all)).toMatch('may not be called');
  });
});

test('a name whose addresses are public is called by them', async () => {
  expect(await lookedUp(['93.184.216.34'], false)).toBe('"93.184.216.34"');
  expect(await lookedUp(['2606:4700::1111', '93.184.216.34'], true)).toBe(
    '[{"address":"2606:4700::1111","family":6},{"address":"93.184.216.34","family":4}]',
  );
  expect(await lookedUp([], true)).toBe('no address');
});

test.each([
  'https://0x7f.1/',
  'https://2130706433/',
  'https://127.1/',
  'https://0177.0.0.1/',
  'https://1.1.1.1./',
  'https://０x7f.１/',
  'https://134744072/',
  'https://[::ffff:8.8.8.8]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://localhost/',
  'https://localhost./',
  'https://metadata/',
  'https://example.org./',
  'http://example.org/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/plain,x',
  'https://user@example.org/',
  'https://user:word@example.org/',
  'https://@example.org/',
  'https://example.org\\@127.0.0.1/',
  'https://example.org#@127.0.0.1/',
  'https://example.org/#',
  'https:example.org',
  'https:///example.org',
  '//example.org/',
  'example.org',
  '',
  'https://',
  'https://exa mple.org/',
  'https://example.org:99999/',
  `https://${'a'.repeat(50)}.${`${'b'.repeat(50)}.`.repeat(4)}com/`,
  `https://${'a'.repeat(64)}.example.org/`,
  'https://example.org/a\r\nX: y',
  'https://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
  'http://169.254.170.2/v2/credentials',
])('%s is refused, and in both languages it is said why', (url) => {
  for (const reach of [outside, local]) {
    if (reach.loopback && url.startsWith('https://127.0.0.1:')) continue;
    const fault = urlFault(url, reach);
    expect(fault?.zh).toMatch(/\p{Script=Han}/u);
    expect(fault?.en).toMatch(/^[\x20-\x7e]+$/);
  }
});

test.each([
  'https://example.org/',
  'https://hooks.example.org:8443/a/b?key=1&x=%20',
  'https://EXAMPLE.org/hook',
  'https://93.184.216.34/hook',
  'https://[2606:4700::1111]/',
  'https://xn--fiq228c.example/',
])('%s may be called', (url) => {
  expect(urlFault(url, outside)).toBeUndefined();
});

test('a local host’s district calls this machine at one address, written as it is', async () => {
  for (const url of ['http://127.0.0.1:8080/hook', 'https://127.0.0.1/hook']) {
    expect(urlFault(url, local)).toBeUndefined();
    expect(urlFault(url, outside)).toBeDefined();
  }
  for (const url of ['http://127.0.0.2/', 'http://2130706433/', 'http://[::1]/', 'http://0.0.0.0/'])
    expect(urlFault(url, local)).toBeDefined();
  expect(await lookedUp(['127.0.0.1'], false, local)).toBe('"127.0.0.1"');
  expect(await lookedUp(['127.0.0.2'], false, local)).toMatch('may not be called');
});
