import { slice } from '../slice.ts';
import { start as contract } from './contract.ts';

/** The start page, signing in and out, and what waits for whom. */
export const start = slice({
  name: 'start',
  contract,
  http: {
    views: [],
    viewsInBatches: true,
    signsIn: true,
    people: {
      sessions: ['GetItem', 'PutItem', 'Decrypt', 'GenerateDataKey'],
      // Which record a token leads to.
      links: ['GetItem'],
      hashKey: ['GetItem', 'Decrypt'],
    },
  },
});
