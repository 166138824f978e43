import type { Span } from './characters.ts';
import type { DateToken } from './dates.ts';
import type { Draft } from './draft.ts';
import { endOfText } from './end-of-text.ts';
import type { Found, Read } from './item.ts';
import { findFields } from './labels.ts';
import { isTime, type Node } from './outline.ts';
import { planTitles } from './plan-title.ts';
import type { Candidate } from './themes.ts';
import type { Part } from './titles.ts';
import type { WarningCode } from './warning-codes.ts';
import { leavesYear } from './when.ts';
import type { YearFound } from './years.ts';

export interface Facts {
  readonly read: Read;
  readonly found: Found;
  readonly year: YearFound;
  readonly candidates: readonly Candidate[];
  readonly draft: Omit<Draft, 'warnings'>;
  /** The time of the whole plan. */
  readonly window: DateToken | undefined;
  readonly personal: readonly Part[];
  readonly isPdf: boolean;
}

/** A code, with its place in the plan's characters or already in the given text. */
type Given = readonly [code: WarningCode, place?: Part | Span | undefined];

const partAt = (chars: string, pattern: RegExp): Part | undefined => {
  const found = pattern.exec(chars);
  return found ? { from: found.index, to: found.index + found[0].length } : undefined;
};

const ofYear = ({ year, draft }: Facts): readonly Given[] => {
  const [first] = year.parts;
  const codes: Given[] = [];
  if (year.basis === 'none') codes.push(['YEAR_MISSING']);
  if (year.placeholder) codes.push(['YEAR_PLACEHOLDER', year.placeholder]);
  if (year.basis === 'conflict')
    codes.push(...year.parts.map((part): Given => ['YEAR_CONFLICT', part]));
  if (year.basis === 'ordinal') codes.push(['YEAR_BY_ORDINAL', first]);
  codes.push(...year.wrongWeekdays.map((part): Given => ['WEEKDAY_MISMATCH', part]));
  const { published } = year;
  const last = draft.themes
    .flatMap(({ when }) =>
      when && 'dates' in when ? when.dates : when && 'range' in when ? when.range : [],
    )
    .concat(draft.window ? [draft.window.last] : [])
    .sort()
    .at(-1);
  const on = published
    ? `${published.year}-${String(published.month).padStart(2, '0')}-${String(published.day ?? 1).padStart(2, '0')}`
    : undefined;
  if (on && last && /^\d{4}/.test(last) && on > last) codes.push(['PUBLISHED_AFTER', published]);
  return codes;
};

const ofTimes = ({ read, found, year, draft, candidates, window }: Facts): readonly Given[] => {
  const codes: Given[] = [];
  const used = candidates.flatMap(({ tokens }) => tokens);
  const chars = read.plan.chars;
  for (const token of used) {
    const part = { from: token.start, to: token.end };
    codes.push(...lunarAt(read, token));
    if (leavesYear(token, year.first)) codes.push(['YEAR_CONFLICT', part]);
    if (token.form !== 'lunar' && token.isChinese) codes.push(['CHINESE_NUMERAL_DATE', part]);
    if (
      token.form === 'before' &&
      token.points[0]?.day === null &&
      !/[底末]/.test(chars.slice(token.start, token.end))
    )
      codes.push(['AMBIGUOUS_DEADLINE', part]);
  }
  for (const { when, whenBasis, span: at } of draft.themes)
    if (when === null) codes.push(['MONTH_MISSING', at]);
    else if (whenBasis === 'order') codes.push(['ORDER_GIVES_MONTHS', at]);
  if (draft.themes.some(({ whenBasis }) => whenBasis === 'inherited'))
    codes.push(['DATES_INHERITED']);
  if (found.lost.length > 1) codes.push(...found.lost.map((part): Given => ['DIGITS_LOST', part]));
  codes.push(...found.unsigned.map((part): Given => ['DIGITS_LOST', part]));
  if (window) codes.push(...lunarAt(read, window));
  return codes;
};

