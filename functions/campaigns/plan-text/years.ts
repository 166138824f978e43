import type { PlanText } from './characters.ts';
import { countedYears, schoolYears } from './counted-years.ts';
import type { DateToken, Point } from './dates.ts';
import { pattern, yearOf } from './numerals.ts';
import { planTitle } from './plan-title.ts';
import type { Part } from './titles.ts';

export type YearBasis = 'explicit' | 'title' | 'ordinal' | 'conflict' | 'placeholder' | 'none';

export interface YearFound {
  readonly year: number | null;
  /** The year; where years contradict each other, the first of them. */
  readonly first: number | null;
  readonly basis: YearBasis;
  /** Where the year is stated; where two contradict each other, both. */
  readonly parts: readonly Part[];
  /** Days of the week that do not fit the year. */
  readonly wrongWeekdays: readonly Part[];
  readonly published: (Point & Part) | undefined;
  /** Where a filler stands for a year, even if the text states the year elsewhere. */
  readonly placeholder: Part | undefined;
}

interface Evidence extends Part {
  readonly year: number;
  readonly kind: 'explicit' | 'title' | 'ordinal' | 'signature';
}

/** A year that the copying of a text has taken away: 20XX年, 最新或2022(历届)年. */
const placeholders =
  /(?:_+|第[十百]*_+个?[^,。\n]{0,4})(?=周年|个?(?:学雷锋|“?中国青年|“?国际志愿))|最新(?:或)?(?:20\d\d)?(?:\(历届\))?年?|(?:20\d\d)?\(历届\)年?|(?:19|20)[Xx×*_＿]{1,4}\d?年?|20\d?[Xx×*_＿]+年|(?<![A-Za-z])[Xx×*]{2,4}年|(?<=\n|^|[,。;:]|于)_{2,4}年|(?<![\d~-])20年(?=\d{1,2}月)|某年|\[(?:具体)?年份\]年?|某某年/g;

/** All years that a part of a text states, in digits or by counting. */
export const yearsStated = (chars: string): readonly number[] => [
  ...[...chars.matchAll(new RegExp(pattern.year, 'g'))].map(([written]) => yearOf(written)),
  ...countedYears(chars).map(({ year }) => year),
];

/** The lines of a title: the first, or what of it names the plan; and below it the line that names the plan. */
const titleParts = (chars: string): readonly Part[] => {
  const first = titlePart(chars);
  const named = planTitle(chars);
  const isBelow =
    named !== undefined &&
    named.from > first.to &&
    !/[,。]/.test(chars.slice(named.from, named.to));
  return isBelow ? [first, named] : [first];
};

/** The first line, or what of it names the plan. */
const titlePart = (chars: string): Part => {
  const line = chars.indexOf('\n');
  const to = line < 0 ? chars.length : line;
  if (to <= 60) return { from: 0, to };
  const named = /^[^。]{2,60}?(?:方案|计划|通知|安排|策划书?|要点)/.exec(chars.slice(0, 80));
  return { from: 0, to: named ? named[0].length : 0 };
};

const inPart = (part: Part, at: number): boolean => at >= part.from && at < part.to;

const lineOf = (chars: string, at: number): string => {
  const from = chars.lastIndexOf('\n', at - 1) + 1;
  const to = chars.indexOf('\n', at);
  return chars.slice(from, to < 0 ? chars.length : Math.min(to, from + 200));
};

/** 发布时间:2016-08-11, 2022-03-02 16:00: the day of a page and not of the plan. */
export const isPublication = (chars: string, token: DateToken): boolean => {
  const line = lineOf(chars, token.start);
  if (line.length > 80) return false;
  return (
    /发布|发表|来源|更新|编辑|浏览|点击|投稿|作者|记者/.test(line) ||
    (/^\d\d:\d\d/.test(chars.slice(token.end, token.end + 5)) &&
      /^\d{4}[-/.]/.test(chars.slice(token.start, token.end)))
  );
};

