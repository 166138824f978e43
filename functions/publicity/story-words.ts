import type { Story } from '../../events/publicity.ts';
import type { Word } from '../html/words.ts';

export const kindWords: Readonly<Record<Story['kind'], Word>> = {
  story: { zh: '宣传报道', en: 'Story' },
  'practice-note': { zh: '经验做法', en: 'Practice note' },
};
