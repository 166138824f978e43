import { slice } from '../slice.ts';
import { inbound as contract } from './contract.ts';
import { projectBatch, projectPartner } from './projection.ts';

export const inbound = slice({
  name: 'inbound',
  setting: 'inbound',
  contract,
  aggregates: { 'inbound-partner': projectPartner, 'inbound-batch': projectBatch },
  http: {
    // What is handed in is done by the commands of its own slices: `apply-item.ts`.
    appends: ['inbound-partner', 'inbound-batch', 'volunteer', 'sheet'],
    checks: ['activity', 'sheet'],
    views: ['ByFlag'],
    peopleIndexes: true,
    people: {
      inbound: ['GetItem', 'PutItem', 'DeleteItem', 'UpdateItem', 'Decrypt', 'GenerateDataKey'],
      persons: ['PutItem', 'GenerateDataKey'],
      hashKey: ['GetItem', 'Decrypt'],
      lookUps: ['GetItem', 'PutItem', 'UpdateItem'],
    },
    // A batch is done while its sender waits; a gateway waits no longer than this.
    seconds: 29,
  },
});
