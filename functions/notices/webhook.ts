import { lookup } from 'node:dns';
import { request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { blindHash } from '../shared/people/keys.ts';
import type { Deliver } from './port.ts';

/** Addresses that lead into the machine, its network or the cloud's own services. */
const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(net, bits, 'ipv6');

/** Whether an address may be called: public, and nothing of ours. Mapped IPv4 is seen through. */
export const isPublic = (address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && !inner.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

/** Looks a name up and refuses what is not public: the address that is checked is the one called. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error('no address'), '', 4);
    if (!addresses.every(({ address }) => isPublic(address)))
      return callback(new Error('the webhook’s address is not public'), '', 4);
    return options.all
      ? callback(null, addresses as never)
      : callback(null, first.address, first.family);
  });
};

/** What the receiver checks signatures with; made from the district's key, and kept nowhere. */
export const webhookSecret = async (): Promise<string> =>
  `whsec_${Buffer.from(await blindHash('notices-webhook'), 'base64url').toString('base64')}`;

const timeoutMs = 5_000;

/** Posts a body; resolves with the status. Redirects are not followed: a 3xx is a failure. */
const post = (url: URL, headers: Record<string, string>, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', headers, lookup: publicOnly, signal: AbortSignal.timeout(timeoutMs) },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

/**
 * Sends each notice to one URL, signed by Standard Webhooks: `webhook-id` is the notice's id, and
 * stays when it is sent again; the timestamp is the attempt's.
 *
 * @throws Error when the URL is not public https, or the answer is not 2xx
 */
export const toWebhook =
  (address: string, send: typeof post = post): Deliver =>
  async (notice) => {
    const url = new URL(address);
    if (url.protocol !== 'https:') throw new Error('a webhook takes https');
    // A host that is an address is not looked up, so it is checked here.
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) && !isPublic(host)) throw new Error('the webhook’s address is not public');
    const body = JSON.stringify({
      type: `notice.${notice.kind}`,
      timestamp: notice.at,
      data: notice,
    });
    const attemptedAt = new Date();
    const status = await send(
      url,
      {
        'content-type': 'application/json',
        'webhook-id': notice.id,
        'webhook-timestamp': String(Math.floor(attemptedAt.getTime() / 1000)),
        'webhook-signature': new Webhook(await webhookSecret()).sign(notice.id, attemptedAt, body),
      },
      body,
    );
    if (status < 200 || status > 299) throw new Error(`the webhook answered ${status}`);
  };
