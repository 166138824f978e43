import { beginning, laterYear, parts } from './date-forms.ts';
import { monthsTogether, numberOf, yearOf } from './numerals.ts';

/** A day or a month without a day, and the year if the text says it there. */
export interface Point {
  readonly year: number | null;
  readonly month: number;
  /** Null for a whole month, or a part of it such as 上旬. */
  readonly day: number | null;
  /** Whether the text says that it is of the year after: 次年1月. */
  readonly isLater?: true;
}

/** A time that the text states, at `start` to `end` of its characters. */
export interface DateToken {
  readonly start: number;
  readonly end: number;
  /** `each`: one or more points; `range`: two, first and last; `before`: one; `lunar`: none. */
  readonly form: 'each' | 'range' | 'before' | 'lunar';
  readonly points: readonly Point[];
  /** Days with the day of the week that the text gives them, 0 for Sunday. */
  readonly weekdays: readonly (Point & { readonly weekday: number })[];
  /** Whether it recurs: 每年3月. */
  readonly isYearly: boolean;
  /** 截至, 从2014年3月开始: what was, not what is planned. */
  readonly isPast: boolean;
  readonly isChinese: boolean;
  /** False for a day whose month is that of the time before it: 3月1日…, 2号…. */
  readonly namesMonth: boolean;
}

const at = (regex: RegExp, text: string, index: number): RegExpExecArray | null => {
  regex.lastIndex = index;
  return regex.exec(text);
};

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The last day of a month; of February the 28th unless the year is a leap year. */
export const lastDayOf = (ofMonth: number, ofYear: number | null): number =>
  ofMonth === 2
    ? ofYear !== null && new Date(Date.UTC(ofYear, 2, 0)).getUTCDate() === 29
      ? 29
      : 28
    : (daysIn[ofMonth - 1] ?? 31);

interface Read {
  readonly point: Point;
  readonly end: number;
  readonly weekday?: number;
}

const isChinese = (written: string): boolean => /[一二三四五六七八九十廿]/.test(written);

const pointOf = (ofYear: string | undefined, ofMonth: string, ofDay: string | undefined): Point => {
  const value = { year: ofYear ? yearOf(ofYear) : null, month: numberOf(ofMonth) };
  const inMonth = ofDay ? numberOf(ofDay) : null;
  const isDay = inMonth !== null && inMonth <= (daysIn[value.month - 1] ?? 0);
  return { ...value, day: isDay ? inMonth : null };
};

const later = new RegExp(laterYear, 'y');
/** A point as the words before its month have it: of the year after. */
const inYear = (text: string, index: number, point: Point): Point =>
  at(later, text, index) ? { ...point, isLater: true } : point;

/** What may follow a day or a month without being a part of it: the day of the week, 上旬. */
const withTrailer = (text: string, point: Point, end: number): Read => {
  if (point.day === null) {
    const part = at(parts.part, text, end);
    return { point, end: part ? parts.part.lastIndex : end };
  }
  const found = at(parts.weekday, text, end);
  if (!found) return { point, end };
  const weekday = '日一二三四五六'.indexOf((found[1] ?? '').replace('天', '日'));
  return { point, end: parts.weekday.lastIndex, weekday };
};

/** A point that names its month; after a connector also a day of the month before. */
const readPoint = (text: string, index: number, context?: Point): Read | undefined => {
  const dotted = at(parts.dotted, text, index);
  if (dotted?.[3]) {
    const end = parts.dotted.lastIndex;
    return withTrailer(text, pointOf(dotted[1], dotted[3], dotted[4]), end);
  }
  const short = at(parts.short, text, index);
  if (short?.[1])
    return withTrailer(text, pointOf(undefined, short[1], short[2]), parts.short.lastIndex);
  const whole = at(parts.point, text, index);
  if (whole?.[2]) {
    const end = parts.point.lastIndex;
    return withTrailer(text, inYear(text, index, pointOf(whole[1], whole[2], whole[3])), end);
  }
  if (!context) return undefined;
  const alone = context.day === null ? null : at(parts.day, text, index);
  if (alone) {
    const end = parts.day.lastIndex;
    return withTrailer(text, { ...context, year: null, day: numberOf(alone[1] ?? '') }, end);
  }
  if (at(parts.monthEnd, text, index))
    return {
      point: { ...context, year: null, day: lastDayOf(context.month, context.year) },
      end: parts.monthEnd.lastIndex,
    };
  return undefined;
};

