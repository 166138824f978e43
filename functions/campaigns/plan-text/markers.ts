import type { PlanText } from './characters.ts';
import { laterYear } from './date-forms.ts';
import { fieldKindOf } from './labels.ts';
import { circledNumberOf, monthsTogether, numberOf, pattern, romanNumberOf } from './numerals.ts';
import { runInLength, type SectionKind, sectionKindOf } from './sections.ts';

/**
 * How a heading is numbered: 一、 (一) 1. (1) ① 1) Ⅰ. A. 一是 活动一: 第一阶段 【】 • or a month alone. `inner` is a
 * number within a line whose heading has a number of the same form.
 */
export type MarkerKind =
  | 'han-formal'
  | 'roman'
  | 'letter'
  | 'han'
  | 'han-bracket'
  | 'digit'
  | 'digit-bracket'
  | 'circled'
  | 'digit-half'
  | 'inner'
  | 'named'
  | 'clause'
  | 'stage'
  | 'titled'
  | 'bullet'
  | 'label'
  | 'month'
  | 'quarter';

export interface Marker {
  readonly kind: MarkerKind;
  /** Null where nothing counts. */
  readonly number: number | null;
  readonly start: number;
  /** Where the heading itself begins. */
  readonly from: number;
  readonly isLineStart: boolean;
}

const han = '[一二三四五六七八九十]{1,3}';
const shapes: readonly (readonly [MarkerKind, RegExp])[] = [
  ['han-bracket', new RegExp(`(?:\\((${han})\\)|(?<=^|\\n)\\*+(${han})\\*+)[、.,:]?`, 'y')],
  ['digit-bracket', /\((\d{1,2})\)[、.,]?/y],
  ['circled', /([①-⑳❶-❿])[、.]?/y],
  ['roman', /([Ⅰ-Ⅻ]|(?:I{1,3}|IV|VI{0,3}|IX|X)(?![A-Za-z]))[、.,:]?(?!月)(?=[\p{Script=Han}“])/uy],
  ['letter', /([A-H])[、.,:](?=[\p{Script=Han}“\d])/uy],
  ['han-formal', /([壹贰叁参肆伍陆柒捌玖拾]{1,2})[、.:]/y],
  ['han', new RegExp(`(${han})[、.]`, 'y')],
  [
    'han-bracket',
    /([一二三四五六七八九])(?=(?:开展|举办|举行|组织|广泛|深入|积极|大力|集中)\p{Script=Han})/uy,
  ],
  ['digit', /(?<![\d.])(\d{1,2})[、.,。]/y],
  ['clause', /([一二三四五六七八九十])是(?=[\p{Script=Han}“《])/uy],
  ['digit-half', /(?<![\d(])(\d{1,2})\)[、.]?/y],
  [
    'named',
    new RegExp(
      `(?:(?:系列|主题)?(?:活动|项目|板块|篇章|行动|任务|主题|专题|服务)(?:之)?(${han}|\\d{1,2}))[:、,]?`,
      'y',
    ),
  ],
  // 第一季度 alone in its line is the time of what is listed below it.
  [
    'quarter',
    /(?:20\d\d年)?第?([一二三四1-4])季度(?:(?:重点|主要|志愿|服务|活动|工作|安排){0,4}):?(?=\n)/y,
  ],
  ['stage', new RegExp(`第(${han}|\\d{1,2})(?:阶段|板块|部分|篇章|项|周)[:、,]?`, 'y')],
  ['titled', /【(?=[^】\n]{2,12}】)/y],
  ['bullet', /[●■◆★▲▶►◇□○※✦✓➢·*](?=\S)|-(?=[\p{Script=Han}“])/uy],
  [
    'month',
    new RegExp(
      `(?:每年|${laterYear}|20\\d\\d年)?(${pattern.together}|${pattern.month})(?:月份?)?(?:(?:-|—|~|至|到|、|和)${pattern.month})?月份?(?:(?:(?:的|系列|计划|主题|重点|主要|具体|志愿|服务|活动|工作|安排|内容){0,6})(?::?(?=\\n)|:(?=.))|(?=\\t))`,
      'y',
    ),
  ],
];

const ofMonths = shapes.filter(([kind]) => kind === 'month');

const firstLetter = 'A'.charCodeAt(0);

