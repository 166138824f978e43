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
    // The leaves of a person's entries in closed months.
    closed: 'reads',
    // Whose a record is, is found by keyed hashes.
    people: {
      persons: ['Query', 'GetItem', 'PutItem', 'Decrypt'],
      proofs: ['GetItem'],
      hashKey: ['GetItem', 'Decrypt'],
      sessions: ['GetItem', 'Decrypt'],
      // Whose record the person’s own page is.
      links: ['GetItem'],
    },
  },
});
