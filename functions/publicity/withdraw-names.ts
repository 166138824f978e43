import type { DomainEvent } from '../../events/catalogue.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { namingOf } from '../people/naming.ts';
import { withdrawName } from './decider.ts';
import { removeName, storiesNaming } from './published-names.ts';

/**
 * Takes the name of somebody who may not be named any more out of the stories that show it; a story that does not stand
 * without is taken down. It decides on what the Ledger says now, so events may come in any order and again. The story's
 * link to the person is written with its publication, on condition that the person's record was as it was read: either
 * this finds the link, or the publication found the consent ended.
 */
export const withdrawNames = async (event: DomainEvent): Promise<void> => {
  if (!('volunteer' in event.data)) return;
  const { id } = event.aggregate;
  // Those merged into the record are its person too.
  const ids = [id, ...event.data.volunteer.mergedFrom.map((merged) => merged.id)];
  for (const volunteerId of ids)
    for (const storyId of await storiesNaming(volunteerId)) {
      if ((await namingOf(volunteerId)).mayBeNamed) break;
      await aggregate('story').execute(storyId, {
        request: followUp(event),
        authorise: () => event.actor.role,
        decide: (story) => withdrawName(story, volunteerId, event.recordedAt),
      });
      await removeName(storyId, volunteerId);
    }
};

export const handler = subscribe(withdrawNames);
