import { slice } from '../slice.ts';
import { keys as contract } from './contract.ts';

/** The keys by which anybody can check what the district signs. */
export const keys = slice({
  name: 'keys',
  // Webhooks are all that it signs so far.
  setting: 'webhooks',
  contract,
  // The public part only: it may unwrap nothing.
  http: { people: { signingKey: ['GetItem'] } },
});
