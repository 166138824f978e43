import type { DomainEvent } from '../../events/catalogue.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { withdrawName } from './decider.ts';
import { judgedNames, removeName, storiesNaming } from './published-names.ts';

/** Takes somebody's name out of a story, if it stands there no more. */
const withdrawFrom = async (
  storyId: string,
  volunteerId: string,
  event: DomainEvent,
): Promise<void> => {
  let judged: Awaited<ReturnType<typeof judgedNames>> = new Map();
  await aggregate('story').execute(storyId, {
    request: followUp(event),
    authorise: () => event.actor.role,
    decide: async (story) => {
      // After the story: a correction that comes between puts new names, and refuses this event.
      judged = await judgedNames(storyId, [volunteerId]);
      const { kept, standing = 'stands' } = judged.get(volunteerId) ?? {};
      return kept ? withdrawName(story, { volunteerId, standing }, event.recordedAt) : null;
    },
  });
  const name = judged.get(volunteerId);
  if (name) await removeName(storyId, volunteerId, name);
};

/**
 * Takes the name of somebody whose consent ended, or whose name was corrected, out of the stories that show it; a story
 * that does not stand without is taken down with the consent. It decides on what the Ledger says of the time since the
 * publication, so events may come in any order and again, and a consent that was given again meanwhile changes nothing.
 * The story's link to the person is written with its publication, on condition that the person's record was as it was
 * read: either this finds the link, or the publication found the consent ended.
 */
export const withdrawNames = async (event: DomainEvent): Promise<void> => {
  if (!('volunteer' in event.data)) return;
  const { id } = event.aggregate;
  // Those merged into the record are its person too.
  const ids = [id, ...event.data.volunteer.mergedFrom.map((merged) => merged.id)];
  for (const volunteerId of ids)
    for (const storyId of await storiesNaming(volunteerId))
      await withdrawFrom(storyId, volunteerId, event);
};

export const handler = subscribe(withdrawNames);
