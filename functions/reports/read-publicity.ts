import { channelKinds, type Story } from '../../events/publicity.ts';
import { publishedStories } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import type { Counted } from './material.ts';

/** What is counted of a row, which holds no text. */
type Counting = Pick<Story, 'kind' | 'channels'>;

/** Stories of a period that are counted. Anybody may ask for a closed period. */
const mostCounted = 1_000;

const pieces = { unit: 'stories', unitZh: '篇' } as const;

/**
 * The stories that were published in a period and have not been taken down, and in how many of them each channel was
 * used. A story in two channels counts in both. Null when none is recorded, which is not zero; the values are null
 * when there are more than are counted. The figures are those of now, also of a closed period: a story that is taken
 * down leaves them.
 */
export const readPublicity = async (period: string): Promise<readonly Counted[] | null> => {
  const { items: stories, next } = await listRows<Counting>({
    index: 'lists',
    partition: publishedStories,
    prefix: period,
    limit: mostCounted,
  });
  if (stories.length === 0) return null;
  const count = (is: (story: Counting) => boolean): number | null =>
    next === null ? stories.filter(is).length : null;
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