/** The date under a plan, when it was issued. */
const isSignature = (chars: string, token: DateToken, isLast: boolean): boolean => {
  const after = chars.slice(token.end).trim();
  return (
    isLast &&
    token.form === 'each' &&
    token.points.length === 1 &&
    token.points[0]?.day !== null &&
    (after === '' || /^(?:印发?|发)?$/.test(after)) &&
    !/[,。;:、(]/.test(chars[token.start - 1] ?? '\n')
  );
};

/** What follows a year of the past: 2014年以来, 2021年工作总结. */
const past = /^(?:度?(?:全年)?(?:工作)?总结|以来|开始|起|来|印发|发布|颁布|出台|-20|至20)/;

/** Whether a year without a month is one of the past: 从2014年开始, 2021年,开展…项目. */
const isPastYear = (chars: string, from: number, to: number): boolean =>
  /(?:从|自|自从|早在|截[至止]|去年|上年|\()$/.test(chars.slice(Math.max(0, from - 2), from)) ||
  past.test(chars.slice(to, to + 8)) ||
  /^底?,/.test(chars.slice(to, to + 2));

const weekdayOf = ({ year, month, day }: Point): number =>
  new Date(Date.UTC(year ?? 0, month - 1, day ?? 1)).getUTCDay();

/** What was and is done once for all: 于1963年3月5日题词, 2015年印发; of these no year is that of a plan. */
const isHistory = (chars: string, year: number, to: number): boolean =>
  year < 1990 ||
  /^[^。;\n]{0,16}(?:印发|颁布|出台|创办|创立|被评为|被授予|被命名|荣获|获评|获得)/.test(
    chars.slice(to, to + 24),
  );

const ofPlan =
  /^(?:度(?!总结|先进|表彰|优秀)|(?:学雷锋|志愿|活动|工作|全[年区市街县])|是|[^,。\n]{0,12}(?:计划|方案|安排|系列活动|活动月)|[^,。;了\n]{0,16}(?<!动员|表彰)(?:活动|行动)(?!中|后)|[寒暑]假|[春秋]季|[^,。;\n]{0,16}节(?!水|约|能|目|假)|[^,。;\n]{0,30}(?:即将|到来|来临|启动))/;

/** 16年志愿者协会…方案: a year without its century, in a line that names a plan. */
const shortYears =
  /(?<![\d.—~-])([012]\d)年(?![\d来前间内级后以])(?=[^,。;:\n]{0,30}(?:方案|计划|策划))/g;

/** The year of a plan, from all that states it. Where two statements contradict each other there is none. */
export const findYear = ({ chars }: PlanText, dates: readonly DateToken[]): YearFound => {
  const titles = titleParts(chars);
  const inTitle = (at: number): boolean => titles.some((part) => inPart(part, at));
  const masked: Part[] = [...chars.matchAll(placeholders)].map(({ index, 0: whole }) => ({
    from: index,
    to: index + whole.length,
  }));
  const evidence: Evidence[] = countedYears(chars).map((each) => ({ ...each, kind: 'ordinal' }));
  let published: YearFound['published'];
  for (const token of dates) {
    const [first] = token.points;
    if (!first || token.points.every(({ year }) => year === null)) continue;
    if (masked.some((part) => part.from < token.end && token.start < part.to)) continue;
    const part = { from: token.start, to: token.end };
    if (isPublication(chars, token)) published ??= { ...first, ...part };
    else if (
      !token.isPast &&
      !/(?:从|自)$/.test(chars[token.start - 1] ?? '') &&
      !past.test(chars.slice(token.end, token.end + 8))
    ) {
      const kind = isSignature(chars, token, token === dates.at(-1)) ? 'signature' : 'explicit';
      for (const { year } of token.points)
        if (year !== null && (kind === 'signature' || !isHistory(chars, year, token.end)))
          evidence.push({ year, kind, ...part });
    }
  }
  const alone = new RegExp(
    `(?<!\\d)${pattern.year}(?:年(?!${pattern.month}月)|(?![\\d年./-]))`,
    'g',
  );
  const masksDate = new Uint8Array(chars.length);
  for (const { index, 0: whole } of chars.matchAll(schoolYears))
    masksDate.fill(1, index, index + whole.length);
  for (const { start, end } of dates) masksDate.fill(1, start, end);
  for (const match of chars.matchAll(alone)) {
    const [from, to] = [match.index, match.index + match[0].length];
    const isTitle = inTitle(from);
    const isYear = match[0].endsWith('年');
    if (masked.some((part) => part.from < to && from < part.to)) continue;
    if (isPastYear(chars, from, to) || masksDate[from] === 1) continue;
    if (isTitle) evidence.push({ year: yearOf(match[0]), kind: 'title', from, to });
    else if (
      isYear &&
      !isHistory(chars, yearOf(match[0]), to) &&
      !/《[^》\n]{0,12}$/.test(chars.slice(Math.max(0, from - 13), from)) &&
      ofPlan.test(chars.slice(to, to + 36))
    )
      evidence.push({ year: yearOf(match[0]), kind: 'explicit', from, to });
  }
  const sentence = chars.search(/[。\n]/);
  for (const match of chars.matchAll(shortYears)) {
    const part = { from: match.index, to: match.index + 3 };
    if (inTitle(match.index) || sentence < 0 || match.index < sentence)
      evidence.push({ year: 2000 + Number(match[1]), kind: 'title', ...part });
  }
  return decide(evidence, masked, dates, published);
};

/** Whether a plan was issued long after a month that it names: in December for the year to come. */
const isIssuedLate = (dates: readonly DateToken[]): boolean => {
  const issued = dates.at(-1)?.points[0]?.month ?? 0;
  return dates.some(
    ({ isYearly, isPast, points }) =>
      !isYearly && !isPast && points.some(({ month }) => month < issued - 1),
  );
};

const decide = (
  evidence: readonly Evidence[],
  masked: readonly Part[],
  dates: readonly DateToken[],
  published: YearFound['published'],
): YearFound => {
  const firm = evidence.filter(({ kind }) => kind !== 'signature');
  // A plan is issued in its year or before it, so its date says something only where nothing else does.
  const used = firm.length > 0 ? firm : isIssuedLate(dates) ? [] : evidence;
  const years = new Set(used.map(({ year }) => year));
  const [placeholder] = masked;
  const none = { year: null, first: null, wrongWeekdays: [], published, placeholder };
  if (years.size === 0)
    return {
      ...none,
      basis: masked.length > 0 ? 'placeholder' : 'none',
      parts: masked.slice(0, 1),
    };
  const firsts = [...years].map((each) => used.find(({ year }) => year === each) as Evidence);
  if (years.size > 1)
    return { ...none, first: Math.min(...years), basis: 'conflict', parts: firsts };
  const [first] = firsts as [Evidence];
  const kinds = new Set(used.map(({ kind }) => kind));
  const basis =
    kinds.has('explicit') || kinds.has('signature')
      ? 'explicit'
      : kinds.has('title')
        ? 'title'
        : 'ordinal';
  const checked = dates.flatMap(({ weekdays, start, end }) =>
    weekdays.map((day) => ({
      part: { from: start, to: end },
      fits: weekdayOf({ ...day, year: first.year }) === day.weekday,
    })),
  );
  const wrong = checked.filter(({ fits }) => !fits).map(({ part }) => part);
  const contradicted =
    checked.length > 0 &&
    wrong.length === checked.length &&
    (wrong.length > 1 || basis !== 'explicit');
  if (contradicted) return { ...none, basis: 'conflict', parts: [first, ...wrong.slice(0, 1)] };
  return {
    year: first.year,
    first: first.year,
    basis,
    parts: [first],
    wrongWeekdays: wrong,
    published,
    placeholder,
  };
};
