import { dated } from './dated-items.ts';
import type { DateToken } from './dates.ts';
import { headingAt } from './heading.ts';
import { type Item, type Read, type Section, within } from './item.ts';
import { sectionKindOf } from './sections.ts';
import type { Part } from './titles.ts';

/** Fewer lines are no list. */
const leastLines = 3;

/** Where the next line begins. */
const nextLine = (chars: string, at: number): number => {
  const end = chars.indexOf('\n', at);
  return end < 0 ? chars.length : end + 1;
};

/** What a line says without its number and its colon. */
const wordsOf = (line: string): string =>
  line.replace(/^\(?[\d一二三四五六七八九十]{1,3}[)、.]+/, '').replace(/:.*$/, '');

/** Sections that follow a list and say how it is carried out; 地点: and the like may be an activity's labels. */
const demands = /要求|纪律|保障|领导|机构|管理|注意|附件|宣传|总结|报送|联系/;
const isDemanding = (words: string): boolean =>
  sectionKindOf(words) === 'other' && demands.test(words);

/**
 * Where a list ends: at the first line below its last one that is the heading of such a section, with or
 * without a number (要求:, 二、组织保障), or a heading in the form of sections.
 */
const endOfList = ({ plan, roots }: Read, last: number): number => {
  const { chars } = plan;
  const own = roots.findLast(({ start }) => start <= last);
  const next = roots.find(({ start, kind }) => start > last && kind !== own?.kind);
  for (let at = nextLine(chars, last); at < (next?.start ?? chars.length); ) {
    const end = nextLine(chars, at);
    if (isDemanding(wordsOf(chars.slice(at, end).trimEnd()))) return at;
    at = end;
  }
  return next?.start ?? chars.length;
};

const isIn = (at: number, { from, to }: Part): boolean => from <= at && at < to;

/** The activities of lines that have lost their months. */
export const lostItems = (read: Read, lost: readonly Part[]): readonly Item[] => {
  const last = lost.at(-1);
  if (!last) return [];
  const { plan } = read;
  const limit = endOfList(read, last.from);
  return lost.map(({ from, to }, index) => {
    const end = lost[index + 1]?.from ?? limit;
    const heading = headingAt(plan, to, end, false);
    return {
      heading,
      whole: { from, to: end },
      body: { from: heading.next, to: end },
      children: [],
    };
  });
};

/**
 * What a list of lines, each of which begins with its month or with what is left of it (月份 …), says against
 * the headings: demands and other sections below such a list are no activities of it.
 * @param items what the headings list
 * @param lost months that have lost their number, at the beginning of lines
 */
export const preferLines = (
  read: Read,
  items: readonly Item[] | undefined,
  sections: readonly Section[],
  lost: readonly Part[],
): readonly Item[] | undefined => {
  const { chars } = read.plan;
  const known = items ?? [];
  const isOwned = (at: number): boolean =>
    known.some(
      ({ whole }) => isIn(at, whole) && lost.filter(({ from }) => isIn(from, whole)).length === 1,
    );
  if (lost.filter(({ from }) => !isOwned(from)).length >= leastLines) return lostItems(read, lost);
  // 三月份:… begins an item, whose text follows the month.
  // Once over the text: a search through all items for each time would be quadratic.
  const isKnown = new Uint8Array(chars.length + 1);
  const isTime = new Uint8Array(chars.length + 1);
  for (const { whole, time } of known) {
    isKnown.fill(1, whole.from, whole.to);
    if (time) isTime.fill(1, time.from, time.to);
  }
  const others = sections.filter(({ kind }) => kind !== 'content');
  const isElsewhere = ({ start, end }: DateToken): boolean =>
    isTime[start] === 1 ||
    isKnown.subarray(start, end + 3).includes(1) ||
    others.some((section) => isIn(start, section));
  const leads = within(read, { from: 0, to: chars.length }).filter(
    (token) => (token.start === 0 || chars[token.start - 1] === '\n') && !isElsewhere(token),
  );
  const [first, last] = [leads[0], leads.at(-1)];
  if (leads.length >= leastLines && first && last) {
    const lines = dated(read, { from: first.start, to: endOfList(read, last.start) });
    if (lines.length >= leastLines) return lines;
  }
  const listed = known.filter(
    ({ whole }) => lost.some(({ from }) => isIn(from, whole)) || within(read, whole).length > 0,
  );
  const end = listed.length >= leastLines && listed.at(-1)?.whole.from;
  if (typeof end !== 'number') return items;
  const limit = endOfList(read, end);
  return known.filter((item) => item.whole.from < limit || within(read, item.whole).length > 0);
};
