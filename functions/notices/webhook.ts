import { lookup } from 'node:dns';
import { request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { blindHash } from '../people/keys.ts';
import { isErased } from '../people/under-person.ts';
import type { Deliver } from './deliver.ts';

const listOf = (family: 'ipv4' | 'ipv6', ...subnets: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', bits] = subnet.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
};

/** Addresses outside the public IPv4 internet: the machine, its network, the cloud's own services. */
const innerV4 = listOf(
  'ipv4',
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
);
/** The allocated part of IPv6. Mapped, NAT64, local and unallocated addresses are outside of it. */
const globalV6 = listOf('ipv6', '2000::/3');
/** Parts of it for protocols, documentation, and tunnels to an IPv4 address. */
const innerV6 = listOf('ipv6', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20');

/** Whether an address may be called: it is public and does not stand for another address. */
export const isPublic = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return !innerV4.check(address, 'ipv4');
  return family === 6 && globalV6.check(address, 'ipv6') && !innerV6.check(address, 'ipv6');
};

/**
 * Looks a name up and refuses it when any of its addresses is not public. The connection uses the
 * checked addresses, without a second look-up.
 */
export const lookupPublic =
  (resolve: typeof lookup = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error('no address'), '', 4);
      if (!addresses.every(({ address }) => isPublic(address)))
        return callback(new Error('the webhook’s address is not public'), '', 4);
      return options.all
        ? callback(null, addresses as never)
        : callback(null, first.address, first.family);
    });
  };

/**
 * The secret with which the receiver checks signatures. It is derived from the district's key and
 * not stored.
 */
export const webhookSecret = async (): Promise<string> =>
  `whsec_${Buffer.from(await blindHash('notices-webhook'), 'base64url').toString('base64')}`;

const timeoutMs = 5_000;

/** Posts a body; resolves with the status. Redirects are not followed: a 3xx is a failure. */
const post = (url: URL, headers: Record<string, string>, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', headers, lookup: lookupPublic(), signal: AbortSignal.timeout(timeoutMs) },
      (response) => {
        // Only the status is needed. An endless body must not delay other notices.
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

/**
 * Sends each notice to one URL, signed as Standard Webhooks says: `webhook-id` is the notice's id,
 * also in repeated attempts; the timestamp is that of the attempt. An erased person's notices are
 * not sent, except the one about the erasure.
 *
 * @throws Error when the URL is not public https, or the answer is not 2xx
 */
export const toWebhook =
  (address: string, send: typeof post = post): Deliver =>
  async (notice) => {
    if (notice.kind !== 'erased' && (await isErased(notice.volunteerId))) return;
    const url = new URL(address);
    if (url.protocol !== 'https:') throw new Error('a webhook takes https');
    // A host given as an address is not looked up, so it is checked here.
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
