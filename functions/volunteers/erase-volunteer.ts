import type { Volunteer } from '../../events/volunteers.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { linkAfterwards } from '../people/link.ts';
import { acceptedSurvivorOf, selfIdOf } from '../people/own-record.ts';
import { destroyAction, personKey } from '../people/people.ts';
import { destroySalt } from '../people/proof-salts.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { erase } from './decider.ts';
import { mayErase } from './policy.ts';

type Merged = Volunteer['mergedFrom'][number];

/**
 * A merged record, if it is erased with the record it was merged into: its merge was accepted, or
 * nobody ever confirmed it. A record of somebody else, merged by mistake, stays for its own person
 * to erase.
 */
const goingWith = async ({ id, selfId, awaiting }: Merged) => {
  const found = await aggregate('volunteer').find(id);
  const isNobodys = awaiting === id && found?.state.confirmedOn === null;
  return awaiting === null || isNobodys ? [{ id, selfId, found }] : [];
};

/**
 * Erases a person. One transaction appends the tombstone events of the record and of records merged
 * into it for good, and deletes the keys of their data, so all of it is unreadable at once, and the
 * salts of their pseudonyms, so that nobody can tell any more which leaf of a closed month is theirs.
 * `clear-person` deletes the person's other items after the events. No total of an earlier month
 * changes.
 */
export const eraseVolunteer: UseCase<typeof volunteers.eraseVolunteer> = (request) => {
  const { id } = request.params;
  const today = localDateOf(request.at, settings().timezone);
  let going: Awaited<ReturnType<typeof goingWith>> = [];
  return changeVolunteer(request, mayErase, (volunteer) => erase(volunteer, today), {
    alsoAppend: async ({ mergedFrom }) => {
      going = (await Promise.all(mergedFrom.map(goingWith))).flat();
      return going.flatMap(({ id, found }) =>
        found && found.state.status !== 'erased'
          ? [
              {
                type: 'volunteer' as const,
                id,
                version: found.version,
                fact: erase(found.state, today),
              },
            ]
          : [],
      );
    },
    alsoWrite: async ({ selfId }) => {
      const records = [{ id, selfId }, ...going];
      const ids = records.map((each) => each.id);
      // When this record's merge was accepted, its links belong to the surviving record: they lead
      // there now, and are erased with it.
      const { id: found } = await acceptedSurvivorOf(id);
      const survivor = found === id ? undefined : found;
      const links = new Set(
        await Promise.all(records.map((each) => each.selfId ?? selfIdOf({ volunteerId: each.id }))),
      );
      const changed = [...links].map((each) => linkAfterwards(each, ids, survivor));
      return [
        ...ids.map((each) => destroyAction(personKey(each))),
        ...ids.map(destroySalt),
        ...(await Promise.all(changed)).flat(),
      ];
    },
  });
};
