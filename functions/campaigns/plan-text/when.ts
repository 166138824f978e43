import { type DateToken, lastDayOf, type Point } from './dates.ts';

/** When a theme is: days are `yyyy-mm-dd`, or `mm-dd` while the year is open. */
export type When =
  | { readonly months: number[] }
  | { readonly dates: string[] }
  | { readonly range: [string, string] }
  /** Not on that day any more. */
  | { readonly before: string }
  | { readonly lunar: string };

const two = (value: number): string => String(value).padStart(2, '0');
const dayOf = ({ month, day }: Point, year: number | null, fallback = 1): string =>
  `${year === null ? '' : `${year}-`}${two(month)}-${two(day ?? fallback)}`;

/** Months, each once and in order. */
export const ascending = (months: readonly number[]): number[] =>
  [...new Set(months)].sort((a, b) => a - b);

/** The months from one to another, over the turn of the year if the second comes first. */
export const monthsBetween = (from: number, to: number): number[] =>
  Array.from({ length: ((to - from + 12) % 12) + 1 }, (_, index) => ((from - 1 + index) % 12) + 1);

/** Words that say no other day than the festival before them: 春节期间. */
const around = /(?:期[间間]|[当當][天日]|前后|前後|前夕|来临之际|來臨之際|到来之际|到來之際)$/;

/** The name of the calendar, which is no part of the day. */
const calendar = /^[农農阴陰旧舊][历曆]\s*/;

/**
 * Whether the text says that a point is of another year than the plan's.
 * @param year the year of the plan; where years contradict each other, the first of them
 */
const isOfOther = ({ year: own, isLater }: Point, year: number | null): boolean =>
  isLater === true || (own !== null && year !== null && own !== year);

/** Whether a range ends in the year after the one in which it begins: 11月至次年1月, 11月至1月. */
const isOverTurn = (first: Point, last: Point): boolean =>
  (first.isLater !== true && last.isLater === true) ||
  (first.year !== null && last.year !== null
    ? last.year > first.year
    : last.isLater === first.isLater && last.year === null && last.month < first.month);

/** The months of a range that are of the plan's year. */
const monthsOfRange = (first: Point, last: Point, year: number | null): number[] => {
  const turns = isOverTurn(first, last);
  if (isOfOther(first, year)) {
    return turns && !isOfOther(last, year) && last.year !== null
      ? monthsBetween(1, last.month)
      : [];
  }
  return turns || isOfOther(last, year)
    ? monthsBetween(first.month, 12)
    : monthsBetween(first.month, last.month);
};

/** Whether a part of what a token says is of another year than the plan's. */
export const leavesYear = ({ form, points }: DateToken, year: number | null): boolean => {
  const [first] = points;
  const last = points.at(-1);
  return (
    points.some((point) => isOfOther(point, year)) ||
    (form === 'range' && first !== undefined && last !== undefined && isOverTurn(first, last))
  );
};

const monthsOrNone = (months: readonly number[]): When | null =>
  months.length > 0 ? { months: ascending(months) } : null;

/**
 * What a token says, in a year or without one. What it says of another year is left out, as a plan is for
 * one; null where nothing is left.
 * @param first the year of the plan; where years contradict each other, the first of them
 */
export const whenOf = (
  token: DateToken,
  text: string,
  year: number | null,
  first: number | null = year,
): When | null => {
  const [from] = token.points;
  const to = token.points.at(-1);
  if (token.form === 'lunar') return { lunar: text.replace(calendar, '').replace(around, '') };
  if (!from || !to) return null;
  if (token.form === 'range') {
    if ((from.day === null && to.day === null) || leavesYear(token, first))
      return monthsOrNone(monthsOfRange(from, to, first));
    return { range: [dayOf(from, year), dayOf(to, year, lastDayOf(to.month, year))] };
  }
  const points = token.points.filter((point) => !isOfOther(point, first));
  const [point] = points;
  if (!point) return null;
  if (token.form === 'before') {
    // 5月前 ends with April, 5月底前 with May.
    if (point.day === null && /[底末]/.test(text))
      return { before: dayOf(point, year, lastDayOf(point.month, year)) };
    return { before: dayOf(point, year) };
  }
  if (points.some(({ day }) => day === null))
    return { months: ascending(points.map(({ month }) => month)) };
  return { dates: [...new Set(points.map((each) => dayOf(each, year)))] };
};

/** First and last day of what tokens say; undefined when they say no day and no month. */
export const extentOf = (
  token: DateToken,
  year: number | null,
): { readonly first: string; readonly last: string; readonly months: number[] } | undefined => {
  const [from] = token.points;
  const to = token.points.at(-1);
  if (!from || !to || token.form === 'lunar' || token.form === 'before') return undefined;
  const yearOf = (point: Point, isLater: boolean): number | null =>
    year === null ? null : (point.year ?? (isLater ? year + 1 : year));
  const firstYear = yearOf(from, from.isLater === true);
  const turns = token.form === 'range' && isOverTurn(from, to);
  const lastYear = yearOf(to, to.isLater === true || turns);
  const months =
    token.form === 'range'
      ? monthsOfRange(from, to, year)
      : token.points.filter((point) => !isOfOther(point, year)).map(({ month }) => month);
  return {
    first: dayOf(from, firstYear),
    last: dayOf(to, lastYear, lastDayOf(to.month, lastYear)),
    months: ascending(months),
  };
};