/** 6-7月, 3、4月份, 七八月: the months before the last have no 月 of their own. */
const readMonths = (
  text: string,
  index: number,
):
  | { readonly points: readonly Point[]; readonly end: number; readonly isRange: boolean }
  | undefined => {
  const together = at(parts.together, text, index);
  const run = monthsTogether(together?.[2] ?? '');
  if (run.length > 0)
    return {
      points: run.map((each) =>
        inYear(text, index, pointOf(together?.[1], String(each), undefined)),
      ),
      end: parts.together.lastIndex,
      isRange: false,
    };
  const found = at(parts.months, text, index);
  if (!found) return undefined;
  const [whole, ofYear, first = '', joint = '', ...rest] = found;
  const written = [first, ...rest.filter((each) => each !== undefined)];
  if (new Set(written.map(isChinese)).size > 1 || /月份?[、和及]/.test(whole)) return undefined;
  const points = written.map((each) => inYear(text, index, pointOf(ofYear, each, undefined)));
  const end = withTrailer(text, points.at(-1) as Point, parts.months.lastIndex).end;
  return { points, end, isRange: /[-—~至到]/.test(joint) };
};

/** A year or a quarter, from its first month to its last. */
const readSpan = (
  text: string,
  index: number,
): { readonly points: readonly Point[]; readonly end: number } | undefined => {
  const wholeYear = at(parts.wholeYear, text, index);
  const quarter = wholeYear ? null : at(parts.quarter, text, index);
  const last = wholeYear ? 12 : 3 * numberOf(quarter?.[2] ?? '');
  const [, ofYear] = wholeYear ?? quarter ?? [];
  if (!wholeYear && !quarter) return undefined;
  return {
    points: [wholeYear ? 1 : last - 2, last].map((each) =>
      pointOf(ofYear, String(each), undefined),
    ),
    end: (wholeYear ? parts.wholeYear : parts.quarter).lastIndex,
  };
};

/** The time that begins at `index`, if one does. */
const readToken = (text: string, index: number, context?: Point): DateToken | undefined => {
  const lunar = at(parts.lunar, text, index);
  const common = {
    start: index,
    weekdays: [],
    isYearly: /每年(?:的|公历)?$/.test(text.slice(Math.max(0, index - 5), index)),
    isPast: false,
  };
  if (lunar)
    return {
      ...common,
      end: parts.lunar.lastIndex,
      form: 'lunar',
      points: [],
      isChinese: true,
      namesMonth: true,
    };
  const span = readSpan(text, index);
  if (span) return { ...common, ...span, form: 'range', isChinese: false, namesMonth: true };
  const months = readMonths(text, index);
  const first = months ? undefined : readPoint(text, index, context);
  if (!months && !first) return undefined;
  const points: Point[] = months ? [...months.points] : [];
  const weekdays: (Point & { readonly weekday: number })[] = [];
  let end = months?.end ?? index;
  let isRange = months?.isRange ?? false;
  const take = (read: Read): void => {
    // 次年1月至3月: what follows is of that year too.
    const isLater = points.at(-1)?.isLater && read.point.year === null;
    points.push(isLater ? { ...read.point, isLater } : read.point);
    if (read.weekday !== undefined) weekdays.push({ ...read.point, weekday: read.weekday });
    end = read.end;
  };
  if (first) take(first);
  while (points.length < 40) {
    const last = points.at(-1) as Point;
    const isTo = !isRange && points.length === 1 && at(parts.to, text, end) !== null;
    const isAlso = !isTo && !isRange && at(parts.also, text, end) !== null;
    if (!isTo && !isAlso) break;
    const joint = isTo ? parts.to.lastIndex : parts.also.lastIndex;
    const next = readPoint(text, joint, last);
    // A comma parts clauses: 3月1日开展…, 2号开展….
    if (!next || (isAlso && text[end] === ',' && next.point.day === null)) break;
    take(next);
    isRange = isTo;
  }
  const isOne = !isRange && points.length === 1;
  const isBefore = isOne && at(parts.before, text, end) !== null;
  if (isBefore) end = parts.before.lastIndex;
  // 即日起至6月30日: nobody knows since when, so only its end is said.
  const before =
    isBefore || (isOne && /起,?[至到]$/.test(text.slice(Math.max(0, index - 3), index)));
  const isSince =
    points[0]?.year !== null &&
    (at(parts.since, text, end) !== null || at(parts.history, text, end) !== null);
  return {
    ...common,
    end,
    form: before ? 'before' : isRange ? 'range' : 'each',
    points,
    weekdays,
    namesMonth: !context,
    isPast: isSince || /截[至止]$/.test(text.slice(Math.max(0, index - 2), index)),
    isChinese: /[一二三四五六七八九十]月|[一二三四五六七八九十][日号]/.test(text.slice(index, end)),
  };
};

