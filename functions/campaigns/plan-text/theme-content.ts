// What a theme's text says is done, and for whom, in whole sentences without goals and without people.
import { datesIn } from './dates.ts';
import type { Item, Read } from './item.ts';
import { type Field, findFields } from './labels.ts';
import { type Part, trimmed } from './titles.ts';

/** So much of each of the 24 themes that a campaign has fits into its plan. */
const longestContent = 200;
const longestAudience = 60;
/** What stands further behind the beginning is not looked at. */
const farthest = 2000;
/** Content with the title in it has so many characters more, else it says nothing more. */
const leastMore = 4;
const leastContent = 6;
/** A cell of a table says what is done in a word: 植树. */
const leastCell = 2;
/** A cell that says nothing. */
const isNothing = /^(?:无|略|同上|待定|另行通知|[/\\—-]+)$/;

const endOfSentence = /[。!?;\n]/;
const said = /,|^.{0,12}(?:开展|组织|举办|举行|慰问|走访|邀请|参加)/;
/** What is around a name and says nothing more: that it is done, by whom, when, and that it is an activity. */
const frame =
  /\([^()]*\)|开展|举办|举行|组织|召开|主题|系列|志愿|服务|宣传|活动|[\p{P}\p{S}\d年月日份]/gu;
const isContent = /(?:内容|形式|流程)】?:$/;

/** Where the sentence that begins at `from` ends, with its sign. */
const sentenceEnd = (chars: string, from: number, to: number): number => {
  for (let at = from; at < to; at += 1)
    if (endOfSentence.test(chars[at] as string)) return chars[at + 1] === '\n' ? at + 2 : at + 1;
  return to;
};

/** The end of the last clause before a place; undefined where there is none. */
const clauseEnd = (chars: string, from: number, to: number): number | undefined => {
  for (let at = to - 1; at > from; at -= 1) if (/[,、:(]/.test(chars[at] as string)) return at;
  return undefined;
};

/** The first of parts in order, of which none overlaps another, that lies between two places; by halving. */
const firstIn = (parts: readonly Part[], from: number, to: number): Part | undefined => {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle] as Part).to <= from) low = middle + 1;
    else high = middle;
  }
  const found = parts[low];
  return found && found.from < to ? found : undefined;
};

/** A sentence up to its label (清理河道(责任单位:…), or to the clause with what is unfit. */
const fitPart = (
  chars: string,
  { from, to }: Part,
  fields: readonly Field[],
  unfit: readonly Part[],
): Part => {
  const label = fields.find(
    ({ start, kind }) => start >= from && start < to && kind.field !== 'content',
  );
  const end = label?.start ?? to;
  const first = firstIn(unfit, from, end);
  return { from, to: first ? (clauseEnd(chars, from, first.from) ?? from) : end };
};

/**
 * The first sentences in a row of a part that are of use, as many as fit; of one that is too long its
 * first clauses.
 * @param unfit parts of which a sentence has none, in order and apart from each other: people, goals
 * @param least how many characters a sentence has at least
 */
const sentencesIn = (
  chars: string,
  { from, to }: Part,
  fields: readonly Field[],
  unfit: readonly Part[],
  longest: number,
  least: number,
): Part | undefined => {
  const limit = Math.min(to, from + farthest);
  let start: number | undefined;
  let end = from;
  for (let at = from; at < limit; ) {
    const next = sentenceEnd(chars, at, to);
    const sentence = fitPart(chars, { from: at, to: next }, fields, unfit);
    const isFit = sentence.to - sentence.from >= least;
    if (!isFit && start !== undefined) break;
    if (isFit) {
      if (sentence.to - (start ?? at) > longest) {
        if (start === undefined)
          return { from: at, to: clauseEnd(chars, at, at + longest) ?? at + longest };
        break;
      }
      start ??= at;
      end = sentence.to;
      if (sentence.to < next) break;
    }
    at = next;
  }
  return start === undefined ? undefined : { from: start, to: end };
};

/** Where an item says what is done: behind a label, in its cell, in the sentence of its heading, below it, in its parts. */
const placeOf = (
  { plan, dates }: Read,
  { heading, body, whole, children, content, isCell }: Item,
  title: Part,
  fields: readonly Field[],
): Part => {
  const { chars } = plan;
  if (content || isCell) return content ?? { from: whole.to, to: whole.to };
  const label = fields.find(
    ({ start, from, kind }) => kind.field === 'content' && isContent.test(chars.slice(start, from)),
  );
  const after = (at: number): number =>
    fields.find(({ start, kind }) => start >= at && kind.field !== 'content')?.start ?? whole.to;
  if (label)
    return {
      from: label.from,
      to: Math.max(label.to, Math.min(after(label.from), children[0]?.start ?? whole.to)),
    };
  // A heading that is a sentence says more than the name in it.
  const around = chars.slice(heading.from, title.from) + chars.slice(title.to, heading.to);
  const isSentence =
    around.replace(frame, '').length >= leastMore &&
    said.test(chars.slice(heading.from, heading.to));
  const from = isSentence ? heading.from : body.from;
  const below = chars.slice(from, body.to).trim() === '' ? whole.to : body.to;
  // Several days belong each to its own line.
  const [time, ...others] = datesIn(dates, { from, to: below });
  const isOne = time?.start === from && !others.some(({ start }) => chars[start - 1] === '\n');
  return trimmed(chars, { from: isOne ? time.end : from, to: below });
};

/** What is done, in a theme's own words; undefined where its text says no more than its title. */
export const contentOf = (
  read: Read,
  item: Item,
  title: Part,
  unfit: readonly Part[],
): Part | undefined => {
  const { chars } = read.plan;
  const fields = findFields(read.plan, item.whole.from, item.whole.to);
  const found = sentencesIn(
    chars,
    placeOf(read, item, title, fields),
    fields,
    unfit,
    longestContent,
    item.content ? leastCell : 4,
  );
  if (!found) return undefined;
  // 重阳节。组织慰问老人。: the name alone is said already.
  const [first = ''] = /^[^,。:;\n]{0,12}[。:;\n]/.exec(chars.slice(title.to, title.to + 13)) ?? [];
  const isNamed =
    first !== '' &&
    title.from >= found.from &&
    /^[“《]?$/.test(chars.slice(found.from, title.from));
  const part = trimmed(chars, isNamed ? { from: title.to + first.length, to: found.to } : found);
  const isAround = part.from <= title.from && title.to <= part.to;
  const own = item.content ? leastCell : leastContent;
  const least = isAround ? title.to - title.from + leastMore : own;
  const words = chars.slice(part.from, part.to);
  if (item.content && (isNothing.test(words) || words === chars.slice(title.from, title.to)))
    return undefined;
  const isMore = part.to - part.from >= least;
  return isMore
    ? { from: part.from, to: chars[part.to] === '。' ? part.to + 1 : part.to }
    : undefined;
};

/** For whom it is: in its cell, or behind the label 服务对象. */
export const audienceOf = (
  { plan }: Read,
  { whole, audience }: Item,
  unfit: readonly Part[],
): Part | undefined => {
  const label = findFields(plan, whole.from, whole.to).find(
    ({ kind }) => kind.field === 'audience',
  );
  const place = audience ?? label;
  const found =
    place &&
    sentencesIn(plan.chars, { from: place.from, to: place.to }, [], unfit, longestAudience, 2);
  return found && trimmed(plan.chars, found);
};
