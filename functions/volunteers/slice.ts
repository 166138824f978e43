import { slice } from '../slice.ts';
import { volunteers as contract } from './contract.ts';
import { persons, project } from './projection.ts';

export const volunteers = slice({
  name: 'volunteers',
  contract,
  aggregates: { volunteer: project },
  persons,
  http: {
    appends: ['volunteer'],
    views: ['ByList'],
    people: {
      partitions: ['persons', 'links', 'hashKey'],
      actions: ['Query', 'GetItem', 'PutItem', 'DeleteItem'],
    },
  },
  subscribers: {
    // Flags duplicates and settles the flags of records that are gone; deletes the items of erased persons.
    PeopleSubscriber: {
      queue: 'PeopleUpkeep',
      file: 'people-subscriber.ts',
      on: [
        'VolunteerRegistered',
        'PersonalDataCorrected',
        'DuplicateSuspected',
        'DuplicateSettled',
        'VolunteerMerged',
        'VolunteerErased',
      ],
      seconds: 30,
      appends: ['volunteer'],
      people: {
        partitions: ['persons', 'hashKey'],
        actions: ['Query', 'GetItem', 'PutItem', 'DeleteItem', 'BatchWriteItem'],
        indexes: true,
      },
    },
  },
});
