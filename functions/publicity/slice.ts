import { slice } from '../slice.ts';
import { publicity as contract } from './contract.ts';
import { project } from './projection.ts';

export const publicity = slice({
  name: 'publicity',
  contract,
  aggregates: { story: project },
  http: {
    appends: ['story'],
    // A text is published on condition that the consents of those whom it names stand.
    checks: ['volunteer'],
    views: ['ByList'],
    // Figures.
    viewsInBatches: true,
    people: {
      // The names at publication. Each reading is in the person's log.
      persons: ['GetItem', 'PutItem', 'Decrypt'],
      stories: ['GetItem', 'PutItem', 'Decrypt', 'GenerateDataKey'],
      named: ['PutItem'],
      // Whether the head of a page says that somebody signed in.
      sessions: ['GetItem', 'Decrypt'],
    },
  },
  subscribers: {
    // Takes names out of stories when their consent ends, they are corrected, or the person is erased.
    NameSubscriber: {
      file: 'withdraw-names.ts',
      on: [
        'ConsentGiven',
        'ConsentWithdrawn',
        'PersonalDataCorrected',
        'VolunteerErased',
        'VolunteerMerged',
        'VolunteerUnmerged',
      ],
      seconds: 60,
      appends: ['story'],
      people: {
        stories: ['GetItem', 'PutItem', 'Decrypt'],
        named: ['Query'],
      },
    },
  },
});
