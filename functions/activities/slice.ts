import { slice } from '../slice.ts';
import { activities as contract } from './contract.ts';
import { persons, project } from './projection.ts';

export const activities = slice({
  name: 'activities',
  contract,
  aggregates: { activity: project },
  persons,
  http: { appends: ['activity'], views: ['ByList'] },
});
