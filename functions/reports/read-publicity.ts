import { channelKinds, type Publication, type Story } from '../../events/publicity.ts';
import { publishedStories } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import type { Counted } from './material.ts';

/** What is counted of a row, which holds no text. */
type Counting = Pick<Story, 'kind' | 'channels'> & {
  readonly published: Pick<Publication, 'confirmedOn'>;
};

/** The stories of a period; `areAll`: none are left out. */
export interface PublishedStories {
  readonly stories: readonly Counting[];
  readonly areAll: boolean;
}

/** Stories of a period that are counted. Anybody may ask for a closed period. */
const mostCounted = 1_000;

const pieces = { unit: 'stories', unitZh: '篇' } as const;

/** The stories that were published in a period and have not been taken down: one bounded read. */
export const readStories = async (period: string): Promise<PublishedStories> => {
  const { items, next } = await listRows<Counting>({
    index: 'lists',
    partition: publishedStories,
    prefix: period,
    limit: mostCounted,
  });
  return { stories: items, areAll: next === null };
};

/** How many stories there are of which something is so; null when they are more than are read. */
const counterOf =
  ({ stories, areAll }: PublishedStories) =>
  (is: (story: Counting) => boolean): number | null =>
    areAll ? stories.filter(is).length : null;

/**
 * The exemplars that were published in a period and are confirmed, for 八、激励与典型. The figure is that of now, as those
 * of the other stories are. Null when there are none.
 */
export const exemplarsIn = (published: PublishedStories): readonly Counted[] | null => {
  const value = counterOf(published)(
    ({ kind, published: { confirmedOn } }) => kind === 'exemplar' && confirmedOn !== null,
  );
  if (value === 0) return null;
  const words = { zh: '先进典型', en: 'exemplars', unit: 'exemplars', unitZh: '个' };
  return [{ metric: 'exemplarsConfirmed', words, value }];
};

/**
 * The stories that were published in a period and have not been taken down, and in how many of them each channel was
 * used. A story in two channels counts in both. Null when none is recorded, which is not zero; the values are null
 * when there are more than are counted. The figures are those of now, also of a closed period: a story that is taken
 * down leaves them.
 */
export const publicityIn = (published: PublishedStories): readonly Counted[] | null => {
  if (published.stories.length === 0) return null;
  const count = counterOf(published);
  const byChannel = Object.entries(channelKinds).flatMap(([channel, { zh, en }]) => {
    const value = count(({ channels }) => channels.some(({ kind }) => kind === channel));
    if (value === 0) return [];
    const words = { zh: `${zh}刊发`, en: `in ${en}`, ...pieces };
    return [{ metric: `storiesPublished.${channel}`, words, value }];
  });
  return [
    {
      metric: 'storiesPublished',
      words: { zh: '发布宣传报道', en: 'stories published', ...pieces },
      value: count(({ kind }) => kind === 'story'),
    },
    {
      metric: 'practiceNotesPublished',
      words: { zh: '经验做法', en: 'practice notes', ...pieces },
      value: count(({ kind }) => kind === 'practice-note'),
    },
    ...byChannel,
  ];
};
