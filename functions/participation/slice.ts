import { slice } from '../slice.ts';
import { participation as contract } from './contract.ts';
import { persons, project } from './projection.ts';

export const participation = slice({
  name: 'participation',
  contract,
  aggregates: { hours: project },
  persons,
  http: {
    appends: ['hours'],
    views: ['ByList'],
    // Whose a record is, and whether it is in the audit sample, is found by keyed hashes.
    people: { hashKey: ['GetItem', 'Decrypt'] },
  },
  subscribers: {
    // Moves the hours of a merged record to the surviving one.
    HoursMover: {
      file: 'reassign-hours.ts',
      on: ['VolunteerMerged'],
      seconds: 300,
      appends: ['hours'],
      views: ['ByList'],
    },
  },
});
