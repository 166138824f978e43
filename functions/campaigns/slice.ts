import { slice } from '../slice.ts';
import { campaigns as contract } from './contract.ts';
import { project } from './projection.ts';

export const campaigns = slice({
  name: 'campaigns',
  contract,
  aggregates: { campaign: project },
  // Themes with activities stay in a plan: the claims of themes lie among activities.
  http: {
    appends: ['campaign'],
    checks: ['activity'],
    views: [],
    people: { sessions: ['GetItem', 'Decrypt'] },
  },
});