/** A day of the lunar calendar, or one in brackets behind the day that it is said to be: 10月29日(九月初九). */
const lunarAt = ({ plan, dates }: Read, token: DateToken): readonly Given[] => {
  const next = dates.find(({ start }) => start >= token.end);
  const isSame = next !== undefined && plan.chars.slice(token.end, next.start) === '(';
  return [token, ...(isSame ? [next] : [])]
    .filter(({ form }) => form === 'lunar')
    .map(({ start, end }) => ['LUNAR_DATE', { from: start, to: end }]);
};

const siblings = (nodes: readonly Node[]): readonly (readonly Node[])[] => [
  nodes,
  ...nodes.flatMap(({ children }) => siblings(children)),
];

/** Headings whose number is one more than that of the last heading of their form, wherever it stands. */
const runningOn = (nodes: readonly Node[]): ReadonlySet<Node> => {
  const last = new Map<Node['kind'], number | null>();
  const found = new Set<Node>();
  for (const node of [...nodes].sort((a, b) => a.start - b.start)) {
    if (last.get(node.kind) === (node.number ?? 0) - 1) found.add(node);
    last.set(node.kind, node.number);
  }
  return found;
};

const ofHeadings = ({ read, found }: Facts): readonly Given[] => {
  const codes: Given[] = [];
  const numbered = siblings(read.roots).map((group) =>
    group.filter(({ number }) => number !== null),
  );
  const running = runningOn(numbered.flat());
  for (const group of numbered)
    for (const [index, node] of group.entries()) {
      const before = group[index - 1];
      // Where a text has lost its beginning, its first number is no gap; nor where numbers run on.
      const isFirst = !before && !running.has(node) && !read.roots.includes(node);
      if (
        (isFirst || node.kind === before?.kind) &&
        !isTime(node) &&
        node.kind !== 'stage' &&
        node.number !== (before?.number ?? 0) + 1 &&
        node.number !== 1
      )
        codes.push(['SECTION_GAP', { from: node.start, to: node.from }]);
    }
  const [first] = read.roots;
  const isBelow =
    first && !isTime(first) && !['han', 'titled', 'bullet', 'named', 'stage'].includes(first.kind);
  const isLater =
    first?.number !== null &&
    (first?.number ?? 1) > 1 &&
    first !== undefined &&
    !isTime(first) &&
    first?.kind !== 'stage';
  const later = read.roots.find(({ kind, number }) => kind === 'han' && (number ?? 1) > 1);
  const isFragment =
    isBelow &&
    first.start === 0 &&
    later !== undefined &&
    later === read.roots.find(({ kind }) => kind === 'han');
  // A list without numbers may stand before 二、: then nothing is missing.
  const isFirst = found.items.every(({ whole }) => whole.from >= (first?.start ?? 0));
  if (first && isFirst && (isLater || isFragment))
    codes.push(['TRUNCATED_HEAD', { from: 0, to: first.from }]);
  const nested = siblings(read.roots)
    .flat()
    .find(
      ({ kind, children }) =>
        children.some((child) => !child.isLineStart && read.plan.chars.includes('\n')) ||
        (kind !== 'quarter' &&
          children[0]?.kind === 'digit' &&
          found.sections.length === 0 &&
          read.roots.length > 1),
    );
  if (nested?.children[0])
    codes.push([
      'NESTED_NUMBERING',
      { from: nested.children[0].start, to: nested.children[0].from },
    ]);
  return codes;
};

/** The title of a second plan, which stands between activities. */
const secondTitle = ({ read, candidates }: Facts): Part | undefined => {
  const starts = candidates.map(({ title }) => title.from);
  return planTitles(read.plan.chars)
    .slice(1)
    .find(({ from, to }) => starts.some((at) => at < from) && starts.some((at) => at >= to));
};

