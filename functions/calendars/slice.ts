import { slice } from '../slice.ts';
import { calendars as contract } from './contract.ts';

export const calendars = slice({
  name: 'calendars',
  contract,
  // Opens no sealed record: a calendar shows what the Views have.
  http: {
    ledger: ['volunteer'],
    views: [],
    viewsInBatches: true,
    people: {
      calendars: ['GetItem', 'PutItem', 'DeleteItem'],
      links: ['GetItem'],
      hashKey: ['GetItem', 'Decrypt'],
    },
  },
});
