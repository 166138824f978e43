import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import type { Story, StoryContent } from '../../events/publicity.ts';
import { publishedStories, storyRows } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';
import { isPublic } from './decider.ts';

const listed = ({ title, summary }: StoryContent) => ({ title, summary });

/** A story without its texts, which lists do not show: anybody may ask for many stories at once. */
const rowOf = ({ content, published, ...story }: Story) => ({
  ...story,
  content: listed(content),
  published: published && {
    content: listed(published.content),
    on: published.on,
    publishedAt: published.publishedAt,
    updatedAt: published.updatedAt,
    corrections: published.corrections,
    noticeUntil: published.noticeUntil,
    confirmedOn: published.confirmedOn,
  },
});
export type StoryRow = ReturnType<typeof rowOf>;

/** A story as staff list it, and while it is published in the list of those. */
export const project = ({
  data: { story },
  aggregate: { id },
}: DomainEvent<EventTypeOf<'story'>>): Projection => ({
  row: {
    pk: storyRows,
    sk: `${story.createdOn}#${id}`,
    row: rowOf(story),
    ...(isPublic(story)
      ? { list: { name: publishedStories, order: `${story.published.on}#${id}` } }
      : {}),
  },
});
