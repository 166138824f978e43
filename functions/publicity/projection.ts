import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { publishedStories, storyRows } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';
import { isPublic } from './decider.ts';

/** A story as staff list it, and while it is published in the list of those. */
export const project = ({
  data: { story },
  aggregate: { id },
}: DomainEvent<EventTypeOf<'story'>>): Projection => ({
  row: {
    pk: storyRows,
    sk: `${story.createdOn}#${id}`,
    row: story,
    ...(isPublic(story)
      ? { list: { name: publishedStories, order: `${story.published.on}#${id}` } }
      : {}),
  },
});
