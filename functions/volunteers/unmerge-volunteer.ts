import type { Volunteer } from '../../events/volunteers.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { load } from '../ledger/ledger.ts';
import { linkAfterwards } from '../people/link.ts';
import { selfIdOf } from '../people/own-record.ts';
import { dayMs, localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { releaseMerged, unmerge } from './merge-decider.ts';
import { mayMerge } from './policy.ts';

interface Above {
  readonly id: string;
  readonly volunteer: Volunteer;
  readonly version: number;
}

/** The records that a record was merged into, nearest first. */
const recordsAbove = async ({ mergedInto }: Volunteer): Promise<readonly Above[]> => {
  if (mergedInto === null) return [];
  const { state: volunteer, version } = await aggregate('volunteer').get(mergedInto);
  return [{ id: mergedInto, volunteer, version }, ...(await recordsAbove(volunteer))];
};

/**
 * When a record was merged into the one that it is merged into, in epoch milliseconds; undefined when
 * somebody has undone that since the record was read.
 */
const mergedAt = async (id: string): Promise<number | undefined> => {
  const events = (await load({ type: 'volunteer', id })).map(({ event }) => event);
  const lastOwn = events.findLastIndex(
    ({ data }) => 'volunteer' in data && data.volunteer.mergedInto === null,
  );
  const merged = events[lastOwn + 1];
  return merged && Date.parse(merged.recordedAt);
};

/**
 * Undoes a merge. One transaction appends an event to the merged record and one to each record it went
 * into, and leads the links of tokens back that an erasure had led there. Hours stay with the record
 * under which they were entered; memberships in teams stay where the merge brought them.
 */
export const unmergeVolunteer: UseCase<typeof volunteers.unmergeVolunteer> = (request) => {
  const { id } = request.params;
  const { timezone, unmergeDays } = settings();
  let above: readonly Above[] = [];
  return changeVolunteer(
    request,
    mayMerge,
    async (volunteer, today) => {
      above = await recordsAbove(volunteer);
      const at = above.length === 0 ? undefined : await mergedAt(id);
      const until = at === undefined ? today : localDateOf(at + unmergeDays * dayMs, timezone);
      return unmerge(volunteer, { id, above, until, reason: request.body.reason }, today);
    },
    {
      alsoAppend: async ({ mergedFrom }) =>
        above.map(({ id: each, volunteer, version }) => ({
          type: 'volunteer',
          id: each,
          version,
          fact: releaseMerged(volunteer, { id, mergedFrom }),
        })),
      alsoWrite: async ({ selfId, mergedFrom }) => {
        const ids = above.map((each) => each.id);
        const links = new Set(
          await Promise.all(
            [{ id, selfId }, ...mergedFrom].map(
              (each) => each.selfId ?? selfIdOf({ volunteerId: each.id }),
            ),
          ),
        );
        const back = [...links].map((each) => linkAfterwards(each, ids, id));
        return (await Promise.all(back)).flat();
      },
    },
  );
};
