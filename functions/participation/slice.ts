import { slice } from '../slice.ts';
import { participation as contract } from './contract.ts';
import { persons, project } from './projection.ts';

export const participation = slice({
  name: 'participation',
  contract,
  aggregates: { hours: project },
  persons,
  http: { appends: ['hours'], views: ['ByList'] },
  subscribers: {
    // Moves the hours of a merged record to the surviving one.
    HoursMover: {
      queue: 'Merges',
      file: 'reassign-hours.ts',
      on: ['VolunteerMerged'],
      seconds: 300,
      // After this delay the Views usually have this event and those before it.
      delaySeconds: 10,
      appends: ['hours'],
      views: ['ByList'],
    },
  },
});
