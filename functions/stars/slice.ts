import { slice } from '../slice.ts';
import { stars as contract } from './contract.ts';
import { project } from './projection.ts';

export const stars = slice({
  name: 'stars',
  contract,
  aggregates: { star: project },
  http: {
    appends: ['star'],
    // A notice shows a name on condition that the consent stands.
    checks: ['volunteer'],
    views: ['ByList', 'ByFlag'],
    viewsInBatches: true,
    people: {
      // The name for the notice. Each reading is in the person's log.
      persons: ['GetItem', 'PutItem', 'Decrypt'],
      starNames: ['GetItem', 'PutItem', 'DeleteItem', 'Decrypt', 'GenerateDataKey'],
      hashKey: ['GetItem', 'Decrypt'],
      // Whether the head of the page says that somebody signed in.
      sessions: ['GetItem', 'Decrypt'],
    },
    // Two thousand sheets are read for the longest list of entries.
    seconds: 29,
  },
  subscribers: {
    // Puts stars under review when what they rest on changes, and finds those that are reached by hours alone.
    StarKeeper: {
      file: 'keep-stars.ts',
      on: [
        'HoursVerified',
        'HoursVoided',
        'HoursCorrected',
        'HoursRejected',
        'VolunteerErased',
        'VolunteerMerged',
        'VolunteerUnmerged',
        'DuplicateUnmerged',
        'ConsentGiven',
        'ConsentWithdrawn',
        'PersonalDataCorrected',
        'StarFound',
        'StarNominated',
        'StarNoticed',
        'StarGranted',
        'StarUpheld',
      ],
      seconds: 60,
      appends: ['star'],
      views: [],
      people: { starNames: ['DeleteItem'] },
    },
  },
});
