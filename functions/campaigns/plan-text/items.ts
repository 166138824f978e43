import { bracketedItems } from './bracketed-items.ts';
import type { PlanText } from './characters.ts';
import { dated } from './dated-items.ts';
import {
  clockTime,
  type Found,
  firstLine,
  type Item,
  type Read,
  type Section,
  within,
} from './item.ts';
import { labelled } from './labelled-items.ts';
import { fieldKindOf } from './labels.ts';
import { lostItems, preferLines } from './month-lines.ts';
import { withDatedLines } from './other-dates.ts';
import { outlined, sectionsOf } from './outlined-items.ts';
import { periodItems } from './period-lines.ts';
import { activityOf } from './plan-title.ts';
import { routineItems, withOthers } from './routine-items.ts';
import type { Row } from './table-rows.ts';
import { findRows } from './tables.ts';
import { lostMonth, openNumber, type Part } from './titles.ts';
import type { FoundUnit } from './unit-names.ts';
import { findUnits, unitsInCell } from './units.ts';

/** A month that has lost its number, where a heading may begin. */
const lostMonths = new RegExp(
  `(?<=^|\\n|[、.)】●■◆·:\\t]|\\d|(?:^|\\n)${openNumber})${lostMonth}`,
  'gu',
);

const rowItems = (plan: PlanText, rows: readonly Row[]): readonly Item[] =>
  rows.map(({ title, time, times, units, whole, content, audience }) => ({
    heading: title,
    whole,
    body: { from: title.to, to: title.to },
    children: [],
    time,
    times,
    isCell: true,
    content,
    audience,
    units: units.flatMap((unit) => unitsInCell(plan, unit)),
  }));

/** 201841日至2018425: a range of days whose signs are lost; 207年3月: a year that has lost a digit. */
const lostSigns =
  /(?<!\d)20\d年(?=\d{1,2}月)|(?<!\d)20\d\d\d{2,4}日?(?:至|到|-|—|~)20\d\d\d{2,4}日?(?!\d)/g;

/** Fewer activities show no form that all of them have. */
const leastOfList = 3;

