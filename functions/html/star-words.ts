import type { Word } from './words.ts';

const numerals = ['一', '二', '三', '四', '五'] as const;

/** What a level is called: 一星, `1 star`. */
export const starWords = (level: number): Word => ({
  zh: `${numerals[level - 1] ?? level}星`,
  en: level === 1 ? '1 star' : `${level} stars`,
});
