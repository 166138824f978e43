// Activities in lines that begin with a day, beside others that stand behind their month.
import { isNoActivity, lineItem } from './dated-items.ts';
import type { DateToken } from './dates.ts';
import { type Item, type Read, type Section, startOf, within } from './item.ts';
import { monthsBetween } from './when.ts';

const monthsOf = (tokens: readonly DateToken[]): readonly number[] =>
  tokens.flatMap(({ form, points }) => {
    const [from, to] = [points[0]?.month ?? 0, points.at(-1)?.month ?? 0];
    return form === 'range' && from <= to
      ? monthsBetween(from, to)
      : points.map(({ month }) => month);
  });

const isLineStart = (chars: string, at: number): boolean => at === 0 || chars[at - 1] === '\n';
const restOfLine = (chars: string, at: number): string =>
  /^[^\n]*/.exec(chars.slice(at, at + 200))?.[0] ?? '';

/** Whether a line begins with the time of an activity: no deadline, no report, no day alone. */
const isLead = (chars: string, token: DateToken): boolean =>
  isLineStart(chars, token.start) &&
  (token.form === 'each' || token.form === 'range') &&
  /\p{Script=Han}{2}/u.test(restOfLine(chars, token.end)) &&
  !isNoActivity(chars, token);

/** An activity without the lines below it that begin with a time of another month, and these. */
const withoutOthers = (read: Read, item: Item): readonly Item[] => {
  const { chars } = read.plan;
  const own = item.time && within(read, item.time);
  if (!own?.length || item.isCell || !isLineStart(chars, startOf(item))) return [item];
  const months = new Set(monthsOf(own));
  const leads = within(read, item.body).filter(
    (token) => isLead(chars, token) && !monthsOf([token]).some((month) => months.has(month)),
  );
  const [first] = leads;
  if (!first) return [item];
  return [
    {
      ...item,
      whole: { from: item.whole.from, to: first.start },
      body: { from: item.body.from, to: first.start },
      children: item.children.filter(({ start }) => start < first.start),
    },
    ...leads.map((token, index) => lineItem(read, token, leads[index + 1]?.start ?? item.body.to)),
  ];
};

/** The activities of the lines right above the first one that begin with a time. */
const linesAbove = (read: Read, first: Item, sections: readonly Section[]): readonly Item[] => {
  const { chars } = read.plan;
  if (!isLineStart(chars, startOf(first))) return [];
  const leads = new Map(
    within(read, { from: 0, to: startOf(first) })
      .filter((token) => isLead(chars, token))
      .map((token) => [token.start, token]),
  );
  const above: Item[] = [];
  for (let end = startOf(first); end > 0; ) {
    const start = chars.lastIndexOf('\n', end - 2) + 1;
    const token = leads.get(start);
    const isElsewhere = sections.some(
      ({ kind, from, to }) => kind !== 'content' && from <= start && start < to,
    );
    if (!token || isElsewhere) break;
    above.unshift(lineItem(read, token, end));
    end = start;
  }
  return above;
};

/**
 * Activities that stand behind their months, and those of lines that begin with a day (3月5日上午…) above them or
 * among them, which have no heading.
 */
export const withDatedLines = (
  read: Read,
  items: readonly Item[] | undefined,
  sections: readonly Section[],
): readonly Item[] | undefined => {
  const [first] = items ?? [];
  if (!items || !first?.time || first.isCell) return items;
  return [
    ...linesAbove(read, first, sections),
    ...items.flatMap((item) => withoutOthers(read, item)),
  ];
};
