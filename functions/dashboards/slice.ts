import { slice } from '../slice.ts';
import { dashboards as contract } from './contract.ts';

export const dashboards = slice({
  name: 'dashboards',
  contract,
  http: {
    ledger: 'reads',
    views: ['ByList'],
    viewsInBatches: true,
    closed: 'reads',
    people: { hashKey: ['GetItem', 'Decrypt'], sessions: ['GetItem', 'Decrypt'] },
  },
});
