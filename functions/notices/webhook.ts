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

/** What is not of the public IPv4 internet: the machine, its network, the cloud's own services. */
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
/** All of IPv6 that is given out, so that mapped, NAT64, local and unheard-of ones are left out. */
const globalV6 = listOf('ipv6', '2000::/3');
/** What of it is for protocols, documentation, and tunnels to an IPv4 address. */
const innerV6 = listOf('ipv6', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20');

/** Whether an address may be called: public, and no other address in disguise. */
export const isPublic = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return !innerV4.check(address, 'ipv4');
  return family === 6 && globalV6.check(address, 'ipv6') && !innerV6.check(address, 'ipv6');
};

/**
 * Looks a name up and refuses it when any of its addresses is not public. What is checked is what
 * is called: nobody looks the name up again.
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

/** What the receiver checks signatures with; made from the district's key, and kept nowhere. */
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
        // The status is all there is to know: a body without an end must not hold the notices up.
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

/**
 * Sends each notice to one URL, signed by Standard Webhooks: `webhook-id` is the notice's id, and
 * stays when it is sent again; the timestamp is the attempt's. Of somebody who was erased meanwhile
 * only that is sent which says so.
 *
 * @throws Error when the URL is not public https, or the answer is not 2xx
 */
export const toWebhook =
  (address: string, send: typeof post = post): Deliver =>
  async (notice) => {
    if (notice.kind !== 'erased' && (await isErased(notice.volunteerId))) return;
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
