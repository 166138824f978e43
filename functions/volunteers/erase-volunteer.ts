import type { UseCase } from '../http/serve.ts';
import { find } from '../ledger/execute.ts';
import { unlink } from '../people/link.ts';
import { destroyAction, personKey } from '../people/people.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { erase, evolve } from './decider.ts';
import { mayErase } from './policy.ts';

/** The tombstone of a record that was merged into one that is erased. */
const eraseMerged = async ({ id }: { readonly id: string }) => {
  const stream = { type: 'volunteer', id };
  const found = await find(stream, evolve);
  return found && found.state.status !== 'erased'
    ? [{ stream, version: found.version, fact: erase(found.state) }]
    : [];
};

/**
 * Erases a person: the keys that open their data go together with the tombstone events of the
 * record and of those that were merged into it, so that all of it is unreadable at once. What else
 * lies under the person is cleared after the events, by `clear-person`. Every total stays what it was.
 */
export const eraseVolunteer: UseCase<typeof volunteers.eraseVolunteer> = (request) =>
  changeVolunteer(request, mayErase, (volunteer) => erase(volunteer), {
    together: async ({ mergedFrom }) => (await Promise.all(mergedFrom.map(eraseMerged))).flat(),
    alongside: async ({ selfId, mergedInto, mergedFrom }) => {
      const records = [{ id: request.params.id, selfId }, ...mergedFrom];
      return [
        ...records.map(({ id }) => destroyAction(personKey(id))),
        // The links of a record that was merged are the other's: they go with that.
        ...(mergedInto === null ? records : []).flatMap((record) =>
          record.selfId === null ? [] : [unlink(record.selfId)],
        ),
      ];
    },
  });
