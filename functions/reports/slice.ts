import { slice } from '../slice.ts';
import { reports as contract } from './contract.ts';

export const reports = slice({
  name: 'reports',
  contract,
  // What people wrote is read from the Ledger and is not projected.
  aggregates: { report: null },
  http: {
    appends: ['report'],
    views: ['ByList'],
    viewsInBatches: true,
    closed: 'reads',
    people: {
      hashKey: ['GetItem', 'Decrypt'],
      sessions: ['GetItem', 'Decrypt'],
      // How many certificates were issued in a year, and how many have ended.
      statusLists: ['Query'],
    },
  },
});
