import type { Span } from './characters.ts';
import type { DateToken } from './dates.ts';
import type { Draft } from './draft.ts';
import type { Found, Read } from './item.ts';
import { findFields } from './labels.ts';
import type { Node } from './outline.ts';
import type { Candidate } from './themes.ts';
import type { Part } from './titles.ts';
import type { WarningCode } from './warning-codes.ts';
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

type Given = readonly [code: WarningCode, part?: Part | undefined];

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

const ofTimes = ({ read, found, draft, candidates, window }: Facts): readonly Given[] => {
  const codes: Given[] = [];
  const used = candidates.flatMap(({ tokens }) => tokens);
  const chars = read.plan.chars;
  for (const token of used) {
    const part = { from: token.start, to: token.end };
    if (token.form === 'lunar') codes.push(['LUNAR_DATE', part]);
    else if (token.isChinese) codes.push(['CHINESE_NUMERAL_DATE', part]);
    if (
      token.form === 'before' &&
      token.points[0]?.day === null &&
      !/[底末]/.test(chars.slice(token.start, token.end))
    )
      codes.push(['AMBIGUOUS_DEADLINE', part]);
  }
  for (const { when, whenBasis, span: at } of draft.themes)
    if (when === null) codes.push(['MONTH_MISSING', partOfSpan(read, at)]);
    else if (whenBasis === 'order') codes.push(['ORDER_GIVES_MONTHS', partOfSpan(read, at)]);
  if (draft.themes.some(({ whenBasis }) => whenBasis === 'inherited'))
    codes.push(['DATES_INHERITED']);
  if (found.lost.length > 1) codes.push(...found.lost.map((part): Given => ['DIGITS_LOST', part]));
  codes.push(...found.unsigned.map((part): Given => ['DIGITS_LOST', part]));
  if (window?.form === 'lunar') codes.push(['LUNAR_DATE', { from: window.start, to: window.end }]);
  return codes;
};

/** A span is known by the characters it came from; of a warning only its beginning matters. */
const partOfSpan = ({ plan }: Read, { start }: Span): Part => {
  let [low, high] = [0, plan.chars.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (plan.spanOf(middle, middle + 1).start < start) low = middle + 1;
    else high = middle;
  }
  return { from: low, to: low + 1 };
};

const siblings = (nodes: readonly Node[]): readonly (readonly Node[])[] => [
  nodes,
  ...nodes.flatMap(({ children }) => siblings(children)),
];

const ofHeadings = ({ read, found }: Facts): readonly Given[] => {
  const codes: Given[] = [];
  const numbered = siblings(read.roots).map((group) =>
    group.filter(({ number }) => number !== null),
  );
  for (const group of numbered)
    for (const [index, node] of group.entries()) {
      const before = group[index - 1];
      if (
        before &&
        node.kind === before.kind &&
        node.kind !== 'month' &&
        node.kind !== 'stage' &&
        node.number !== (before.number ?? 0) + 1 &&
        node.number !== 1
      )
        codes.push(['SECTION_GAP', { from: node.start, to: node.from }]);
    }
  const [first] = read.roots;
  const isBelow =
    first && !['han', 'month', 'titled', 'bullet', 'named', 'stage'].includes(first.kind);
  const isLater =
    first?.number !== null &&
    (first?.number ?? 1) > 1 &&
    first?.kind !== 'month' &&
    first?.kind !== 'stage';
  const later = read.roots.find(({ kind, number }) => kind === 'han' && (number ?? 1) > 1);
  const isFragment =
    isBelow &&
    first.start === 0 &&
    later !== undefined &&
    later === read.roots.find(({ kind }) => kind === 'han');
  if (first && (isLater || isFragment)) codes.push(['TRUNCATED_HEAD', { from: 0, to: first.from }]);
  const nested = siblings(read.roots)
    .flat()
    .find(
      ({ children }) =>
        children.some((child) => !child.isLineStart && read.plan.chars.includes('\n')) ||
        (children[0]?.kind === 'digit' && found.sections.length === 0 && read.roots.length > 1),
    );
  if (nested?.children[0])
    codes.push([
      'NESTED_NUMBERING',
      { from: nested.children[0].start, to: nested.children[0].from },
    ]);
  return codes;
};

const ofForm = ({ read, found, isPdf }: Facts): readonly Given[] => {
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
  return codes;
};

const numbered = /^(?:\(?[\d一二三四五六七八九十]{1,3}[)、.]|[●■◆·•-])/;

