import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

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

/** The one address of the machine itself that a local host's district may call. */
const ownAddress = '127.0.0.1';

/** Which addresses may be called besides public ones. */
export interface Reach {
  /** Receivers at 127.0.0.1, by http too. Only a district whose issuer is on this machine has it. */
  readonly loopback: boolean;
}

const mayCall = (address: string, { loopback }: Reach): boolean =>
  isPublic(address) || (loopback && address === ownAddress);

/** An address that may not be called. The message names no address. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/**
 * Looks a name up and refuses it when any of its addresses may not be called. The connection uses the
 * checked addresses, without a second look-up.
 */
export const lookupAllowed =
  (reach: Reach, resolve: typeof lookup = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error('no address'), '', 4);
      if (!addresses.every(({ address }) => mayCall(address, reach)))
        return callback(new AddressRefused('the address may not be called'), '', 4);
      return options.all
        ? callback(null, addresses as never)
        : callback(null, first.address, first.family);
    });
  };

/** A URL's host without the brackets of IPv6. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/**
 * What is wrong with a receiver's URL, by its text alone; undefined if nothing is. A name's addresses
 * are checked at each delivery.
 */
export const urlFault = (
  text: string,
  reach: Reach,
): { readonly zh: string; readonly en: string } | undefined => {
  const url = URL.parse(text);
  if (!url) return { zh: '须为完整的网址', en: 'must be a whole URL' };
  const host = hostOf(url);
  if (host.length > 253 || host.split('.').some((label) => label.length > 63))
    return { zh: '主机名过长', en: 'must have a host of 253 characters at most' };
  if (/[\s\p{Cc}]/u.test(text)) return { zh: '不得含空白', en: 'must have no blanks' };
  const isOwn = reach.loopback && host === ownAddress;
  if (url.protocol !== 'https:' && !(isOwn && url.protocol === 'http:'))
    return { zh: '须以 https:// 开头', en: 'must begin with https://' };
  if (url.username || url.password || /^[^/]*\/\/[^/?#]*@/.test(text))
    return { zh: '不得含用户名或密码', en: 'must have no user or password' };
  if (text.includes('#')) return { zh: '不得含 #', en: 'must have no # in it' };
  // 2130706433 and 0177.1 are other ways to write an address, which only hide it.
  const written = /^[a-z]+:\/\/(\[[^\]]*\]|[^/:?]*)/i.exec(text)?.[1]?.toLowerCase();
  if (written !== url.hostname)
    return {
      zh: `主机名请照此填写：${url.hostname.slice(0, 100)}`,
      en: `write the host as ${url.hostname.slice(0, 100)}`,
    };
  if (isIP(host) ? !mayCall(host, reach) : !host.includes('.') || host.endsWith('.'))
    return {
      zh: '须为公网可访问的地址或域名',
      en: 'must be at an address or name of the public Internet',
    };
  return undefined;
};
