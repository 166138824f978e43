import { subscribe } from '../ledger/subscribe.ts';
import { deleteCalendar } from '../people/calendars.ts';
import { clearPerson } from './clear-person.ts';
import { findDuplicates } from './find-duplicates.ts';
import { indexName } from './index-name.ts';
import { settleAfter, settleFlagged } from './settle-duplicates.ts';

/** Applies a volunteer's events to the People table and to other records. */
export const handler = subscribe(async (event) => {
  switch (event.type) {
    case 'VolunteerRegistered':
    case 'PersonalDataCorrected':
    case 'VolunteerUnmerged':
      return findDuplicates(event);
    case 'VolunteerRevised':
      return indexName(event);
    case 'DuplicateSuspected':
    case 'DuplicateSettled':
      return settleFlagged(event);
    case 'VolunteerMerged':
      return settleAfter(event);
    case 'VolunteerErased':
      await clearPerson(event.aggregate.id);
      await deleteCalendar(event.aggregate.id);
      return settleAfter(event);
    default:
      return undefined;
  }
});