/** The marker at a position, whatever stands before it. */
const markerAt = (chars: string, at: number, of = shapes): Marker | undefined => {
  for (const [kind, shape] of of) {
    shape.lastIndex = at;
    const found = shape.exec(chars);
    if (!found) continue;
    const written = found[1] ?? found[2];
    const number =
      written === undefined
        ? null
        : kind === 'circled'
          ? circledNumberOf(written)
          : kind === 'roman'
            ? romanNumberOf(written)
            : kind === 'letter'
              ? written.charCodeAt(0) - firstLetter + 1
              : (monthsTogether(written)[0] ?? numberOf(written));
    if (number !== null && !(number > 0 && number < 60)) continue;
    return { kind, number, start: at, from: shape.lastIndex, isLineStart: false };
  }
  return undefined;
};

const mayStart =
  /[壹贰叁参肆伍陆柒捌玖拾一二三四五六七八九十(\d①-⑳❶-❿活系主项板篇行任专服元第A-HⅠ-ⅫIVX【●■◆★▲▶►◇□※✦✓➢·*\-每次翌明来下]/u;
/** What a heading may follow within a line. */
const closes = /[。;:!?)”》】]/;
/** Kinds that are headings only at the beginning of a line. */
const lineOnly: readonly MarkerKind[] = [
  'han-formal',
  'roman',
  'letter',
  'bullet',
  'month',
  'quarter',
  'titled',
];

/**
 * Whether a number is a heading's and not a part of what follows: of 3.5, of 3、4月份, of 活动一线.
 * @param expected the number after the last one of its kind
 */
const isClear = ({ chars, hasGap }: PlanText, marker: Marker, expected: number): boolean => {
  const { kind, number, from } = marker;
  const [last = '', next = ''] = [chars[from - 1], chars[from]];
  if (kind === 'named') return /[:、,]/.test(last) || /[\n“《]/.test(next) || hasGap(from);
  const goesOn = kind === 'digit' ? /\d/ : kind === 'han' ? /[一二三四五六七八九十]/ : undefined;
  if (!goesOn?.test(next)) return true;
  // 1.3月5日, 1.2026年3月: no decimal is followed by 月 or a year.
  const rest = chars.slice(from, from + 6);
  if (kind === 'digit' && last === '.' && /^(?:\d{1,2}(?:[、-]\d{1,2})?月|20\d\d年)/.test(rest))
    return true;
  return hasGap(from) || (last === '、' && (number === expected || number === 1));
};

/** A line of more characters has lost its line breaks. */
const longLine = 160;

/** Whether a text begins with the words of a section's heading. */
const namesSection = (text: string): boolean =>
  runInLength(text) > 0 || sectionKindOf(/^[^:,。;]*/.exec(text)?.[0] ?? '') !== undefined;

/** In such a line also what follows a word at once, if it goes on where the number before it ended. */
const isNextOfAll = (
  chars: string,
  { kind, number, start, from }: Marker,
  expected: number,
): boolean => {
  const rest = chars.slice(from, from + 16);
  // A section is known by its words, whatever stands before its number.
  if (kind === 'han' && number === expected && namesSection(rest)) return true;
  const isFirst = number === 1 && (kind === 'digit' || kind === 'digit-bracket');
  const sign = chars[from - 1] as string;
  if (isFirst && !chars.slice(from, from + 500).includes(`2${sign}`)) return false;
  if (!isFirst && (number !== expected || (number === 1 && kind !== 'han-bracket'))) return false;
  if (/[第周期月年十零、,一二三四五六七八九\d]/.test(chars[start - 1] ?? '')) return false;
  if (kind === 'han-bracket' || kind === 'digit-bracket') return /[)、.,:]/.test(sign);
  if (kind === 'digit')
    return /[、。]/.test(sign) && /[\p{Script=Han}“\d]/u.test(chars[from] ?? '');
  return false;
};

/**
 * Lines that are the heading of a section without a number (活动时间, 活动内容:), in a text whose sections
 * have none; unless one is there twice: then they are labels within activities.
 */
