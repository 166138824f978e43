import { slice } from '../slice.ts';
import { organisations as contract } from './contract.ts';
import { projectArea, projectOrganisation } from './projection.ts';

export const organisations = slice({
  name: 'organisations',
  contract,
  aggregates: { area: projectArea, organisation: projectOrganisation },
  http: {
    appends: ['area', 'organisation'],
    views: [],
    people: {
      contacts: ['GetItem', 'PutItem', 'Decrypt', 'GenerateDataKey'],
      // Makes the key with the district's first area, and does not open it. No other function makes,
      // replaces or deletes it.
      hashKey: ['GetItem', 'PutItem', 'GenerateDataKey'],
      // The head of the page of areas.
      sessions: ['GetItem', 'Decrypt'],
    },
  },
});
