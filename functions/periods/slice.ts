import { slice } from '../slice.ts';
import { periods as contract } from './contract.ts';
import { projectPeriod, projectRestatement } from './projection.ts';

export const periods = slice({
  name: 'periods',
  contract,
  aggregates: { period: projectPeriod, restatement: projectRestatement },
  http: {
    appends: ['period'],
    views: ['ByList'],
    viewsInBatches: true,
    closed: 'reads',
    people: { sessions: ['GetItem', 'Decrypt'] },
  },
});
