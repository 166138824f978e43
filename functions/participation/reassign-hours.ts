import type { DomainEvent } from '../../events/catalogue.ts';
import type { Hours } from '../../events/participation.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { survivorOf } from '../people/own-record.ts';
import { pause } from '../runtime/dynamodb.ts';
import { fingerprint } from '../runtime/ids.ts';
import { listOfVolunteer } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import { reassign } from './decider.ts';

type Merged = DomainEvent<'VolunteerMerged'>;

const moveOne = (event: Merged, hoursId: string, to: string) =>
  aggregate('hours').execute(hoursId, {
    request: followUp(event, { key: fingerprint('merge', event.id, hoursId), hash: to }),
    authorise: () => event.actor.role,
    decide: (hours) => reassign(hours, to),
  });

/**
 * Moves the hours of a merged record to the surviving one, with one event for each entry, so that
 * the person is counted once and every sum stays the same. A repeated event finds nothing more to
 * do. If the Views do not have all hours yet, merging again moves the rest.
 */
export const moveHours = async (event: Merged): Promise<void> => {
  const from = event.aggregate.id;
  const to = await survivorOf(event.data.intoId);
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof listRows<Hours>>> = await listRows<Hours>({
      index: 'lists',
      partition: listOfVolunteer(from),
      limit: 100,
      cursor,
    });
    for (const { id } of page.items) await moveOne(event, id, to);
    cursor = page.next;
  }
};

/** After this time the Views usually have what was logged just before the merge. */
const viewsMs = 10_000;

export const handler = subscribe(async (event) => {
  if (event.type !== 'VolunteerMerged') return;
  await pause(viewsMs);
  await moveHours(event);
});
