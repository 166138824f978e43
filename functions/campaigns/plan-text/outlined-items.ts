import { datedIn } from './dated-items.ts';
import { headingAt } from './heading.ts';
import {
  clockTime,
  firstLine,
  hasTime,
  type Item,
  namesUnits,
  partOf,
  type Read,
  type Section,
  within,
} from './item.ts';
import { findFields } from './labels.ts';
import { inMonthLine, namedLines } from './named-lines.ts';
import { headOf, kindOf, listedBelow } from './node-heads.ts';
import { isTime, type Node } from './outline.ts';
import { isDemand } from './sections.ts';
import { openNumber, type Part } from './titles.ts';
import { areOnlyUnits, type FoundUnit } from './unit-names.ts';
import { unitsInCell } from './units.ts';

const lostAlone = new RegExp(`^${openNumber}?月份?$`);

const itemOf = (read: Read, node: Node, time?: Part): Item => {
  const own = headOf(read, node);
  // A month that has lost its number names nothing: what follows is the heading.
  const isLost = lostAlone.test(read.plan.chars.slice(own.from, own.to));
  const limit = node.children[0]?.start ?? node.end;
  const heading = isLost ? headingAt(read.plan, own.next, limit, read.isUnbroken) : own;
  return {
    heading: { from: heading.from, to: heading.to },
    whole: partOf(node),
    body: { from: heading.next, to: node.children[0]?.start ?? node.end },
    children: node.children,
    time,
  };
};

/** The part of a heading that is only a time: 三月份, (一)3月活动, 春节期间志愿服务活动. */
const monthAbove = (read: Read, node: Node): Part | undefined => {
  if (isTime(node)) return { from: node.start, to: node.from };
  const heading = headOf(read, node);
  const [token] = within(read, heading);
  if (token?.start !== heading.from) return undefined;
  if (token.form === 'before' || token.points.some(({ day }) => day !== null)) return undefined;
  const rest = read.plan.chars.slice(token.end, heading.to);
  return /^(?:主题|重点|志愿|服务|活动|工作|安排|份)*$/.test(rest) && rest.length < 9
    ? { from: token.start, to: token.end }
    : undefined;
};

/**
 * 3月:“春风”行动, with its tasks and then one line for who is responsible below it: the activity is what
 * stands behind the month.
 */
const namedAbove = (read: Read, node: Node, month: Part): Item | undefined => {
  const { plan } = read;
  const last = node.children.at(-1);
  const from = isTime(node) ? node.from : month.to + 1;
  if (!last || plan.chars[from - 1] !== ':') return undefined;
  const heading = headingAt(plan, from, node.children[0]?.start ?? node.end, read.isUnbroken);
  const line = plan.chars.indexOf('\n', last.from);
  const [unit] = findFields(plan, node.from, node.end).filter(({ kind }) => kind.field === 'unit');
  if (heading.to - heading.from < 3 || !unit || line < 0 || unit.start <= line) return undefined;
  const whole = { from: node.start, to: node.end };
  const body = { from: heading.next, to: node.children[0]?.start ?? node.end };
  return plan.chars[unit.start - 1] === '\n'
    ? { heading, whole, body, children: node.children, time: month }
    : undefined;
};

/** The time of an activity in a section of its own below it: 一、…活动 (一)活动时间. */
const timeBelow = (read: Read, { children }: Node): Part | undefined => {
  const window = children.find((child) => kindOf(read, child) === 'window');
  return window && { from: headOf(read, window).next, to: window.end };
};

/** Headings that only announce what is below them. */
const container =
  /^(?:广泛|集中|积极|组织)*(?:开展)?(?:多种形式|形式多样|各类|系列|以下|下列|重点|各项|主要)(?:的)?(?:开展)?(?:志愿|服务|主题|学雷锋|系列)*活动(?:如下)?$|^.{0,6}(?:统一|自主|配套|广场|集中|分散|线上|线下|专项|特色|常规|日常|其他|联动|分会场|主会场|[校园社区室户][内外])(?:性|类|的|开展|志愿|服务)*活动$|第?[一二三四]?部分/;

/** Whatever else there may be: 其他服务活动. */
const catchAll = /^其[他它]/;

/** A name and no sentence: 社区宣传, alone in its line. */
const isBrief = (read: Read, node: Node): boolean => {
  const { from, to } = headOf(read, node);
  return to - from <= 20 && !/[,:]/.test(read.plan.chars.slice(from, to));
};

