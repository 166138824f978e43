import { isBankCard, isLandline, isMobileOrId } from './person-numbers.ts';

/** What the phrases of official texts have in common: their parts, and questions about their numbers. */

/** What a number is, as far as others need to know. */
export type Kind = 'date' | 'time' | 'public' | 'list' | 'amount';

/** What is found, and where. */
export interface Found {
  readonly text: string;
  /** The last characters before it, and the first ones after it. */
  readonly before: string;
  readonly after: string;
}

/** A way to write numbers that lead to nobody. All patterns are for plain texts (`plainText`). */
export interface Phrase {
  readonly kind: Kind;
  readonly pattern: string;
  readonly before?: RegExp;
  readonly is?: (found: Found) => boolean;
}

export const to = '\\s?(?:[-‐-―−~〜]{1,2}|至|到)\\s?';
export const and = '\\s?(?:[、,/;和或及])\\s?';
/** 12→15, 1234->5678 */
export const arrow = '\\s?(?:→|⇒|[-=]>)\\s?';
export const next = `(?:${and}|${to})`;
/** A list has an end, so that the work for a text grows no faster than its length. */
export const any = '{0,60}';
export const some = '{1,60}';

export const year = '(?:19|20)\\d{2}';
const isYear = new RegExp(`^${year}$`);

export const digitsOf = (text: string): string => text.replace(/\D/g, '');
export const numbersOf = (text: string): readonly string[] => text.match(/\d+(?:\.\d+)?/g) ?? [];
/** The numbers of a text, two by two. */
export const pairsOf = (text: string): readonly (readonly [number, number])[] =>
  [...text.matchAll(/(\d+)[-/.·](\d+)/g)].map(([, one, other]) => [Number(one), Number(other)]);

/** Words that make a number after them a telephone number, whatever follows it. */
const contact =
  /(?:联系|咨询|电话|致电|来电|拨打|请拨|请打|热线|手机|座机|固话|短信|号码|传真|总机|分机|(?<![a-z])(?:tel|phone|mobile|call|fax))(?:(?!时间|日期|期限|截止)[^\d。!?;\n]){0,6}$/iu;
export const isCalled = ({ before }: Found): boolean => contact.test(before);
export const isUncalled = (found: Found): boolean => !isCalled(found);

export const rises = (all: readonly string[]): boolean =>
  all.every((one, at) => at === 0 || Number(all[at - 1]) < Number(one));
/** Small numbers that rise or fall, as houses of a street do: 1、3、5、7、9、11、13号. */
export const isOrdered = (all: readonly string[]): boolean =>
  all.every((one) => one.length < 4) && (rises(all) || rises(all.toReversed()));

/** Groups that look like a local telephone number: 8456-2310. */
export const looksLocal = (all: readonly string[]): boolean =>
  /^[2-8]\d{6,7}$/.test(all.join('')) &&
  all.some((one) => one.length === 4 && !one.endsWith('0')) &&
  all.every((one) => one.length > 2 && !isYear.test(one));
/** Groups that look like a bank card: 6222、0212、3456、7890. */
export const looksLikeCard = (all: readonly string[]): boolean =>
  all.length < 6 && isBankCard(all.join(''));

/** Whether some neighbouring numbers are a person's number together. */
export const hidesNumber = (all: readonly string[]): boolean =>
  all.some((_, from) => {
    let digits = '';
    for (const one of all.slice(from)) {
      digits += digitsOf(one);
      if (digits.length > 19) return false;
      if (isMobileOrId(digits) || isLandline(digits) || isBankCard(digits)) return true;
    }
    return false;
  });

export const isNobodys = ({ text }: Found): boolean =>
  !(isMobileOrId(digitsOf(text)) || isLandline(digitsOf(text))) || isOrdered(numbersOf(text));
