import type { Publication, Story } from '../../events/publicity.ts';
import type { Say, Word } from '../html/words.ts';

export const kindWords: Readonly<Record<Story['kind'], Word>> = {
  story: { zh: '宣传报道', en: 'Story' },
  'practice-note': { zh: '经验做法', en: 'Practice note' },
  exemplar: { zh: '先进典型', en: 'Exemplar' },
};

/** Where an exemplar stands; undefined of other kinds. */
export const noticeText = (
  { noticeUntil, confirmedOn }: Pick<Publication, 'noticeUntil' | 'confirmedOn'>,
  say: Say,
): string | undefined => {
  if (noticeUntil === null) return undefined;
  return confirmedOn === null
    ? say(
        `公示至${noticeUntil}，尚未确认`,
        `in public notice until ${noticeUntil}, not confirmed yet`,
      )
    : say(`${confirmedOn}确认`, `confirmed on ${confirmedOn}`);
};