/** What looks like a time and is none: 一月一次, 三月龄; and a day without a month that is not at the beginning of a clause. */
const isNone = /^一月一[次场会课主讲题]|^[一二三四五六七八九十]+月[龄大]/;

/** 农历七八月: no month of the calendar. */
const lunarMonth = /[农阴旧]历[一二三四五六七八九十]{1,3}$/;

/** “感恩三月”: a month in the name of an activity, in Chinese numerals and without a day, is no time. */
const isInName = (text: string, { start, points, isChinese: inHan }: DateToken): boolean =>
  inHan &&
  points.every(({ day }) => day === null) &&
  /“[^”\n]{0,20}$/.test(text.slice(Math.max(0, start - 21), start));

/** The times in a text, in order. Each search begins where the one before ended, so the time is linear. */
export const findDates = (text: string): readonly DateToken[] => {
  const found: DateToken[] = [];
  beginning.lastIndex = 0;
  for (let match = beginning.exec(text); match; match = beginning.exec(text)) {
    const { index } = match;
    const isDayOnly = /^[^月]*[日号]$/.test(match[0]) && !/[./-]\d/.test(match[0]);
    const last = found.at(-1);
    const context = last?.points.at(-1);
    const isClause = index === 0 || /[,。;、:(\n\t]/.test(text[index - 1] ?? '');
    const mayBegin =
      !isNone.test(text.slice(index, index + 6)) &&
      !lunarMonth.test(text.slice(Math.max(0, index - 5), index)) &&
      (!isDayOnly || (isClause && /^\d/.test(match[0]) && last && index - last.end < 300));
    const token = mayBegin
      ? readToken(text, index, isDayOnly && context ? { ...context, day: 1 } : undefined)
      : undefined;
    if (token && !isInName(text, token)) found.push(token);
    beginning.lastIndex = token ? Math.max(token.end, index + 1) : index + 1;
  }
  return found;
};

/** The times in a cell of a table, which holds nothing else: also 3.5 and 重阳节. */
export const datesInCell = (
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): readonly DateToken[] => {
  const label = '时间:';
  const shift = from - label.length;
  return findDates(`${label}${text.slice(from, to)}`).map((token) => ({
    ...token,
    start: token.start + shift,
    end: token.end + shift,
  }));
};

/** The times that lie in a part of the text. They are in order, so that the first is found by halving. */
export const datesIn = (
  dates: readonly DateToken[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly DateToken[] => {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[middle] as DateToken).start < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < dates.length && (dates[end] as DateToken).end <= to) end += 1;
  return dates.slice(low, end);
};