const ofForm = (facts: Facts): readonly Given[] => {
  const { read, found, isPdf } = facts;
  const { plan, isUnbroken } = read;
  const { chars } = plan;
  const codes: Given[] = [];
  if (isUnbroken) codes.push(['NO_LINE_BREAKS']);
  if (isPdf) codes.push(['PDF_SPACES']);
  if (plan.traditional > 0 && plan.traditional > chars.length / 50) codes.push(['TRADITIONAL']);
  if (found.rows.length >= 2) codes.push(['TABLE_FLATTENED', found.rows[0]?.whole]);
  const news = partAt(
    chars,
    /^.{0,20}\d日,[^,。\n]{2,16}(?:下发|印发)|即将到来[^。\n]{0,80}精心策划|据悉|据了解|记者|(?:日讯|讯\)|网讯)|正式启动[!。]|本报/,
  );
  if (news) codes.push(['NEWS_TEXT', news]);
  const several = [...chars.matchAll(/篇[一二三四五六七八九十\d]{1,2}(?=[\n:】]|$|(?=.{0,2}\n))/g)];
  if (several.length > 1 || /(?:篇1|篇一)(?:\n|$)/.test(chars.slice(0, 80)))
    codes.push([
      'SEVERAL_PLANS',
      several[0] ? { from: several[0].index, to: several[0].index + 2 } : undefined,
    ]);
  else {
    const second = secondTitle(facts);
    if (second) codes.push(['SEVERAL_PLANS', second]);
  }
  return codes;
};

const ofContent = (facts: Facts): readonly Given[] => {
  const { read, draft, personal } = facts;
  const { plan } = read;
  const { chars } = plan;
  const codes: Given[] = [];
  if (draft.targets.length > 0)
    codes.push(...draft.targets.map((each): Given => ['QUOTA_FOUND', each.span]));
  const forced = partAt(
    chars,
    /(?:分派|安排|组织|派出)[^。;\n]{0,12}(?:社区矫正|社矫|服刑|戒毒|低保)(?:人员|对象)|(?:低保|对象|居民|党员|学生|职工|人员)[^。\n]{0,40}(?:(?:必须|一律|每年至少|至少要|不得缺席)[^。\n]{0,12}(?:参加|参与|服务)|(?:须|应当?)(?:每[年月周季])?(?:参加|参与)[^。\n]{0,12}(?:服务|劳动))/,
  );
  if (forced) codes.push(['FORCED_SERVICE', forced]);
  for (const { from } of personal) codes.push(['PERSONAL_DATA', { from, to: from }]);
  const counts = new Map<string, number>();
  for (const { title } of draft.themes) counts.set(title, (counts.get(title) ?? 0) + 1);
  for (const { title, kind, span: at } of draft.themes) {
    if (kind === 'meeting' || kind === 'commendation') codes.push(['MEETING_FOUND', at]);
    if ((counts.get(title) ?? 0) > 1) codes.push(['DUPLICATE_TITLE', at]);
  }
  for (const { kind, start, from, to } of findFields(plan, 0, chars.length))
    if (
      (kind.field === 'organiser' || kind.field === 'unit') &&
      chars.slice(from, to).trim() === ''
    )
      codes.push(['ORGANISER_EMPTY', { from: start, to: from }]);
  return codes;
};

/** All that a person must know of the text, with the place. */
export const warningsOf = (facts: Facts): Draft['warnings'] => {
  const { read, draft } = facts;
  if (draft.themes.length === 0 && draft.routines.length === 0)
    return [
      { code: 'NOT_A_PLAN' },
      ...ofContent(facts)
        .filter(([code]) => code === 'PERSONAL_DATA')
        .map(([code, place]) => warning(read, code, place)),
    ];
  const end = endOfText(facts);
  return [
    ...ofYear(facts),
    ...ofTimes(facts),
    ...ofHeadings(facts),
    ...ofForm(facts),
    ...ofContent(facts),
    ...(end ? ([['TRUNCATED', end]] as const) : []),
  ].map(([code, place]) => warning(read, code, place));
};

const warning = ({ plan }: Read, code: WarningCode, place: Part | Span | undefined) => ({
  code,
  ...(place && { span: 'from' in place ? plan.spanOf(place.from, place.to) : place }),
});
