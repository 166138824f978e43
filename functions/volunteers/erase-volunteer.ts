import type { UseCase } from '../shared/http.ts';
import { unlink } from '../shared/people/link.ts';
import { destroyAction, personKey } from '../shared/people/people.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { erase } from './decider.ts';
import { mayErase } from './policy.ts';

/**
 * Erases a person: the key that opens their data goes together with the tombstone event, so that
 * the record is unreadable at once. What else lies under the person is cleared after the event, by
 * `clear-person`. Every total stays what it was.
 */
export const eraseVolunteer: UseCase<typeof volunteers.eraseVolunteer> = (request) =>
  changeVolunteer(
    request,
    mayErase,
    (volunteer) => erase(volunteer),
    async ({ selfId }) => [
      destroyAction(personKey(request.params.id)),
      ...(selfId === null ? [] : [unlink(selfId)]),
    ],
  );
