import { type DateToken, datesIn } from './dates.ts';
import type { Found, Read } from './item.ts';
import { findFields } from './labels.ts';
import { isPublication } from './years.ts';

const usable = (each: DateToken): boolean =>
  !each.isYearly && !each.isPast && (each.form === 'each' || each.form === 'range');

/** A month or a range of which the preamble says that something is done in it, and not that it is a day to remember. */
const isPlanned = (chars: string, token: DateToken): boolean => {
  const after = chars.slice(token.end, token.end + 40);
  const before = chars.slice(Math.max(0, token.start - 12), token.start);
  const isWhole = token.form === 'range' || token.points.every(({ day }) => day === null);
  if (!isWhole || /^(?:是|为|,?我国|,?是)|^[^,。]{0,4}以来/.test(after)) return false;
  return (
    /时间[:为]?$|于$|在$|定于|将$|从$|自$|今年$|决定/.test(before) ||
    /^[^。\n]{0,30}(?:开展|举行|举办|组织|活动月|服务月|实施|方案|计划|安排|指引|结束)/.test(after)
  );
};

/** 某某网 日期:…, the line below the heading of a report. */
const isDateline = (chars: string, at: number): boolean =>
  /[网报社台](?:日期|时间):$/.test(chars.slice(Math.max(0, at - 4), at));

/** The time of the whole plan: of its section or label for it, in its title, or in its preamble. */
export const findWindow = (
  { plan, dates }: Read,
  { items, sections, begins, isOne }: Found,
): DateToken | undefined => {
  const { chars } = plan;
  const within = (from: number, to: number): readonly DateToken[] =>
    datesIn(dates, { from, to }).filter(usable);
  /** Of a section or a label also a day of the lunar calendar. */
  const saidIn = (from: number, to: number): DateToken | undefined =>
    within(from, to)[0] ?? datesIn(dates, { from, to }).find(({ form }) => form === 'lunar');
  for (const { kind, value } of sections)
    if (kind === 'window') {
      const first = saidIn(value.from, value.to);
      if (first) return first;
    }
  const isInItem = (at: number): boolean =>
    items.some(({ whole }) => whole.from <= at && at < whole.to);
  for (const { kind, from, to } of findFields(plan, 0, chars.length))
    if (kind.field === 'time' && !isInItem(from)) {
      const first = saidIn(from, to);
      if (first && !isPublication(chars, first) && !isDateline(chars, from)) return first;
    }
  const firstItem = isOne
    ? begins
    : items.reduce((least, { whole }) => Math.min(least, whole.from), chars.length);
  const preamble = within(0, Math.max(0, Math.min(begins, firstItem)));
  const planned = preamble.filter((each) => isPlanned(chars, each));
  // The longest time: 3月初持续到12月底 says more than a month that is named before it.
  return planned.find(({ form }) => form === 'range') ?? planned[0];
};
