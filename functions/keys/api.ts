import { hash } from 'node:crypto';
import { serve } from '../http/serve.ts';
import { type PublicKey, readPublicKey } from '../people/signing-key.ts';
import { keys } from './contract.ts';

/** The thumbprint of a key (RFC 7638): its required members, in the order of their names. */
const thumbprint = ({ crv, kty, x }: PublicKey): string =>
  hash('sha256', JSON.stringify({ crv, kty, x }), 'base64url');

export const handler = serve(keys, {
  readKeys: async () => {
    const key = await readPublicKey();
    const shown = key && {
      ...key,
      kid: thumbprint(key),
      use: 'sig' as const,
      alg: 'EdDSA' as const,
    };
    return { body: { keys: shown ? [shown] : [] } };
  },
});
