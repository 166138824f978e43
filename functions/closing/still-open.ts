import type { StillOpen } from '../../events/periods.ts';
import { isLateFor } from '../sheets/working-days.ts';
import type { Folded } from './fold.ts';

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** What the Ledger says is open in a month. @param today the local date on which that is asked */
export const openIn = (
  month: string,
  { sheets, activities, statuses }: Folded,
  today: string,
): StillOpen => {
  const here = activities.filter(({ figures }) => figures.month === month);
  const withStatus = (...some: readonly (string | undefined)[]): number =>
    here.filter(({ id }) => some.includes(statuses.get(id))).length;
  const late = sheets.filter(({ place }) => isLateFor(place.serviceDate, today));
  return {
    waitingEntries: sum(sheets.map(({ sums }) => sums.waiting)),
    waitingMinutes: sum(sheets.map(({ sums }) => sums.pendingMinutes)),
    openObjections: sum(sheets.map(({ sums }) => sums.objected)),
    activitiesNotCompleted: withStatus('published', 'rejected'),
    activitiesNotVerified: withStatus('completed'),
    overdueRecords: sum(late.map(({ sums }) => sums.waiting)),
  };
};
