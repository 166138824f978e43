import { type PlanText, readCharacters } from './characters.ts';
import { type DateToken, findDates } from './dates.ts';
import { daySign, findDaySigns } from './dotted-days.ts';
import type { Draft, DraftTheme } from './draft.ts';
import { isCutOff } from './end-of-text.ts';
import type { Read } from './item.ts';
import { findItems } from './items.ts';
import { withinLimits } from './longest-draft.ts';
import { findMarkers } from './markers.ts';
import { isTime, outlineOf } from './outline.ts';
import { findPersonal, touches, united } from './personal.ts';
import { planTitle } from './plan-title.ts';
import { findTargets } from './targets.ts';
import { audienceOf, contentOf } from './theme-content.ts';
import { type Candidate, candidateOf, kindOf, oftenOf, ongoing, whenOfAll } from './themes.ts';
import type { Part } from './titles.ts';
import { bracketRuleOf } from './unit-brackets.ts';
import { warningsOf } from './warnings.ts';
import { extentOf, type When } from './when.ts';
import { findWindow } from './windows.ts';
import { findYear } from './years.ts';

/** A plan whose time is longer than this many months says nothing of when a theme is. */
const longestInherited = 4;

/** Reads the text of a plan into a draft, by rules and without anything but the text. */
export const readPlanText = (source: string): Draft => {
  const plan = readCharacters(source);
  const { chars } = plan;
  const markers = findMarkers(plan);
  // A number of a heading is no part of a date: 三、2月份.
  const masked = chars.split('');
  for (const marker of markers)
    if (!isTime(marker)) masked.fill('\u0001', marker.start, marker.from);
  for (const at of findDaySigns(chars)) masked[at] = daySign;
  const dates = findDates(masked.join(''));
  const lines = chars.trim().split('\n').length;
  const isPdf = isSpaced(plan);
  const isUnbroken = chars.length > 160 && chars.length / lines > 160;
  const roots = outlineOf(markers, chars.length);
  const read: Read = { plan, dates, roots, isUnbroken, brackets: bracketRuleOf(chars) };
  const found = findItems(read);
  const personal = findPersonal(plan);
  const year = findYear(plan, dates);
  const shown = ({ from, to }: Part): string => {
    const { start, end } = plan.spanOf(from, to);
    const written = source.slice(start, end).replace(/[\r\n]+/g, ' ');
    return isPdf ? written.replace(/[ \u3000\u00a0]+/g, '') : written.replace(/\s+/g, ' ').trim();
  };
  const spanOf = ({ from, to }: Part) => plan.spanOf(from, to);
  const all = found.items.map((item) => candidateOf(read, item, personal));
  const textEnd = chars.trimEnd().length;
  // Where the text is cut before it says what is done, nothing is: 在6月,结合“六一
  const isCut = ({ from, to }: Part): boolean =>
    to >= textEnd && /^(?:结合|围绕|根据|按照|利用)[^,]*$/.test(chars.slice(from, to));
  const candidates = all.filter(({ title }) => title.to - title.from >= 2 && !isCut(title));
  const window = findWindow(read, found);
  const extent = window && extentOf(window, year.year);
  const isInherited = extent !== undefined && extent.months.length <= longestInherited;

  const routines: Draft['routines'] = [];
  const themed: Candidate[] = [];
  for (const candidate of candidates) {
    const { item, title, tokens } = candidate;
    const often = oftenOf(read, item);
    const isOngoing = ongoing.test(chars.slice(item.heading.from, item.heading.to));
    const isSaid = !isInherited && !found.isOne && (often || isOngoing);
    if (tokens.length === 0 && (item.isRoutine || isSaid)) {
      routines.push({
        title: shown(title),
        recurrence: often ? shown(often) : '',
        span: spanOf(title),
      });
    } else themed.push(candidate);
  }
  // Among services without a month, one more that only does not say how often.
  const silent = themed.filter(({ tokens }) => tokens.length === 0);
  const unsaid = routines.length - found.items.filter(({ isRoutine }) => isRoutine).length;
  if (!extent && unsaid > silent.length && !found.isOne)
    for (const candidate of silent) {
      themed.splice(themed.indexOf(candidate), 1);
      routines.push({
        title: shown(candidate.title),
        recurrence: '',
        span: spanOf(candidate.title),
      });
    }
  const undated = themed.filter(({ tokens }) => tokens.length === 0);
  // As many themes as months, in their order: the text has lost the months.
  const isInOrder =
    extent !== undefined &&
    extent.months.length > 2 &&
    found.lost.length > 0 &&
    undated.length === themed.length &&
    themed.length === extent.months.length;
  // Where all say when they are, the time of the last one may stand in what is cut off.
  const isLastOpen = isCutOff(read, themed) && undated.length === 1;
  const isSafe = (part: Part): boolean => part.to > part.from && !touches(part, personal);
  const goals = findTargets(chars);
  const unfit = united([...personal, ...goals]);
  const said = (part: Part | undefined) =>
    part && isSafe(part) ? { text: shown(part), span: spanOf(part) } : null;
  const themes: DraftTheme[] = themed.map(({ item, title, tokens, units, sub }, index) => {
    const stated = whenOfAll(read, tokens, year.year, year.first);
    const inherited = inherit(stated, index);
    return {
      title: shown(title),
      span: spanOf(title),
      when: stated ?? inherited,
      whenBasis: stated ? 'stated' : inherited ? (isInOrder ? 'order' : 'inherited') : null,
      whenSpans: stated
        ? whenPartsOf(tokens, dates).map(spanOf)
        : inherited && window
          ? [spanOf({ from: window.start, to: window.end })]
          : [],
      content: said(contentOf(read, item, title, unfit)),
      audience: said(audienceOf(read, item, unfit)),
      units: units.map((unit) => ({ name: shown(unit), role: unit.role, span: spanOf(unit) })),
      kind: kindOf(chars.slice(title.from, title.to)),
      sub: sub.map((part) => ({ title: shown(part), span: spanOf(part) })),
    };
  });

  function inherit(stated: When | null, index: number): When | null {
    if (stated || !window || themed[index]?.item.hasOwnTime) return null;
    if (isLastOpen && index === themed.length - 1) return null;
    if (window.form === 'lunar') return whenOfAll(read, [window], year.year, year.first);
    if (!extent) return null;
    if (isInOrder) return { months: [extent.months[index] ?? 1] };
    if (window.form === 'each' && window.points.every(({ day }) => day !== null))
      return whenOfAll(read, [window], year.year, year.first);
    return extent.months.length <= longestInherited ? { months: extent.months } : null;
  }

  const slogan = found.sections.find(({ kind }) => kind === 'slogan');
  const sloganPart = slogan && firstLine(chars, slogan.value);
  const issuer = issuerOf(chars);
  const title = planTitle(chars);
  const draft: Omit<Draft, 'warnings'> = {
    year: year.year,
    yearBasis: year.basis,
    yearSpans: year.parts.map(spanOf),
    window:
      extent && window
        ? {
            first: extent.first,
            last: extent.last,
            span: spanOf({ from: window.start, to: window.end }),
          }
        : null,
    title: title && isSafe(title) ? { text: shown(title), span: spanOf(title) } : null,
    slogan:
      sloganPart && isSafe(sloganPart)
        ? { text: shown(sloganPart), span: spanOf(sloganPart) }
        : null,
    issuer: issuer && isSafe(issuer) ? { name: shown(issuer), span: spanOf(issuer) } : null,
    themes,
    routines,
    targets: goals.filter(isSafe).map((target) => ({
      text: shown(target),
      value: target.value,
      unit: target.unit,
      span: spanOf(target),
    })),
    notes: all
      .filter((each) => !candidates.includes(each))
      // Of a heading that names a person its time, so that somebody looks at it.
      .flatMap(({ item }) => [item.heading, item.time].find((part) => part && isSafe(part)) ?? [])
      .map((part) => ({ text: shown(part), span: spanOf(part) })),
  };
  const warnings = warningsOf({
    read,
    found,
    year,
    window,
    candidates: themed,
    draft,
    personal,
    isPdf,
  });
  return withinLimits({ ...draft, warnings });
};

