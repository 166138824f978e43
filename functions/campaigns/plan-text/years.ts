import type { PlanText } from './characters.ts';
import type { DateToken, Point } from './dates.ts';
import { numberOf, pattern, yearOf } from './numerals.ts';
import type { Part } from './titles.ts';

export type YearBasis = 'explicit' | 'title' | 'ordinal' | 'conflict' | 'placeholder' | 'none';

export interface YearFound {
  readonly year: number | null;
  readonly basis: YearBasis;
  /** Where the year is stated; where two contradict each other, both. */
  readonly parts: readonly Part[];
  /** Days of the week that do not fit the year. */
  readonly wrongWeekdays: readonly Part[];
  readonly published: (Point & Part) | undefined;
}

interface Evidence extends Part {
  readonly year: number;
  readonly kind: 'explicit' | 'title' | 'ordinal' | 'signature';
}

/** A year that the copying of a text has taken away: 20XX年, 最新或2022(历届)年. */
const placeholders =
  /最新(?:或)?(?:20\d\d)?(?:\(历届\))?年?|(?:20\d\d)?\(历届\)年?|(?:19|20)[Xx×*_＿]{1,4}\d?年?|20\d?[Xx×*_＿]+年|(?<![A-Za-z])[Xx×*]{2,4}年|(?<=\n|^|[,。;:]|于)_{2,4}年|某年|\[(?:具体)?年份\]年?|某某年/g;

/** Days that are counted, with the year before the first. */
const counted: readonly (readonly [RegExp, number])[] = [
  [/^学习?雷锋/, 1963],
  [/^(?:青年)?志愿者(?:服务)?日/, 1999],
  [/^(?:三八|3[.·]8|三[.·]八|劳动妇女|妇女|女神|女生)/, 1910],
  [/^植树节/, 1978],
  [/^志愿者日|^(?:国际)志愿/, 1985],
  [/^助残日/, 1990],
  [/^教师节/, 1984],
];
const ordinals =
  /第([\d]{1,3}|[一二三四五六七八九十百零]{1,6})(?:个|次|届)?[“”]*(中国|全国|国际)?[“”]*(?=([^,。\n]{2,8}))/g;
const anniversaries = /(\d{1,3}|[一二三四五六七八九十]{1,4})周年/g;

const ordinalsIn = (chars: string): readonly Evidence[] => {
  const found: Evidence[] = [];
  for (const match of chars.matchAll(ordinals)) {
    const [whole, number = '', scope = '', what = ''] = match;
    const named = what.replace(/^[“”]+/, '');
    // 国际志愿者日 and 中国青年志愿者服务日 are counted from different years.
    const base =
      scope === '国际' && named.startsWith('志愿者')
        ? 1985
        : counted.find(([is]) => is.test(named.replace(/[“”]/g, '')))?.[1];
    if (base === undefined) continue;
    found.push({
      year: base + numberOf(number),
      kind: 'ordinal',
      from: match.index,
      to: match.index + whole.length + what.length,
    });
  }
  for (const match of chars.matchAll(anniversaries)) {
    const sentence = chars.slice(Math.max(0, match.index - 50), match.index);
    const clause = sentence.slice(sentence.search(/[^。;\n]*$/));
    if (!/雷锋|题词/.test(clause) || /成立|建党|建国|胜利|解放|长征|五四/.test(clause)) continue;
    const from = match.index - clause.length;
    const base = /牺牲|逝世|殉职/.test(clause) ? 1962 : /诞辰|出生/.test(clause) ? 1940 : 1963;
    found.push({
      year: base + numberOf(match[1] ?? ''),
      kind: 'ordinal',
      from,
      to: match.index + match[0].length,
    });
  }
  return found.filter(({ year }) => year > 1980 && year < 2100);
};

