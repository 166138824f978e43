import { slice } from '../slice.ts';
import { participation as contract } from './contract.ts';
import { project } from './projection.ts';

export const participation = slice({
  name: 'participation',
  contract,
  // What is overdue is told by its events, and shown nowhere else.
  aggregates: { sheet: project, 'overdue-records': null },
  http: {
    appends: ['sheet'],
    // A sheet begins only while its activity is as it was read.
    checks: ['activity', 'sheet'],
    views: ['ByFlag'],
    peopleIndexes: true,
    // Whose a record is, and whether it is in the audit sample, is found by keyed hashes.
    people: {
      hashKey: ['GetItem', 'Decrypt'],
      // Numbers on a roll are looked up.
      lookUps: ['GetItem', 'PutItem', 'UpdateItem'],
    },
  },
});
