import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';

export const keys = {
  bodies: {},
  answers: {
    readKeys: {
      // The key and its thumbprint of RFC 8037, appendix A.
      keys: [
        {
          ...{ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA' },
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
        },
      ],
    },
    readDid: {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
      id: 'did:web:leifeng.example.org',
      verificationMethod: [
        {
          id: 'did:web:leifeng.example.org#2026',
          type: 'JsonWebKey2020',
          controller: 'did:web:leifeng.example.org',
          publicKeyJwk: {
            ...{ kty: 'OKP', crv: 'Ed25519' },
            x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          },
        },
      ],
      assertionMethod: ['did:web:leifeng.example.org#2026'],
    },
  },
} satisfies ExamplesOf<(typeof contracts)['keys']>;
