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
    // The hours of a merged record become those of the record it went into.
    HoursMover: {
      queue: 'Merges',
      file: 'reassign-hours.ts',
      on: ['VolunteerMerged'],
      seconds: 300,
      // By then the Views mostly have what was appended before the event, and the event itself.
      delaySeconds: 10,
      appends: ['hours'],
      views: ['ByList'],
    },
  },
});
