import { expiryOf } from '../people/personal-access.ts';
import { type Budget, spendOfAll, spendOfSource } from '../people/source-budget.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';

/** Days for which the counts of a day are kept. */
const keptDays = 2;
/** A local day is over everywhere on earth 36 hours after it begins in UTC. */
const saltHours = 38;

/**
 * Counts a complaint of the day: of its source, and of all.
 * @param source the address that it came from
 * @throws Problem `too-many-complaints`
 */
export const spend = async (source: string | undefined, at: number): Promise<void> => {
  const { timezone, complaints } = settings();
  const day = localDateOf(at, timezone);
  const budget = (most: number): Budget => ({
    ...{ purpose: 'complaints', within: day, day, saltHours, most },
    countedUntil: expiryOf(at, keptDays),
  });
  const hasRoom =
    (await spendOfSource(source, budget(complaints.perSource))) &&
    (await spendOfAll(budget(complaints.perDay)));
  if (!hasRoom) throw new Problem('too-many-complaints');
};
