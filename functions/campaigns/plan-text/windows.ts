import { type DateToken, datesIn } from './dates.ts';
import type { Found, Read } from './item.ts';
import { fieldKindOf, findFields } from './labels.ts';
import { isPublication } from './years.ts';

const usable = (each: DateToken): boolean =>
  !each.isYearly && !each.isPast && (each.form === 'each' || each.form === 'range');

/** Two days with nothing between them, first and last: the dash is lost in 3月1日3月31日. */
const areEnds = (first: DateToken, second: DateToken): boolean =>
  first.end === second.start &&
  [first, second].every(
    ({ form, points }) => form === 'each' && points.length === 1 && points[0]?.day !== null,
  );

/** The time of several phases, from the first day of the first one to the last day of the last one. */
const wholeOf = (tokens: readonly DateToken[]): DateToken | undefined => {
  const [first] = tokens;
  const last = tokens.at(-1);
  const arePhases = tokens.length > 1 && tokens.every(({ form }) => form === 'range');
  const [from, to] = [first?.points[0], last?.points.at(-1)];
  return arePhases && first && last && from && to
    ? { ...first, end: last.end, points: [from, to] }
    : undefined;
};

/** A month or a range of which the preamble says that something is done in it, and not that it is a day to remember. */
const isPlanned = (chars: string, token: DateToken): boolean => {
  const after = chars.slice(token.end, token.end + 40);
  const before = chars.slice(Math.max(0, token.start - 12), token.start);
  const isWhole = token.form === 'range' || token.points.every(({ day }) => day === null);
  if (!isWhole || /^(?:是|为|,?我国|,?是)|^[^,。]{0,4}以来/.test(after)) return false;
  // 编制时间 is a label of another time.
  const label = /(\p{Script=Han}{0,6}时间)[:为]?$/u.exec(before)?.[1];
  if (label !== undefined) return fieldKindOf(label)?.field === 'time';
  return (
    /于$|在$|定于|将$|从$|自$|今年$|决定/.test(before) ||
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
  const saidIn = (from: number, to: number): DateToken | undefined => {
    const [first, second] = within(from, to);
    if (first && second && areEnds(first, second))
      return {
        ...first,
        form: 'range',
        end: second.end,
        points: [...first.points, ...second.points],
      };
    return first ?? datesIn(dates, { from, to }).find(({ form }) => form === 'lunar');
  };
  // 活动时间 alone in its line may be the heading of a column: what is below it are the times of activities.
  const [firstRow] = items.filter(({ isCell }) => isCell).map(({ whole }) => whole.from);
  for (const { kind, value } of sections)
    if (kind === 'window' && !(firstRow !== undefined && value.to > firstRow)) {
      const said = wholeOf(within(value.from, value.to)) ?? saidIn(value.from, value.to);
      if (said) return said;
    }
  const start = (after: number): number =>
    items.reduce(
      (least, { whole }) => (whole.from >= after ? Math.min(least, whole.from) : least),
      chars.length,
    );
  // 二、活动时间及内容: the time stands before the first activity.
  for (const { kind, from, value } of sections)
    if (kind === 'content' && chars.slice(from, value.from).includes('时间')) {
      const first = saidIn(value.from, start(value.from));
      if (first) return first;
    }
  const covered = new Uint8Array(chars.length + 1);
  for (const { whole } of items) covered.fill(1, whole.from, whole.to);
  const isInItem = (at: number): boolean => covered[at] === 1;
  for (const { kind, from, to } of findFields(plan, 0, chars.length))
    if (kind.field === 'time' && !isInItem(from)) {
      const first = saidIn(from, to);
      if (first && !isPublication(chars, first) && !isDateline(chars, from)) return first;
    }
  const firstItem = isOne ? begins : start(0);
  const preamble = within(0, Math.max(0, Math.min(begins, firstItem)));
  const planned = preamble.filter((each) => isPlanned(chars, each));
  // The longest time: 3月初持续到12月底 says more than a month that is named before it.
  return planned.find(({ form }) => form === 'range') ?? planned[0];
};
