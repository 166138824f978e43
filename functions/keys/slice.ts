import { slice } from '../slice.ts';
import { keys as contract } from './contract.ts';

/** The keys by which anybody can check what the district signs. */
export const keys = slice({
  name: 'keys',
  contract,
  // The public parts only: it may unwrap nothing.
  http: { people: { signingKey: ['Query'] } },
});