/** How a line is numbered, whatever its number. */
const formOf = (line: string): string =>
  (numbered.exec(line)?.[0] ?? '').replace(/\d+/, '1').replace(/[一二三四五六七八九十]+/, '一');

/** Whether the lines of a list end without a sign, so that its last one need not have one. */
const endsOpen = (text: string, line: string): boolean => {
  const words = line.replace(numbered, '');
  const form = formOf(line);
  const items = text
    .slice(0, -line.length)
    .split('\n')
    .filter((each) => numbered.test(each) && formOf(each) === form);
  const open = items.filter((each) => !/[。;,!]$/.test(each)).length;
  return words.length > 3 && !/[,、:]$/.test(line) && open * 2 >= items.length;
};

/** Where a text stops in the middle. */
const endOfText = ({ read, found, candidates }: Facts): Given | undefined => {
  const { chars } = read.plan;
  const text = chars.trimEnd();
  if (text === '') return undefined;
  const from = Math.max(0, text.length - 1);
  const last = text.at(-1) ?? '';
  const line = text.slice(text.lastIndexOf('\n') + 1);
  // A table whose last row is whole, and lines that all end without a sign, end so too.
  if (found.rows.at(-1)?.isWhole && (found.rows.at(-1)?.whole.to ?? 0) >= text.length)
    return undefined;
  // A quote or a bracket ends a sentence that ends within it, or a line that is a name.
  const isClosed =
    /[”》)】]/.test(last) && (line.length <= 30 || /[。!?…]/.test(text.at(-2) ?? ''));
  const isSentence = /[。!?;.…]/.test(last) || isClosed;
  const isSignature =
    line.length <= 24 && /[\d一二三四五六七八九十]日$|[局委办会部社区校院队街道镇]$/.test(line);
  const isList = line.length <= 40 && numbered.test(line) && endsOpen(text, line);
  if (!isSentence && !isSignature && !isList) return ['TRUNCATED', { from, to: text.length }];
  // The last heading says nothing more, while those beside it do.
  const bodies = candidates.map(({ item }) => item.whole.to - item.heading.to);
  const lastBody = bodies.at(-1) ?? 0;
  const others = bodies.slice(0, -1);
  const ends = candidates.at(-1)?.item.whole.to ?? 0;
  if (
    others.length > 0 &&
    others.every((size) => size > 12) &&
    lastBody <= 3 &&
    ends >= text.length
  )
    return ['TRUNCATED', { from, to: text.length }];
  return undefined;
};

const ofContent = (facts: Facts): readonly Given[] => {
  const { read, draft, personal } = facts;
  const { plan } = read;
  const { chars } = plan;
  const codes: Given[] = [];
  if (draft.targets.length > 0)
    codes.push(...draft.targets.map((each): Given => ['QUOTA_FOUND', partOfSpan(read, each.span)]));
  const forced = partAt(
    chars,
    /(?:分派|安排|组织|派出)[^。;\n]{0,12}(?:社区矫正|社矫|服刑|戒毒|低保)(?:人员|对象)|(?:低保|对象|居民|党员|学生|职工|人员)[^。\n]{0,40}(?:必须|一律|每年至少|至少要|不得缺席)[^。\n]{0,12}(?:参加|参与|服务)/,
  );
  if (forced) codes.push(['FORCED_SERVICE', forced]);
  for (const { from } of personal) codes.push(['PERSONAL_DATA', { from, to: from }]);
  for (const { title, kind, span: at } of draft.themes) {
    if (kind === 'meeting') codes.push(['MEETING_FOUND', partOfSpan(read, at)]);
    if (draft.themes.filter((each) => each.title === title).length > 1)
      codes.push(['DUPLICATE_TITLE', partOfSpan(read, at)]);
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
  const { plan } = read;
  if (draft.themes.length === 0 && draft.routines.length === 0)
    return [
      { code: 'NOT_A_PLAN' },
      ...ofContent(facts)
        .filter(([code]) => code === 'PERSONAL_DATA')
        .map(([code, part]) => warning(read, code, part)),
    ];
  const end = endOfText(facts);
  return [
    ...ofYear(facts),
    ...ofTimes(facts),
    ...ofHeadings(facts),
    ...ofForm(facts),
    ...ofContent(facts),
    ...(end ? [end] : []),
  ].map(([code, part]) => warning({ ...read, plan }, code, part));
};

const warning = ({ plan }: Read, code: WarningCode, part: Part | undefined) => ({
  code,
  ...(part ? { span: plan.spanOf(part.from, part.to) } : {}),
});
