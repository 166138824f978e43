import { hasAccount } from './accounts.ts';
import { hasCoordinates } from './coordinates.ts';
import { digitsOf, isOrdered, type Kind } from './number-phrase.ts';
import { phraseAt } from './number-phrases.ts';
import { isBankCard, isLandline, isMobile, isMobileOrId } from './person-numbers.ts';
import { plainText } from './plain-text.ts';

/** A number of a text: bare digits, or a part of a phrase that leads to nobody. */
interface Token {
  readonly kind: Kind | 'bare';
  readonly digits: string;
  /** Where the phrase or the bare number begins. */
  readonly start: number;
  /** Whether it is the first, and the last number of its phrase. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The text between the number before and this one. */
  readonly gap: string;
  /** Whether an X follows, as at the end of a resident ID number. */
  readonly hasX: boolean;
}

const bare = /\d+/y;
const bareAt = (plain: string, at: number): string => {
  bare.lastIndex = at;
  return bare.exec(plain)?.[0] ?? '';
};

/** A number of a phrase with what is before it, and a phrase as one number. */
const listed = /(\D*)\d+(?:\.\d+)?/gu;
const whole = /^.*$/gsu;

const tokensOf = (plain: string): readonly Token[] => {
  const tokens: Token[] = [];
  let end = 0;
  for (const { index } of plain.matchAll(/(?<!\d)\d/g)) {
    if (index < end) continue;
    const opening = index - 1;
    const inBrackets =
      opening >= end && /[([〔【]/.test(plain.charAt(opening))
        ? phraseAt(plain, opening)
        : undefined;
    const phrase = inBrackets ?? phraseAt(plain, index);
    const start = inBrackets ? opening : index;
    const text = phrase?.text ?? bareAt(plain, index);
    const gap = plain.slice(end, start);
    end = start + text.length;
    const hasX = /^[^\p{L}\p{N}]{0,3}x/iu.test(plain.slice(end, end + 4));
    const kind = phrase?.kind ?? 'bare';
    // The last number of a list may begin another number: 总计1000、138 0013 8000.
    const inParts = kind === 'list' || kind === 'public';
    const parts = [...text.matchAll(inParts ? listed : whole)];
    for (const [at, [part, lead = '']] of parts.entries()) {
      const isFirst = at === 0;
      const isLast = at === parts.length - 1;
      const digits = digitsOf(part);
      tokens.push({ kind, digits, start, isFirst, isLast, gap: isFirst ? gap : lead, hasX });
    }
  }
  return tokens;
};

/** Words and signs of one character that people write between the digits of a number. */
const filler = /^[^\p{L}\p{N}]*[转杠横加减元万亿空x][^\p{L}\p{N}]*$/iu;
const joins = ({ gap }: Token): boolean => !/\p{L}/u.test(gap) || filler.test(gap);

/** An amount, a list or a public number is a part of the bare number right before it: 8456 2310张. */
const continues = ({ kind, gap }: Token, before: Token | undefined): boolean =>
  before?.kind === 'bare' &&
  (kind === 'amount' || kind === 'list' || (kind === 'public' && before.digits.length > 3)) &&
  (/^[^\p{L}([〔【。!?;:\n]*$/u.test(gap) || filler.test(gap));

/** The numbers of a text, in runs that no word parts. */
const runsOf = (tokens: readonly Token[]): readonly (readonly Token[])[] => {
  const runs: Token[][] = [];
  for (const token of tokens) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last?.start === token.start) run.push({ ...token, kind: last.kind });
    else if (!run || !joins(token)) runs.push([token]);
    else run.push(continues(token, last) ? { ...token, kind: 'bare' } : token);
  }
  return runs;
};

const countDigits = (tokens: readonly Token[], kinds: readonly Token['kind'][]): number =>
  tokens.reduce((sum, { kind, digits }) => sum + (kinds.includes(kind) ? digits.length : 0), 0);
/** Kinds that may be a part of another number. */
const solid: readonly Token['kind'][] = ['bare', 'amount', 'list'];
const bareDigits = (tokens: readonly Token[]): number => countDigits(tokens, ['bare']);

const maxDigits = 19;

/** Whether it is so for some neighbouring numbers that have 19 digits or fewer together. */
const someNeighbours = (
  tokens: readonly Token[],
  is: (neighbours: readonly Token[]) => boolean,
): boolean =>
  tokens.some((_, from) => {
    let digits = 0;
    for (let to = from; to < tokens.length; to += 1) {
      digits += tokens[to]?.digits.length ?? 0;
      if (digits > maxDigits) return false;
      if (is(tokens.slice(from, to + 1))) return true;
    }
    return false;
  });

const joined = (tokens: readonly Token[]): string =>
  tokens.map(({ digits }) => digits).join('') + (tokens.at(-1)?.hasX ? 'X' : '');

/** One list that only looks like two: 1000、1、3、8、6、6、3、7、2、0、4、7. */
const areOneList = (tokens: readonly Token[]): boolean => {
  const [, second, ...rest] = tokens;
  return rest.every(({ gap }) => gap === second?.gap);
};

/** Several whole phrases; no list of houses that begins as hotlines do: 110、111、180、201号楼. */
const areSeveralPhrases = (tokens: readonly Token[]): boolean =>
  tokens[0]?.start !== tokens.at(-1)?.start &&
  ((tokens[0]?.isFirst === true && tokens.at(-1)?.isLast === true) || areOneList(tokens)) &&
  !isOrdered(tokens.map(({ digits }) => digits));

/**
 * Whether a number is written so that parts of it look like something else: 138、2012、2013. Less
 * than a part of it beside a date or a time is nothing unusual: 15:30-17:00, 301.
 */
const isDisguised = (is: (digits: string) => boolean) => (tokens: readonly Token[]) => {
  const digits = joined(tokens);
  if (!is(digits) && !is(digits.replace('X', ''))) return false;
  const kinds = tokens.map(({ kind }) => kind);
  if (!kinds.includes('date') && !kinds.includes('time'))
    return kinds.includes('bare') || (digits.length !== 15 && areSeveralPhrases(tokens));
  // 1000、179 20271111: the last number of a list belongs to what follows.
  const isLoose = kinds.includes('bare') || (kinds[0] === 'list' && tokens[0]?.isFirst === false);
  return isLoose && countDigits(tokens, solid) >= (kinds.includes('time') ? 4 : 3);
};

/** A mobile number with a word of one character between its parts: 138个0013个8000. */
const isSpelt = (tokens: readonly Token[]): boolean => {
  const rest = tokens.filter(({ start }, at) => at > 0 && start !== tokens[at - 1]?.start);
  const [first] = rest;
  return (
    first !== undefined &&
    isMobile(joined(tokens).replace('X', '')) &&
    !isOrdered(tokens.map(({ digits }) => digits)) &&
    rest.every(({ gap }) => /^\p{L}$/u.test(gap)) &&
    tokens.every(({ kind }) => kind !== 'time') &&
    (rest.every(({ gap }) => gap === first.gap) ||
      rest.every(({ gap }) => /[转杠横加减元万亿空点至到和接]/u.test(gap)) ||
      tokens.some(({ digits }) => /^0\d/.test(digits)))
  );
};

/**
 * Whether a text contains a mobile or resident ID number, as an id, a code or a name may not.
 * `hasContactDetails` checks free texts more strictly.
 */
export const namesSomebody = (text: string): boolean =>
  runsOf(tokensOf(plainText(text))).some((run) => someNeighbours(run, isDisguised(isMobileOrId)));

/** Pages of authorities and articles of public accounts, whose addresses have long numbers. */
const page = /https?:\/\/(?:[a-z0-9.-]{1,60}\.gov\.cn|mp\.weixin\.qq\.com)\/[\w./?=&%#-]*/gi;

/** Whether the digits of a text, without the phrases of official texts, may be a person's number. */
const hasLongNumber = (plain: string): boolean => {
  const tokens = tokensOf(plain);
  return (
    runsOf(tokens).some(
      (run) =>
        bareDigits(run) >= 7 ||
        someNeighbours(
          run,
          isDisguised((digits) => isMobileOrId(digits) || isLandline(digits) || isBankCard(digits)),
        ),
    ) || someNeighbours(tokens, isSpelt)
  );
};

/**
 * Whether a text holds contact details: seven digits or more with no word between them
 * (telephones, ID documents, bank cards), an e-mail address, an account of WeChat or QQ. Dates,
 * times, document numbers, public numbers, amounts and lists are not contact details.
 */
export const hasContactDetails = (text: string): boolean => {
  const plain = plainText(text).replace(page, (url) => (namesSomebody(url) ? url : 'url'));
  return hasLongNumber(plain) || hasAccount(plain) || hasCoordinates(plain);
};