const sectionLines = (chars: string): ReadonlyMap<number, SectionKind> => {
  const found = new Map<number, SectionKind>();
  if (/^[一二三四五六七八九十]{1,3}[、.]/m.test(chars)) return found;
  const labels = new Set<string>();
  let at = 0;
  for (const line of chars.split('\n')) {
    const label = /^[^:\t]{2,12}(?=:|$)/.exec(line)?.[0];
    const kind = label && sectionKindOf(label);
    // Alone in its line it is another heading than with a value behind it.
    const form = label === line ? label : `${label}:`;
    if (label && kind) {
      if (labels.has(form)) return withoutLabel(found, chars, form);
      labels.add(form);
      found.set(at, kind);
    }
    at += line.length + 1;
  }
  return found.size < 2 ? new Map() : found;
};

/** Sections without those lines whose label is there twice. */
const withoutLabel = (
  found: ReadonlyMap<number, SectionKind>,
  chars: string,
  form: string,
): ReadonlyMap<number, SectionKind> => {
  if (!form.endsWith(':')) return new Map();
  const bare = [...found].filter(([at]) => /^[^:\t\n]{2,12}(?=\n)/.test(chars.slice(at, at + 13)));
  return bare.length < 2 ? new Map() : new Map(bare);
};

/** All that looks like a heading's number, in order. */
export const findMarkers = (plan: PlanText): readonly Marker[] => {
  const { chars, hasGap } = plan;
  const found: Marker[] = [];
  const lastOf = new Map<MarkerKind, number>();
  const labels = sectionLines(chars);
  let isLong = false;
  let isNumbered = false;
  for (let at = 0; at < chars.length; at += 1) {
    const isLineStart = at === 0 || chars[at - 1] === '\n';
    if (isLineStart) {
      const line = chars.indexOf('\n', at);
      isLong = (line < 0 ? chars.length : line) - at > longLine;
      const kind = labels.get(at);
      // Below a numbered heading of the content, 时间: and the like are an activity's labels.
      const label = /^[^:\n]{2,12}/.exec(chars.slice(at, at + 12))?.[0] ?? '';
      const isPlace = fieldKindOf(label)?.field === 'place';
      const isField = isNumbered && (isPlace || (kind !== 'other' && kind !== 'content'));
      if (!isField) isNumbered = false;
      if (kind && !isField)
        found.push({ kind: 'label', number: null, start: at, from: at, isLineStart });
    }
    // 、活动安排: the number of the section is lost.
    if (isLineStart && chars[at] === '、') {
      const line = /^[^\n:]{0,16}/.exec(chars.slice(at + 1, at + 18))?.[0] ?? '';
      if (sectionKindOf(line) !== undefined)
        found.push({ kind: 'han', number: null, start: at, from: at + 1, isLineStart });
      continue;
    }
    if (!mayStart.test(chars[at] as string)) continue;
    const afterMarker = found.at(-1)?.from === at && found.at(-1)?.kind !== 'label';
    const isEdge = isLineStart || afterMarker || hasGap(at) || closes.test(chars[at - 1] ?? '');
    if (!isEdge && !isLong) continue;
    const first = markerAt(chars, at);
    // 十一、十二月: is no eleventh heading, but the months of a line.
    const isMonths =
      first && isLineStart && !isClear(plan, first, (lastOf.get(first.kind) ?? 0) + 1);
    const marker = isMonths ? markerAt(chars, at, ofMonths) : first;
    if (!marker) continue;
    const { kind, number } = marker;
    if (!isEdge && !isNextOfAll(chars, marker, (lastOf.get(kind) ?? 0) + 1)) continue;
    if (!isLineStart) {
      const isMonth = kind === 'month' && isLong && chars[marker.from - 1] === ':';
      if ((lineOnly.includes(kind) && !isMonth) || number === null) continue;
      // Within a line a number must go on where the one before it ended, or begin.
      const expected = (lastOf.get(kind) ?? 0) + 1;
      const isNext = number === 1 || number === expected || (hasGap(at) && number === expected + 1);
      const isSibling = isMonth || (number === (lastOf.get('han') ?? 0) + 1 && number > 2);
      if (!isNext && !isSibling) continue;
    }
    if (!isClear(plan, marker, (lastOf.get(kind) ?? 0) + 1)) continue;
    if (number !== null) lastOf.set(kind, number);
    isNumbered ||= number !== null;
    const before = found.at(-1);
    // (一)活动一: is one heading with two numbers.
    if (before && afterMarker && (kind === 'named' || kind === 'stage'))
      found[found.length - 1] = { ...before, from: marker.from };
    else found.push({ ...marker, isLineStart });
    at = marker.from - 1;
  }
  return found;
};