/** Where times stand; of a day without a month also where its month does. */
const whenPartsOf = (tokens: readonly DateToken[], dates: readonly DateToken[]): readonly Part[] =>
  tokens.flatMap((token) => {
    const own = { from: token.start, to: token.end };
    if (token.form === 'lunar' || token.namesMonth) return [own];
    const before = dates.findLast((each) => each.end <= token.start && each.namesMonth);
    return before ? [{ from: before.start, to: before.end }, own] : [own];
  });

/** Whether blanks stand within words and dates, as a scan or a PDF leaves them. */
const isSpaced = ({ chars, innerGaps, digitGaps }: PlanText): boolean =>
  innerGaps > Math.max(6, chars.length / 25) ||
  digitGaps > 3 ||
  (digitGaps > 0 && innerGaps + digitGaps > Math.max(5, chars.length / 150));

const firstLine = (chars: string, { from, to }: Part): Part => {
  let start = from;
  while (start < to && /[\s:“]/.test(chars[start] as string)) start += 1;
  const end = chars.slice(start, to).search(/[\n。;”]/);
  return { from: start, to: end < 0 ? to : start + end };
};

const issuing =
  /(?<=^|[,。;:\n])((?![由在为])[\p{Script=Han}]{2,20}?(?:社区|街道|文明办|文明委|团工委|团委|妇联|党委|党工委|居委会|镇|乡|局|中心|办事处))(?=决定|拟|计划|精心|在全|特制定|20\d\d年)/u;

/** Who decides, by the first sentence that says so. */
const issuerOf = (chars: string): Part | undefined => {
  const found = issuing.exec(chars.slice(0, 600));
  return found?.[1] ? { from: found.index, to: found.index + found[1].length } : undefined;
};
