import { slice } from '../slice.ts';
import { campaigns as contract } from './contract.ts';

export const campaigns = slice({
  name: 'campaigns',
  contract,
  // A campaign is read from the Ledger and is not projected.
  aggregates: { campaign: null },
  http: { appends: ['campaign'] },
});
