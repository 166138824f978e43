import * as z from 'zod';
import { type Contract, route } from '../http/contract.ts';

const publicKey = {
  kty: z.literal('OKP').describe('The kind of key.'),
  crv: z.literal('Ed25519').describe('The curve.'),
  x: z.string().describe('The public key: 32 bytes, base64url.'),
};

const jsonWebKey = z
  .object({
    ...publicKey,
    kid: z
      .string()
      .describe(
        'The thumbprint of the key for webhooks (RFC 7638); of a key for credentials its year, behind the DID if there is one.',
      ),
    use: z.literal('sig').describe('What it is for: signatures.'),
    alg: z.literal('EdDSA').describe('The algorithm.'),
  })
  .meta({ id: 'JsonWebKey', description: 'A public key of the district (RFC 7517, RFC 8037).' });

const verificationMethod = z
  .object({
    id: z.string().describe('The DID and the year of the key.'),
    type: z.literal('JsonWebKey2020').describe('How the key is written.'),
    controller: z.string().describe('The DID.'),
    publicKeyJwk: z.object(publicKey).meta({
      id: 'PublicKeyJwk',
      description: 'A public key (RFC 8037).',
    }),
  })
  .meta({ id: 'VerificationMethod', description: 'A key with which the district signs.' });

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
  readDid: route({
    key: 'GET /.well-known/did.json',
    access: 'public',
    summary: {
      en: 'The DID document of the district (did:web), with the keys of all years that sign credentials',
      zh: '本区去中心化标识文档，含历年凭证签名公钥',
    },
    answer: z
      .object({
        '@context': z.array(z.string()).describe('Where its terms are defined.'),
        id: z.string().describe('The DID.'),
        verificationMethod: z.array(verificationMethod),
        assertionMethod: z.array(z.string()).describe('The keys that sign credentials, by id.'),
      })
      .meta({ id: 'DidDocument', description: 'What a DID stands for (W3C DID 1.0).' }),
    problems: ['no-public-address'],
  }),
} satisfies Contract;
