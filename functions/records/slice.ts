import { slice } from '../slice.ts';
import { records as contract } from './contract.ts';
import { project } from './projection.ts';

export const records = slice({
  name: 'records',
  contract,
  aggregates: { 'record-entry': project },
  http: {
    appends: ['record-entry'],
    views: ['ByList'],
    viewsInBatches: true,
    // Whose a record is, is found by keyed hashes.
    people: {
      persons: ['Query', 'GetItem', 'PutItem', 'Decrypt'],
      hashKey: ['GetItem', 'Decrypt'],
      sessions: ['GetItem', 'Decrypt'],
      // Whose record the person’s own page is.
      links: ['GetItem'],
    },
  },
});
