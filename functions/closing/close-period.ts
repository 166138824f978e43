import { subscribe } from '../ledger/subscribe.ts';
import { closeMonth } from './close-month.ts';
import { closeYear } from './close-year.ts';
import { restateNewer } from './restate-newer.ts';

/** Closes months and years that were ordered to be closed. */
export const handler = subscribe(async (event) => {
  switch (event.type) {
    case 'MonthCloseStarted':
      return closeMonth(event);
    case 'MonthClosed':
      return restateNewer(event);
    case 'YearCloseStarted':
      return closeYear(event);
    default:
      return undefined;
  }
});