const isHour = (chars: string, { from }: Part): boolean =>
  /^\(?(?:上午|下午)?\d{1,2}[:点时]/.test(chars.slice(from, from + 6));

/** Lines that begin with a time of the day: what happens one after the other on the day of an activity. */
const isRunningOrder = (chars: string, { from, to }: Part): boolean =>
  chars
    .slice(from, to)
    .split('\n')
    .filter((line) => clockTime.test(line)).length >= 2;

/** 三、主办单位, and in the next line who that is. */
const hostsOf = (read: Read, sections: readonly Section[]): readonly FoundUnit[] =>
  sections.flatMap(({ from, value }) => {
    const { plan } = read;
    const label = /(\p{Script=Han}{2,8})[:\n]*$/u.exec(
      plan.chars.slice(Math.max(from, value.from - 10), value.from),
    );
    const kind = label?.[1] && fieldKindOf(label[1]);
    return kind && kind.field === 'unit'
      ? unitsInCell(plan, { ...firstLine(read, value), role: kind.role })
      : [];
  });

/** The plan itself, where it is for one activity: with all labels of the text, and the plan's time. */
const oneActivity = ({ plan }: Read, begins: number): Item | undefined => {
  const heading = activityOf(plan.chars, begins);
  if (!heading) return undefined;
  const { chars } = plan;
  const before =
    1 + Math.max(...['。', ';', '\n'].map((sign) => chars.lastIndexOf(sign, heading.from - 1)));
  const after = chars.slice(heading.to).search(/[。;\n]/);
  const sentence = { from: before, to: after < 0 ? chars.length : heading.to + after };
  const whole = { from: 0, to: chars.length };
  return { heading, whole, body: sentence, children: [], sentence };
};

/** Where all activities but the last have one line, the lines below the last are about the plan. */
const withoutFoot = ({ plan }: Read, items: readonly Item[]): readonly Item[] => {
  const last = items.at(-1);
  const lineEnd = ({ whole }: Item): number => {
    const end = plan.chars.indexOf('\n', whole.from);
    return end < 0 ? plan.chars.length : end;
  };
  if (!last || items.length < leastOfList) return items;
  if (!items.slice(0, -1).every((item) => item.whole.to <= lineEnd(item) + 1)) return items;
  const to = lineEnd(last);
  // A heading alone has its text in the next line.
  if (last.whole.to <= to + 1 || last.body.from > to) return items;
  const body = { from: last.body.from, to: Math.min(last.body.to, to) };
  const children = last.children.filter(({ start }) => start < to);
  return [...items.slice(0, -1), { ...last, whole: { from: last.whole.from, to }, body, children }];
};

/** Who a plan is from, and of which day it is, below its text. */
const signature = /(?:\n[^,。;:\n]{2,24}){0,2}\n20\d\d年\d{1,2}月\d{1,2}日\n*$/;

/** The day of a plan below its last activity is not that activity's. */
const withoutSignature = ({ plan }: Read, items: readonly Item[]): readonly Item[] => {
  const tail = Math.max(0, plan.chars.length - 90);
  const found = signature.exec(plan.chars.slice(tail));
  if (!found) return items;
  const end = tail + found.index;
  return items.map((item) =>
    item.whole.to <= end || item.heading.to > end || item.whole.from === 0
      ? item
      : {
          ...item,
          whole: { from: item.whole.from, to: end },
          body: { from: Math.min(item.body.from, end), to: Math.min(item.body.to, end) },
        },
  );
};

/** Everything in a text that may be a theme. The hosts of a plan with one activity are that activity's. */
export const findItems = (read: Read): Found => {
  const listed = listItems(read);
  const own = withoutFoot(read, listed.items);
  const all = withOthers(own, periodItems(read, own, listed.sections)).toSorted(
    (a, b) => a.whole.from - b.whole.from,
  );
  const items = listed.isOne
    ? own
    : withoutSignature(read, withOthers(all, routineItems(read, all, listed.sections)));
  const found = { ...listed, items };
  const [only, ...others] = found.items;
  const hosts = only && others.length === 0 ? hostsOf(read, found.sections) : [];
  if (!only || hosts.length === 0) return found;
  const named = only.units ?? findUnits(read, only.whole, only.sentence);
  const seen = named.map(({ from }) => from);
  const units = [...hosts.filter(({ from }) => !seen.includes(from)), ...named];
  return { ...found, items: [{ ...only, units }] };
};

/** By the first way that finds some. */
const listItems = (read: Read): Found => {
  const { plan, roots } = read;
  const sections = sectionsOf(read, roots);
  // What happens at which time of the day is no activity.
  const rows = findRows(plan).filter(({ time }) => !time || !isHour(plan.chars, time));
  // 【…】 in the first line is the plan's title.
  const begins = roots.find(({ kind }) => kind !== 'titled')?.start ?? plan.chars.length;
  const lost = [...plan.chars.matchAll(lostMonths)]
    .filter(({ index }) => !/\d/.test(plan.chars[index - 1] ?? '') && isLineLead(plan.chars, index))
    .map(({ index, 0: whole }) => ({ from: index, to: index + whole.length }));
  const unsigned = [...plan.chars.matchAll(lostSigns)].map(({ index, 0: whole }) => ({
    from: index,
    to: index + whole.length,
  }));
  const common = { unsigned, sections, rows, begins, lost, isOne: false };
  if (rows.length >= 2) return { ...common, items: rowItems(plan, rows) };
  const listed = preferLines(read, outlined(read, sections), sections, lost);
  const items = withDatedLines(read, listed, sections);
  if (items && items.length > 0) return { ...common, items };
  const content = sections.find(({ kind }) => kind === 'content');
  const one = oneActivity(read, begins);
  const isOne = !items || (content !== undefined && isRunningOrder(plan.chars, content.value));
  if (isOne && one) return { ...common, items: [one], isOne: true };
  const bracketed = bracketedItems(read, sections);
  if (bracketed.length > 0) return { ...common, items: bracketed };
  const blocks = labelled(read);
  if (blocks.length > 0) return { ...common, items: blocks };
  const range = content?.value ?? { from: 0, to: plan.chars.length };
  const byDate = dated(read, range);
  if (byDate.length > 0) return { ...common, items: byDate };
  const byLost = lostItems(read, lost);
  if (byLost.length > 0) return { ...common, items: byLost };
  if (one && (sections.length > 0 || within(read, { from: 0, to: plan.chars.length }).length > 0))
    return { ...common, items: [one], isOne: true };
  if (!content || content.value.to <= content.value.from) return { ...common, items: [] };
  const heading = firstLine(read, content.value);
  return {
    ...common,
    items: [
      {
        heading,
        whole: content.value,
        body: { from: heading.to, to: content.value.to },
        children: [],
      },
    ],
  };
};

const isLineLead = (chars: string, at: number): boolean =>
  at - (chars.lastIndexOf('\n', at - 1) + 1) <= 4;
