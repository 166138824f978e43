import { applyActivities } from './activities.ts';
import { collectFailures, type Failure, givenOf, type Projected } from './projected.ts';
import { applyPersons, applyTeams } from './registrations.ts';
import { applyRows } from './rows.ts';
import { applySheets } from './sheets.ts';
import { createStore, type Limits } from './store.ts';

/**
 * Takes events into the Views of one generation: in any order, any number of times, by several
 * projectors at once. The figures are exact as soon as every event has been taken in without failure.
 *
 * @returns the events that could not be taken in; they are to be delivered again
 */
export const apply = async (
  all: readonly Projected[],
  generation: number,
  limits?: Limits,
): Promise<readonly Failure[]> => {
  const store = createStore(generation, limits);
  const failures = collectFailures();
  await applyRows(store, all, failures);
  await applyPersons(store, givenOf(all, 'person'), failures);
  await applyTeams(store, givenOf(all, 'team'), failures);
  await applyActivities(store, givenOf(all, 'activity'), failures);
  await applySheets(store, givenOf(all, 'sheet'), failures);
  return failures.all();
};
