import { datesAndTimes } from './dates-and-times.ts';
import { figurePhrases } from './figures.ts';
import { listsAndAmounts } from './lists-and-amounts.ts';
import type { Kind } from './number-phrase.ts';
import { publicNumbers } from './public-numbers.ts';

/**
 * The phrases of official texts that have long numbers and lead to nobody: dates, times, document
 * numbers, hotlines, quantities, lists. In this order: the longer form comes first.
 */
const compiled = [...datesAndTimes, ...figurePhrases, ...publicNumbers, ...listsAndAmounts].map(
  (phrase) => ({
    ...phrase,
    pattern: new RegExp(`${phrase.pattern}(?:(?<=[日号月])|(?!\\d))`, 'uyi'),
  }),
);

const contextLength = 16;

/** Whether it is a part of a longer number, and so no date and no time: 138-2025-03-05. */
const isPart = (before: string, after: string): boolean =>
  /\d[-‐-―~〜./:]$/.test(before) || /^[-‐-―~〜./:]\d/.test(after);

/** Whether digits and a sign before it make it the end of a longer number: 183/969/12250 is no hotline. */
const isTail = (before: string): boolean => /\d\/\d+\/$|\d-\d+-$/.test(before);

/** The phrase that begins at a place of a plain text. */
export const phraseAt = (
  plain: string,
  at: number,
): { readonly kind: Kind; readonly text: string } | undefined => {
  const before = plain.slice(Math.max(0, at - contextLength), at);
  for (const { kind, pattern, before: prefix, is } of compiled) {
    if (prefix && !prefix.test(before)) continue;
    pattern.lastIndex = at;
    const text = pattern.exec(plain)?.[0];
    if (text === undefined) continue;
    const after = plain.slice(at + text.length, at + text.length + contextLength);
    if ((kind === 'date' || kind === 'time') && isPart(before, after)) continue;
    if (kind === 'public' && isTail(before)) continue;
    if (!is || is({ text, before, after })) return { kind, text };
  }
  return undefined;
};
