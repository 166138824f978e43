import { type DateToken, datesInCell } from './dates.ts';
import type { DraftTheme } from './draft.ts';
import { headingAt } from './heading.ts';
import { type Item, type Read, within } from './item.ts';
import { type Field, fieldKindOf, findFields, type UnitRole } from './labels.ts';
import { touches } from './personal.ts';
import { sectionKindOf } from './sections.ts';
import { withoutNames } from './title-without-names.ts';
import { type Part, titleIn } from './titles.ts';
import { findUnits } from './units.ts';
import { ascending, type When, whenOf } from './when.ts';

/** An item with all that was found for it, in the plan's characters. */
export interface Candidate {
  readonly item: Item;
  /** Empty where the text gives no name. */
  readonly title: Part;
  readonly tokens: readonly DateToken[];
  readonly units: readonly (Part & { readonly role: UnitRole })[];
  readonly sub: readonly Part[];
}

const isEmpty = ({ from, to }: Part): boolean => to - from < 2;

/** A verb or a noun alone, where a text is cut. */
const isNoName =
  /^\(?(?:空|略|暂无|待定|开展|举办|举行|组织|召开|进行|份|(?:开展)?(?:系列|主题)*活动|项目|内容|无)\)?$|^[^,“]{2,6}期间$|^(?:第[一二三四五六七八九十\d]{1,3}(?:项|期|场|次|站)?(?:系列|主题)?(?:活动|项目|行动|服务|课)?|(?:系列|主题)?(?:活动|项目|行动|服务|主题|专题|板块|篇章|任务)之?[一二三四五六七八九十\d]{1,3})$/;

