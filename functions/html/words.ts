import type { Locale } from '../refusals/problem-types.ts';

/** A word in both languages. */
export interface Word {
  readonly zh: string;
  readonly en: string;
}

export const inLanguage = (locale: Locale, { zh, en }: Word): string => (locale === 'en' ? en : zh);

/** Says a text in the language of a page. */
export type Say = (zh: string, en: string) => string;

export const sayIn =
  (locale: Locale): Say =>
  (zh, en) =>
    inLanguage(locale, { zh, en });
