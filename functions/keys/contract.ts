import * as z from 'zod';
import { type Contract, route } from '../http/contract.ts';

const jsonWebKey = z
  .object({
    kty: z.literal('OKP').describe('The kind of key.'),
    crv: z.literal('Ed25519').describe('The curve.'),
    x: z.string().describe('The public key: 32 bytes, base64url.'),
    kid: z.string().describe('The thumbprint of the key (RFC 7638).'),
    use: z.literal('sig').describe('What it is for: signatures.'),
    alg: z.literal('EdDSA').describe('The algorithm.'),
  })
  .meta({ id: 'JsonWebKey', description: 'A public key of the district (RFC 7517, RFC 8037).' });

export const keys = {
  readKeys: route({
    key: 'GET /.well-known/jwks.json',
    access: 'public',
    summary: {
      en: 'The public keys of what the district signs; none before it signs anything',
      zh: '本区签名所用公钥',
    },
    answer: z
      .object({ keys: z.array(jsonWebKey) })
      .meta({ id: 'JsonWebKeySet', description: 'The public keys of the district (RFC 7517).' }),
  }),
} satisfies Contract;
