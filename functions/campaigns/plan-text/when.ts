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

const ascending = (months: readonly number[]): number[] =>
  [...new Set(months)].sort((a, b) => a - b);

/** The months from one to another, over the turn of the year if the second comes first. */
export const monthsBetween = (from: number, to: number): number[] =>
  Array.from({ length: ((to - from + 12) % 12) + 1 }, (_, index) => ((from - 1 + index) % 12) + 1);

/** Words that say no other day than the festival before them: 春节期间. */
const around = /(?:期[间間]|[当當][天日]|前后|前後|前夕|来临之际|來臨之際|到来之际|到來之際)$/;

/** What a token says, in a year or without one; a day's own year goes before it. */
export const whenOf = (token: DateToken, text: string, year: number | null): When | null => {
  const [first] = token.points;
  const last = token.points.at(-1);
  if (token.form === 'lunar') return { lunar: text.replace(around, '') };
  if (!first || !last) return null;
  const yearOf = (point: Point) => (year === null ? null : (point.year ?? year));
  if (token.form === 'before') {
    // 5月前 ends with April, 5月底前 with May.
    if (first.day === null && /[底末]/.test(text))
      return { before: dayOf(first, yearOf(first), lastDayOf(first.month, year)) };
    return { before: dayOf(first, yearOf(first)) };
  }
  if (token.form === 'range') {
    if (first.day === null && last.day === null)
      return { months: ascending(monthsBetween(first.month, last.month)) };
    return {
      range: [
        dayOf(first, yearOf(first)),
        dayOf(last, yearOf(last), lastDayOf(last.month, yearOf(last))),
      ],
    };
  }
  if (token.points.some(({ day }) => day === null))
    return { months: ascending(token.points.map(({ month }) => month)) };
  return { dates: [...new Set(token.points.map((point) => dayOf(point, yearOf(point))))] };
};

/** First and last day of what tokens say; undefined when they say no day and no month. */
export const extentOf = (
  token: DateToken,
  year: number | null,
): { readonly first: string; readonly last: string; readonly months: number[] } | undefined => {
  const [from] = token.points;
  const to = token.points.at(-1);
  if (!from || !to || token.form === 'lunar' || token.form === 'before') return undefined;
  const lastYear = year === null ? null : (to.year ?? year);
  const months =
    token.form === 'range'
      ? monthsBetween(from.month, to.month)
      : token.points.map(({ month }) => month);
  return {
    first: dayOf(from, year === null ? null : (from.year ?? year)),
    last: dayOf(to, lastYear, lastDayOf(to.month, lastYear)),
    months: ascending(months),
  };
};