/** Whether what is below a heading are activities, because they have times or units of their own. */
const isGroup = (read: Read, node: Node): boolean => {
  const children = listedBelow(read, node);
  const own = { from: node.from, to: node.children[0]?.start ?? node.end };
  const heading = headOf(read, node);
  const isPhase = /^.{0,6}阶段/.test(read.plan.chars.slice(heading.from, heading.to));
  if (children.length < 2 || (!isPhase && hasTime(read, own))) return false;
  const half = Math.max(2, children.length / 2);
  const timed = children.filter((child) => hasTime(read, partOf(child))).length;
  const led = namesUnits(read, own)
    ? 0
    : children.filter((child) => namesUnits(read, partOf(child))).length;
  return timed >= half || led >= half;
};

/** The units of headings that are names of units and nothing else, below which stands what each of them does. */
const ownersOf = (read: Read, nodes: readonly Node[]): readonly (readonly FoundUnit[])[] => {
  const { plan } = read;
  const heads = nodes.map((node) => headOf(read, node));
  const areUnits = heads.every(({ from, to }) => areOnlyUnits(plan.chars.slice(from, to)));
  return nodes.length >= 2 && areUnits
    ? heads.map(({ from, to }) => unitsInCell(plan, { from, to, role: 'responsible' }))
    : [];
};

/**
 * The activities of several headings. Where one of them is a group, another one whose parts have the
 * same form is a group too, even if its parts have no times.
 */
const expandedAll = (read: Read, nodes: readonly Node[], time?: Part): readonly Item[] => {
  const forms = new Set(
    nodes.filter((node) => isGroup(read, node)).map(({ children }) => children[0]?.kind),
  );
  const owners = ownersOf(read, nodes);
  return nodes.flatMap((node, index) => {
    const children = listedBelow(read, node);
    const owner = owners[index];
    if (owner) {
      const heading = firstLine(read, itemOf(read, node).body);
      const own =
        children.length > 0
          ? expandedAll(read, children, time)
          : [{ ...itemOf(read, node, time), heading }];
      return own.map((each) => ({ ...each, owners: owner }));
    }
    const isAlike =
      children.length >= 2 &&
      forms.has(children[0]?.kind) &&
      !hasTime(read, { from: node.from, to: node.children[0]?.start ?? node.end }) &&
      children.every((child) => isBrief(read, child));
    return isAlike ? expandedAll(read, children, time) : expanded(read, node, time);
  });
};

/** A node whose children are activities of their own, or the node itself. */
const expanded = (read: Read, node: Node, time?: Part): readonly Item[] => {
  const month = monthAbove(read, node);
  if (month) {
    const named = namedAbove(read, node, month);
    if (named) return [named];
    const listed = node.children.filter((child) => kindOf(read, child) === undefined);
    if (listed.length > 0) return expandedAll(read, listed, month);
    const names = inMonthLine(read, node, month);
    if (names.length > 0) return names;
    const item = itemOf(read, node, month);
    return item.heading.to > item.heading.from
      ? [item]
      : [{ ...item, heading: firstLine(read, item.body) }];
  }
  const children = listedBelow(read, node);
  const heading = headOf(read, node);
  const words = read.plan.chars.slice(heading.from, heading.to);
  if ((children.length >= 2 && (words === '' || container.test(words))) || isGroup(read, node))
    return expandedAll(read, children, time);
  if (kindOf(read, node) !== undefined) return [];
  if (node.children.length === 0 && catchAll.test(words)) return [];
  const item = itemOf(read, node, time ?? timeBelow(read, node));
  const listed = item.time || node.children.length > 0 ? [] : datedIn(read, item);
  if (listed.length > 0) return listed;
  const named = hasTime(read, item.whole) ? [] : namedLines(read, item);
  return named.length > 0 ? named.map((each) => ({ ...each, time: item.time })) : [item];
};

/** Whether each of several activities has its own sections: then these are not those of the plan. */
const haveOwn = (read: Read, nodes: readonly Node[]): boolean =>
  nodes.filter(
    (node) =>
      kindOf(read, node) === undefined &&
      node.children.some((child) => kindOf(read, child) === 'window'),
  ).length > 1;

