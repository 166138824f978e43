import { hash } from 'node:crypto';
import { serve } from '../http/serve.ts';
import { didOf, keyIdOf, publicAddress } from '../people/did.ts';
import { type PublicKey, readPublicKeys } from '../people/signing-key.ts';
import { settings } from '../runtime/settings.ts';
import { keys } from './contract.ts';

/** The thumbprint of a key (RFC 7638): its required members, in the order of their names. */
const thumbprint = ({ crv, kty, x }: PublicKey): string =>
  hash('sha256', JSON.stringify({ crv, kty, x }), 'base64url');

/** The name of a year's key, as in what it signs. */
const nameOf = (year: string): string => {
  const { publicBaseUrl } = settings();
  return publicBaseUrl === null ? year : keyIdOf(publicBaseUrl, year);
};

const shown = (key: PublicKey, kid: string) => ({
  ...key,
  kid,
  use: 'sig' as const,
  alg: 'EdDSA' as const,
});

export const handler = serve(keys, {
  readKeys: async () => {
    const { webhooks, years } = await readPublicKeys();
    return {
      body: {
        keys: [
          ...(webhooks ? [shown(webhooks, thumbprint(webhooks))] : []),
          ...years.map(({ year, key }) => shown(key, nameOf(year))),
        ],
      },
    };
  },
  readDid: async () => {
    const origin = publicAddress();
    const id = didOf(origin);
    const { years } = await readPublicKeys();
    const ids = years.map(({ year }) => keyIdOf(origin, year));
    return {
      body: {
        '@context': [
          'https://www.w3.org/ns/did/v1',
          'https://w3id.org/security/suites/jws-2020/v1',
        ],
        id,
        verificationMethod: years.map(({ key }, at) => ({
          id: ids[at] ?? '',
          type: 'JsonWebKey2020' as const,
          controller: id,
          publicKeyJwk: key,
        })),
        assertionMethod: ids,
      },
    };
  },
});
