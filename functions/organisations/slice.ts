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
    people: { partitions: ['contacts'], actions: ['Query', 'GetItem', 'PutItem'] },
  },
});