export const sectionsOf = (
  read: Read,
  nodes: readonly Node[],
  depth = 0,
): readonly (Section & { readonly node: Node })[] => {
  const areActivities = haveOwn(read, nodes);
  return nodes.flatMap((node) => {
    const kind = kindOf(read, node);
    const own = kind
      ? [
          {
            kind,
            from: node.start,
            to: node.end,
            value: { from: headOf(read, node).next, to: node.end },
            node,
          },
        ]
      : [];
    return depth < 1 && kind !== 'content' && !(kind === undefined && areActivities)
      ? [...own, ...sectionsOf(read, node.children, depth + 1)]
      : own;
  });
};

/** Which section lists the activities: one whose items have times; none of phases or forms. */
const weightOf = (read: Read, { from, children }: Node): number => {
  const { chars } = read.plan;
  const phases = children.filter((child) => /阶段/.test(chars.slice(child.from, child.from + 20)));
  if (phases.length * 2 >= children.length) return -2;
  if (children.length < 2 || /^.{0,4}(?:形式|方式|步骤|流程)/.test(chars.slice(from, from + 8)))
    return -1;
  const timed = children.filter((child) => isTime(child) || hasTime(read, partOf(child)));
  return timed.length / children.length;
};

/** Sections that say how the one activity goes on, and not which activities there are. */
const course = /^(?:活动|工作|实施|具体|主要|服务|仪式)*(?:形式|方式|步骤|流程|议程|程序|方法)/;
const isCourse = (read: Read, { from, children }: Node): boolean => {
  const [heading] = course.exec(read.plan.chars.slice(from, from + 12)) ?? [];
  return (
    heading !== undefined &&
    children.every(
      (child) =>
        !hasTime(read, partOf(child)) && (/[流议]程|程序/.test(heading) || !isNamed(read, child)),
    )
  );
};

/** Whether what is listed is what happens at which time of the day: 1、8:30—9:00 签到. */
const isRunningOrder = (read: Read, { children }: Node): boolean =>
  children.length > 1 &&
  children.every(({ from }) => clockTime.test(read.plan.chars.slice(from, from + 8)));

/** Whether a heading is the name of an activity, and not a sentence about one. */
const isNamed = (read: Read, node: Node): boolean => {
  const { from, to } = headOf(read, node);
  const heading = read.plan.chars.slice(from, to);
  return (
    heading.length <= 30 && /活动|行动|服务|“[^”]{3,}”/.test(heading) && !/本次|,/.test(heading)
  );
};

/** Whether a heading says only how those who read the plan are to go about it. */
const isDemanded = (read: Read, node: Node): boolean => {
  const { from, to } = headOf(read, node);
  return isDemand(read.plan.chars.slice(from, to));
};

const areDemands = (read: Read, nodes: readonly Node[]): boolean => {
  const demands = nodes.filter((node) => isDemanded(read, node) && !hasTime(read, partOf(node)));
  return demands.length > 1 && demands.length * 2 > nodes.length;
};

/**
 * The items among the headings: below the sections for content, or the headings that are no section.
 * @returns undefined where the headings show that the plan is for one activity
 */
export const outlined = (
  read: Read,
  sections: readonly (Section & { readonly node: Node })[],
): readonly Item[] | undefined => {
  const contents = sections.filter(
    ({ kind, node }) => kind === 'content' && node.children.length > 0,
  );
  // Where several sections list activities, one of them only says how or when once more.
  const [most] = [...contents].sort((a, b) => weightOf(read, b.node) - weightOf(read, a.node));
  if (most && (isCourse(read, most.node) || isRunningOrder(read, most.node))) return undefined;
  if (most) return expandedAll(read, most.node.children);
  if (sections.some(({ kind }) => kind === 'content')) return [];
  const open = read.roots.filter((node) => kindOf(read, node) === undefined);
  if (areDemands(read, open)) return undefined;
  const [only] = open;
  // 【…】 in the first line is the plan's title.
  const isTitle = only?.kind === 'titled' && only.start === 0;
  const isFrame =
    open.length === 1 && (read.roots.length > 1 || isTitle) && only && only.children.length >= 2;
  // Beside activities with times, 深化思想引领 is a task and none.
  const isTimed = open.some((node) => hasTime(read, partOf(node)));
  const listed = open.filter(
    (node) => !isTimed || hasTime(read, partOf(node)) || !isDemanded(read, node),
  );
  return expandedAll(read, isFrame ? only.children : listed);
};
