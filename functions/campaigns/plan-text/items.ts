import type { PlanText } from './characters.ts';
import type { DateToken } from './dates.ts';
import { findFields, type SectionKind, sectionKindOf, type UnitRole } from './labels.ts';
import type { Node } from './outline.ts';
import { findRows, type Row } from './tables.ts';
import { headingAt, type Part } from './titles.ts';

/** What may be a theme: where its heading is, and all that the text says of it. */
export interface Item {
  readonly heading: Part;
  /** From the heading to the end of what belongs to it. */
  readonly whole: Part;
  /** What follows the heading, up to the first heading below it. */
  readonly body: Part;
  readonly children: readonly Node[];
  /** A month that stands above several items, or in a cell beside it. */
  readonly time?: Part | undefined;
  readonly units?: readonly (Part & { readonly role: UnitRole })[];
}

export interface Section extends Part {
  readonly kind: SectionKind;
  /** What follows its heading. */
  readonly value: Part;
}

export interface Read {
  readonly plan: PlanText;
  readonly dates: readonly DateToken[];
  readonly roots: readonly Node[];
  /** Whether the lines of the text are lost, so that headings stand within them. */
  readonly isUnbroken: boolean;
}

export interface Found {
  readonly items: readonly Item[];
  readonly sections: readonly Section[];
  readonly rows: readonly Row[];
  /** Where the text begins to be more than a preamble. */
  readonly begins: number;
  /** Months lost: 月份 without a number. */
  readonly lost: readonly Part[];
}

const headOf = ({ plan, isUnbroken }: Read, node: Node) =>
  headingAt(plan, node.from, node.children[0]?.start ?? node.end, isUnbroken);

const kindOf = (read: Read, node: Node): SectionKind | undefined => {
  const { from, to } = headOf(read, node);
  return sectionKindOf(read.plan.chars.slice(from, to).replace(/[:,、]$/, ''));
};

const within = (dates: readonly DateToken[], { from, to }: Part): readonly DateToken[] =>
  dates.filter((each) => each.start >= from && each.end <= to && !each.isYearly && !each.isPast);

const hasTime = (read: Read, part: Part): boolean =>
  within(read.dates, part).length > 0 ||
  findFields(read.plan, part.from, part.to).some(({ kind }) => kind.field === 'time');

const namesUnits = (read: Read, part: Part): boolean =>
  findFields(read.plan, part.from, part.to).some(({ kind }) => kind.field === 'unit');

const partOf = ({ from, end }: Node): Part => ({ from, to: end });

const itemOf = (read: Read, node: Node, time?: Part): Item => {
  const heading = headOf(read, node);
  return {
    heading: { from: heading.from, to: heading.to },
    whole: partOf(node),
    body: { from: heading.next, to: node.children[0]?.start ?? node.end },
    children: node.children,
    time,
  };
};

/** The part of a heading that is only a month: 三月份, or (一)3月活动. */
const monthAbove = (read: Read, node: Node): Part | undefined => {
  if (node.kind === 'month') return { from: node.start, to: node.from };
  const heading = headOf(read, node);
  const [token] = within(read.dates, { from: heading.from, to: heading.to });
  if (token?.start !== heading.from || token.form !== 'each') return undefined;
  const rest = read.plan.chars.slice(token.end, heading.to);
  return /^(?:主题|重点|志愿|服务|活动|工作|安排|份)*$/.test(rest) && rest.length < 9
    ? { from: token.start, to: token.end }
    : undefined;
};

/** A node whose children are activities of their own, or the node itself. */
const expanded = (read: Read, node: Node, time?: Part): readonly Item[] => {
  const month = monthAbove(read, node);
  if (month) {
    const listed = node.children.filter((child) => kindOf(read, child) === undefined);
    if (listed.length > 0) return listed.flatMap((child) => expanded(read, child, month));
    const item = itemOf(read, node, month);
    return item.heading.to > item.heading.from
      ? [item]
      : [{ ...item, heading: firstLine(read, item.body) }];
  }
  const children = node.children.filter((child) => kindOf(read, child) === undefined);
  const own = { from: node.from, to: node.children[0]?.start ?? node.end };
  if (children.length >= 2 && !hasTime(read, own)) {
    const half = Math.max(2, children.length / 2);
    const timed = children.filter((child) => hasTime(read, partOf(child))).length;
    const led = namesUnits(read, own)
      ? 0
      : children.filter((child) => namesUnits(read, partOf(child))).length;
    if (timed >= half || led >= half)
      return children.flatMap((child) => expanded(read, child, time));
  }
  return kindOf(read, node) === undefined ? [itemOf(read, node, time)] : [];
};

