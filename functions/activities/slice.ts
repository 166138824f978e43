import { slice } from '../slice.ts';
import { activities as contract } from './contract.ts';
import { project } from './projection.ts';

export const activities = slice({
  name: 'activities',
  contract,
  aggregates: { activity: project },
  // Cancelling strikes out the hours, together with the activity's own event.
  http: {
    appends: ['activity', 'sheet'],
    checks: ['sheet', 'campaign'],
    views: ['ByList'],
    // The names of the areas in the calendar.
    viewsInBatches: true,
    people: { sessions: ['GetItem', 'Decrypt'] },
  },
});