/** All years that a part of a text states, in digits or by counting. */
export const yearsStated = (chars: string): readonly number[] => [
  ...[...chars.matchAll(new RegExp(pattern.year, 'g'))].map(([written]) => yearOf(written)),
  ...ordinalsIn(chars).map(({ year }) => year),
];

/** The line of a title: the first, or what of it names the plan. */
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
const isPublication = (chars: string, token: DateToken): boolean => {
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

/** Whether a year stated there is one of the past: 从2014年开始, 2021年,开展…项目. */
const isPastYear = (chars: string, from: number, to: number): boolean =>
  /(?:从|自|自从|早在|截[至止]|去年|上年|\()$/.test(chars.slice(Math.max(0, from - 2), from)) ||
  /^(?:度?(?:全年)?(?:工作)?总结|以来|开始|起|来|印发|发布|颁布|出台|底?,|-20|至20)/.test(
    chars.slice(to, to + 8),
  );

const weekdayOf = ({ year, month, day }: Point): number =>
  new Date(Date.UTC(year ?? 0, month - 1, day ?? 1)).getUTCDay();

/** The year of a plan, from all that states it. Where two statements contradict each other there is none. */
export const findYear = ({ chars }: PlanText, dates: readonly DateToken[]): YearFound => {
  const title = titlePart(chars);
  const masked: Part[] = [...chars.matchAll(placeholders)].map(({ index, 0: whole }) => ({
    from: index,
    to: index + whole.length,
  }));
  const evidence: Evidence[] = [...ordinalsIn(chars)];
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
      !isPastYear(chars, -1, token.end)
    ) {
      const kind = isSignature(chars, token, token === dates.at(-1)) ? 'signature' : 'explicit';
      for (const { year } of token.points)
        if (year !== null) evidence.push({ year, kind, ...part });
    }
  }
  const alone = new RegExp(
    `(?<!\\d)${pattern.year}(?:年(?!${pattern.month}月)|(?![\\d年./-]))`,
    'g',
  );
  const masksDate = new Uint8Array(chars.length);
  for (const { start, end } of dates) masksDate.fill(1, start, end);
  for (const match of chars.matchAll(alone)) {
    const [from, to] = [match.index, match.index + match[0].length];
    const isTitle = inPart(title, from);
    const isYear = match[0].endsWith('年');
    if (masked.some((part) => part.from < to && from < part.to)) continue;
    if (isPastYear(chars, from, to) || masksDate[from] === 1) continue;
    if (isTitle) evidence.push({ year: yearOf(match[0]), kind: 'title', from, to });
    else if (
      isYear &&
      /^(?:度(?!总结|先进|表彰|优秀)|(?:学雷锋|志愿|活动|工作|全[年区市街县])|是|[^,。\n]{0,12}(?:计划|方案|安排|系列活动|活动月))/.test(
        chars.slice(to, to + 20),
      )
    )
      evidence.push({ year: yearOf(match[0]), kind: 'explicit', from, to });
  }
  return decide(evidence, masked, dates, published);
};

const decide = (
  evidence: readonly Evidence[],
  masked: readonly Part[],
  dates: readonly DateToken[],
  published: YearFound['published'],
): YearFound => {
  const firm = evidence.filter(({ kind }) => kind !== 'signature');
  // A plan is issued in its year or before it, so its date says something only where nothing else does.
  const used = firm.length > 0 ? firm : evidence.filter(({ kind }) => kind === 'signature');
  const years = new Set(used.map(({ year }) => year));
  const none = { year: null, wrongWeekdays: [], published };
  if (years.size === 0)
    return {
      ...none,
      basis: masked.length > 0 ? 'placeholder' : 'none',
      parts: masked.slice(0, 1),
    };
  const firsts = [...years].map((each) => used.find(({ year }) => year === each) as Evidence);
  if (years.size > 1) return { ...none, basis: 'conflict', parts: firsts };
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
  return { year: first.year, basis, parts: [first], wrongWeekdays: wrong, published };
};