const firstLine = ({ plan, isUnbroken }: Read, { from, to }: Part): Part => {
  let start = from;
  while (start < to && /[\s:]/.test(plan.chars[start] as string)) start += 1;
  const found = headingAt(plan, start, to, isUnbroken);
  return { from: found.from, to: found.to };
};

const sectionsOf = (
  read: Read,
  nodes: readonly Node[],
  depth = 0,
): readonly (Section & { readonly node: Node })[] =>
  nodes.flatMap((node) => {
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
    return depth < 1 && kind !== 'content'
      ? [...own, ...sectionsOf(read, node.children, depth + 1)]
      : own;
  });

/** The items among the headings: below the sections for content, or the headings that are no section. */
const outlined = (
  read: Read,
  sections: readonly (Section & { readonly node: Node })[],
): readonly Item[] => {
  const contents = sections.filter(({ kind }) => kind === 'content');
  const below = contents.flatMap(({ node }) => node.children);
  if (below.length > 0) return below.flatMap((node) => expanded(read, node));
  if (contents.length > 0) return [];
  const open = read.roots.filter((node) => kindOf(read, node) === undefined);
  const [only] = open;
  const isFrame = open.length === 1 && read.roots.length > 1 && only && only.children.length >= 2;
  return (isFrame ? only.children : open).flatMap((node) => expanded(read, node));
};

const doing = /^(?:[^,。;\n]{0,20})(?:开展|举办|举行|组织|召开|进行|启动|参加|集中)/;

/** Lines that begin with a time, and sentences that do, where there are no headings. */
const dated = ({ plan, dates }: Read, { from, to }: Part): readonly Item[] => {
  const { chars } = plan;
  const isLead = (token: DateToken): boolean => {
    const lead = chars.slice(chars.lastIndexOf('\n', token.start - 1) + 1, token.start);
    return lead.length <= 4 && /^[\s\p{P}\p{S}]*$/u.test(lead);
  };
  const inside = within(dates, { from, to });
  const ofLines = inside.filter(isLead);
  const ofClauses = inside.filter(
    (token) =>
      doing.test(chars.slice(token.end, token.end + 40)) &&
      !/^(?:是|为)/.test(chars.slice(token.end)),
  );
  const used = ofLines.length >= Math.max(2, ofClauses.length) ? ofLines : ofClauses;
  return used.map((token, index) => {
    const next = used[index + 1]?.start ?? to;
    const line = chars.indexOf('\n', token.end);
    const isLine = used === ofLines;
    const sentence = chars.slice(token.end, next).search(/[。;\n]/);
    const end = isLine ? next : sentence < 0 ? next : token.end + sentence;
    const headEnd = isLine && line >= 0 && line < next ? line : end;
    const heading = headingAt(plan, token.start, headEnd, false);
    const isBare = heading.to <= token.end;
    return {
      heading: isBare ? headingAt(plan, heading.next, Math.max(heading.next, end), false) : heading,
      whole: { from: token.start, to: end },
      body: { from: token.end, to: end },
      children: [],
      time: { from: token.start, to: token.end },
    };
  });
};

const lostMonth =
  /(?<=^|\n|[、.)】●■◆·:\t]|\d)月份?(?=[:,、]|[\p{Script=Han}“])(?!初|底|末|中旬|度|日|饼|季)/gu;

const rowItems = (rows: readonly Row[]): readonly Item[] =>
  rows.map(({ title, time, units, whole }) => ({
    heading: title,
    whole,
    body: { from: title.to, to: title.to },
    children: [],
    time,
    units,
  }));

/** Everything in a text that may be a theme, by the first way that finds some. */
export const findItems = (read: Read): Found => {
  const { plan, roots } = read;
  const sections = sectionsOf(read, roots);
  const rows = findRows(plan);
  const begins = roots[0]?.start ?? plan.chars.length;
  const lost = [...plan.chars.matchAll(lostMonth)]
    .filter(({ index }) => !/\d/.test(plan.chars[index - 1] ?? '') && isLineLead(plan.chars, index))
    .map(({ index, 0: whole }) => ({ from: index, to: index + whole.length }));
  const common = { sections, rows, begins, lost };
  if (rows.length >= 2) return { ...common, items: rowItems(rows) };
  const items = outlined(read, sections);
  if (items.length > 0) return { ...common, items };
  const content = sections.find(({ kind }) => kind === 'content');
  const range = content?.value ?? { from: 0, to: plan.chars.length };
  const byDate = dated(read, range);
  if (byDate.length > 0) return { ...common, items: byDate };
  const byLost = lost.map(({ from, to }, index) => {
    const end = lost[index + 1]?.from ?? plan.chars.length;
    const heading = headingAt(plan, to, end, false);
    return {
      heading,
      whole: { from, to: end },
      body: { from: heading.next, to: end },
      children: [],
    };
  });
  if (byLost.length > 0) return { ...common, items: byLost };
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