/** 消防宣传,报警电话: and 暑期托管,时间:, each without the label whose value follows the heading. */
const withoutLabel = (chars: string, { from, to }: Part, fields: readonly Field[]): Part => {
  const label = fields.find(
    ({ kind, start, from: value }) =>
      ['person', 'time', 'place', 'unit'].includes(kind.field) && start > from && value > to,
  );
  const sign = label && label.start < to ? chars.slice(from, to).search(/[,;、(]/) : -1;
  return { from, to: sign < 0 ? to : from + sign };
};

const titleOf = ({ plan, dates }: Read, item: Item): Part => {
  const { chars } = plan;
  const fields = findFields(plan, item.whole.from, item.whole.to);
  const own = titleIn(chars, withoutLabel(chars, item.heading, fields), dates);
  const named = fields.find(({ kind }) => kind.field === 'title');
  const ownName = chars.slice(own.from, own.to);
  // 植树节(3月12日)开展义务植树: an occasion, and then what is done.
  if (
    item.heading.to === item.body.from &&
    /[日节]$|期间$/.test(ownName) &&
    /^\s?(?:集中|组织)?(?:开展|举办|举行)/.test(chars.slice(item.body.from, item.body.from + 6))
  ) {
    const done = titleIn(chars, headingAt(plan, item.body.from, item.body.to, false), dates);
    if (!isEmpty(done) && !isNoName.test(chars.slice(done.from, done.to))) return done;
  }
  // 1、活动名称:… is a label with a number.
  const isLabel = named !== undefined && fieldKindOf(ownName)?.field === 'title';
  // 8月 and 时间:… below it: the label is no name, and what follows its value may be one.
  const isTime = fields.some(
    ({ kind, start, from }) =>
      (kind.field === 'time' || kind.field === 'place') &&
      start === own.from &&
      from === own.to + 1,
  );
  if (!isEmpty(own) && !isLabel && !isTime && !isNoName.test(ownName)) return own;
  if (named) return titleIn(chars, named, dates);
  // Without a name, the first sentence that is no label says what is done.
  for (let at = item.body.from; at < item.body.to; ) {
    const sentence = headingAt(plan, at, item.body.to, false);
    const field = fields.find(({ start }) => start >= sentence.from && start < sentence.next);
    // 清理河道(责任人:…): what stands before the label is the name.
    const before = field && titleIn(chars, { from: sentence.from, to: field.start }, dates);
    if (before && !isEmpty(before)) return before;
    if (field && field.kind.field !== 'content') {
      at = Math.max(sentence.next, field.to + 1);
      continue;
    }
    const title = titleIn(
      chars,
      field ? headingAt(plan, field.from, field.to, false) : sentence,
      dates,
    );
    if (!isEmpty(title) && !isNoName.test(chars.slice(title.from, title.to))) return title;
    at = Math.max(sentence.next, at + 1);
  }
  return { from: item.heading.from, to: item.heading.from };
};

/** Behind a month alone, the days of it with which all lines below begin: 3月:… 3月5日上午…. */
const daysBelow = (
  read: Read,
  { body, children, isCell }: Item,
  [month, ...others]: readonly DateToken[],
): readonly DateToken[] => {
  const { chars } = read.plan;
  const lines = chars.slice(body.from, body.to).trim().split('\n').length;
  if (isCell || !month || others.length > 0 || children.length > 0) return [];
  if (month.points.some(({ day }) => day !== null) || month.points.length !== 1) return [];
  const days = within(read, body).filter(
    ({ start, form, points }) =>
      chars[start - 1] === '\n' &&
      (form === 'each' || form === 'range') &&
      points.every((point) => point.day !== null && point.month === month.points[0]?.month),
  );
  const isList = days.length === 1 || days.every(({ form }) => form === 'each');
  return days.length === lines && isList ? days : [];
};

/** The times that an item states: at its label, in its heading, beside it, or where a sentence begins. */
const tokensOf = (read: Read, item: Item): readonly DateToken[] => {
  const { plan } = read;
  if (item.times) return item.times.flatMap((each) => datesInCell(plan.chars, each));
  const times = findFields(plan, item.whole.from, item.whole.to).filter(
    ({ kind }) => kind.field === 'time',
  );
  const ofField = times.flatMap((field) => within(read, field));
  if (ofField.length > 0) return ofField;
  const ofHeading = within(read, item.heading);
  const isDay = ofHeading[0]?.points.every(({ day }) => day !== null);
  // Below a quarter a month is more exact.
  const isBelowQuarter =
    item.time !== undefined && plan.chars.slice(item.time.from, item.time.to).includes('季度');
  if (ofHeading.length > 0 && (isDay || !item.time || isBelowQuarter)) return ofHeading.slice(0, 1);
  if (item.time) {
    const beside = item.isCell ? datesInCell(plan.chars, item.time) : within(read, item.time);
    const days = daysBelow(read, item, beside);
    if (days.length > 0) return days;
    if (beside.length > 0) return beside;
  }
  const inBody = within(read, item.body).filter(({ start }) => {
    const lead = plan.chars.slice(Math.max(item.body.from, start - 3), start);
    return lead === '' || /[,。;:\n\t()]$|(?:拟|定)?[于在从自]$|[将]于?$/.test(lead);
  });
  return inBody.slice(0, 1);
};

/** What an item says, without what names a person. */
export const candidateOf = (read: Read, item: Item, personal: readonly Part[]): Candidate => {
  const { plan, dates, isUnbroken } = read;
  const own = item.units ?? findUnits(read, item.whole, item.sentence);
  const units = [...(item.owners ?? []), ...own].filter((unit) => !touches(unit, personal));
  const sub = item.children.flatMap((child) => {
    const heading = headingAt(plan, child.from, child.children[0]?.start ?? child.end, isUnbroken);
    if (sectionKindOf(plan.chars.slice(heading.from, heading.to))) return [];
    const title = withoutNames(plan.chars, titleIn(plan.chars, heading, dates), personal);
    return isEmpty(title) || title.to - title.from > 40 ? [] : [title];
  });
  return {
    item,
    title: withoutNames(plan.chars, titleOf(read, item), personal),
    tokens: tokensOf(read, item),
    units,
    sub,
  };
};

/**
 * What tokens say together: several days are one list, and so are several months; otherwise the first counts.
 * @param firstYear the year; where years contradict each other, the first of them
 */
export const whenOfAll = (
  { plan }: Read,
  tokens: readonly DateToken[],
  year: number | null,
  firstYear: number | null,
): When | null => {
  const [first] = tokens;
  if (!first) return null;
  const read = tokens.map((each) => {
    const { start, end } = plan.spanOf(each.start, each.end);
    return whenOf(each, plan.source.slice(start, end), year, firstYear);
  });
  if (read.length > 1 && read.every((each) => each && 'dates' in each))
    return {
      dates: [...new Set(read.flatMap((each) => (each && 'dates' in each ? each.dates : [])))],
    };
  if (read.length > 1 && read.every((each) => each && 'months' in each))
    return {
      months: ascending(read.flatMap((each) => (each && 'months' in each ? each.months : []))),
    };
  return read[0] ?? null;
};

const kinds: readonly (readonly [DraftTheme['kind'], RegExp])[] = [
  ['commendation', /评选|表彰|评比|评优|颁奖|推选|选树|命名/],
  [
    'meeting',
    /(?:动员|部署|座谈|总结|启动|推进|工作|交流|研讨|报告|筹备|协调|例|联席|表彰)(?:大)?会(?:议)?[”》]?$|会议[”》]?$|^召开|^开会/,
  ],
  ['recruitment', /招募|招聘志愿者|注册志愿者|志愿者注册|队伍组建|组建.{0,12}队/],
  [
    'key-day',
    /(?:^|[^主题])(?:纪念日|环境日|环保日|重阳节|建党日|建军节|妇女节|教师节|劳动节|禁毒日|助残日)[”》]?$/,
  ],
  ['publicity', /^(?:.{0,16}宣传(?:月|周|活动|教育)?|营造.{0,8}氛围|媒体宣传|氛围营造)[”》]?$/],
];

export const kindOf = (title: string): DraftTheme['kind'] =>
  kinds.find(([, is]) => is.test(title))?.[0] ?? 'activity';

/** How often something is done, where it has no month. */
const recurrence =
  /每个?(?:工作日|星期[一二三四五六日]|[年月周天日季](?:度)?(?:(?:第[一二三四]|最后一)个(?:周|星期)[一二三四五六日]|[一二三四五六日末\d]{1,3}(?:[、和及](?:周|星期)[一二三四五六日])*)?)|天天(?=[上下早晚有在到都])|不定期|定期|经常性|经常|常态化?|长期|日常|全年|常年|寒暑假|节假日|双休日|周末|暑假|寒假/;

/** Where an item says how often it is done: in its time, in its heading, or in the first sentence after it. */
export const oftenOf = (
  { plan }: Read,
  { whole, body, time, isRoutine }: Item,
): Part | undefined => {
  const { chars } = plan;
  if (isRoutine && time) return time;
  const first = chars.slice(body.from, whole.to).search(/[。;]/);
  const times = findFields(plan, whole.from, whole.to).filter(({ kind }) => kind.field === 'time');
  const places = [
    ...(time ? [time] : times),
    { from: whole.from, to: first < 0 ? whole.to : body.from + first },
  ];
  for (const { from, to } of places) {
    const found = recurrence.exec(chars.slice(from, to));
    if (found) return { from: from + found.index, to: from + found.index + found[0].length };
  }
  return undefined;
};

/** Verbs for what goes on and is no activity of its own. */
export const ongoing = /^(?:继续)?(?:抓好|做好|加强|坚持|搞好|保持|巩固|完善|持续|常态化)/;
