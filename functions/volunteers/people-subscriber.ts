import { subscribe } from '../ledger/subscribe.ts';
import { clearPerson } from './clear-person.ts';
import { findDuplicates } from './find-duplicates.ts';

/** Applies a volunteer's events to the People table and to other records. */
export const handler = subscribe(async (event) => {
  switch (event.type) {
    case 'VolunteerRegistered':
    case 'PersonalDataCorrected':
      return findDuplicates(event);
    case 'VolunteerErased':
      return clearPerson(event.aggregate.id);
    default:
      return undefined;
  }
});
