import { slice } from '../slice.ts';
import { volunteers as contract } from './contract.ts';
import { project } from './projection.ts';

export const volunteers = slice({
  name: 'volunteers',
  contract,
  aggregates: { volunteer: project },
  http: {
    appends: ['volunteer'],
    views: ['ByList', 'ByFlag'],
    viewsInBatches: true,
    people: {
      persons: ['Query', 'GetItem', 'PutItem', 'DeleteItem', 'Decrypt', 'GenerateDataKey'],
      links: ['GetItem', 'PutItem', 'DeleteItem'],
      proofs: ['DeleteItem'],
      hashKey: ['GetItem', 'Decrypt'],
      lookUps: ['GetItem', 'PutItem', 'UpdateItem'],
    },
    peopleIndexes: true,
  },
  subscribers: {
    // Indexes names by area; flags duplicates and settles the flags of records that are gone; deletes the items of erased persons.
    PeopleSubscriber: {
      file: 'people-subscriber.ts',
      on: [
        'VolunteerRegistered',
        'VolunteerRevised',
        'PersonalDataCorrected',
        'DuplicateSuspected',
        'DuplicateSettled',
        'VolunteerMerged',
        'VolunteerUnmerged',
        'VolunteerErased',
      ],
      seconds: 30,
      appends: ['volunteer'],
      people: {
        persons: ['Query', 'GetItem', 'PutItem', 'BatchWriteItem', 'Decrypt'],
        calendars: ['DeleteItem'],
        hashKey: ['GetItem', 'Decrypt'],
      },
      peopleIndexes: true,
    },
  },
});
