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
  },
} satisfies ExamplesOf<(typeof contracts)['keys']>;
