import type { PlanText } from './characters.ts';
import { type DateToken, datesIn } from './dates.ts';
import { findFields, type UnitRole } from './labels.ts';
import type { Node } from './outline.ts';
import { runInLength, type SectionKind, sectionKindOf } from './sections.ts';
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

/** The heading of a node; one that runs into its text without a sign ends where its words do. */
const headOf = ({ plan, isUnbroken }: Read, node: Node) => {
  const found = headingAt(plan, node.from, node.children[0]?.start ?? node.end, isUnbroken);
  const length =
    node.kind === 'han' ? runInLength(plan.chars.slice(found.from, found.from + 20)) : 0;
  const isRunIn =
    length > 0 && found.to - found.from > length && (isUnbroken || found.to - found.from > 16);
  return isRunIn ? { from: found.from, to: found.from + length, next: found.from + length } : found;
};

const kindOf = (read: Read, node: Node): SectionKind | undefined => {
  const { from, to } = headOf(read, node);
  return sectionKindOf(read.plan.chars.slice(from, to).replace(/[:,、]$/, ''));
};

const within = (dates: readonly DateToken[], part: Part): readonly DateToken[] =>
  datesIn(dates, part).filter((each) => !each.isYearly && !each.isPast);

const hasTime = (read: Read, part: Part): boolean =>
  within(read.dates, part).length > 0 ||
  findFields(read.plan, part.from, part.to).some(({ kind }) => kind.field === 'time');

const namesUnits = (read: Read, part: Part): boolean =>
  findFields(read.plan, part.from, part.to).some(({ kind }) => kind.field === 'unit');

const partOf = ({ from, end }: Node): Part => ({ from, to: end });

const itemOf = (read: Read, node: Node, time?: Part): Item => {
  const own = headOf(read, node);
  // A month that has lost its number names nothing: what follows is the heading.
  const isLost = /^月份?$/.test(read.plan.chars.slice(own.from, own.to));
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

/** Headings that only announce what is below them. */
const container =
  /^(?:广泛|集中|积极|组织)*(?:开展)?(?:多种形式|形式多样|各类|系列|以下|下列|重点|各项|主要)(?:的)?(?:开展)?(?:志愿|服务|主题|学雷锋|系列)*活动(?:如下)?$|[校园社区]+[内外]活动$|第?[一二三四]?部分/;

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
  const heading = headOf(read, node);
  if (children.length >= 2 && container.test(read.plan.chars.slice(heading.from, heading.to)))
    return children.flatMap((child) => expanded(read, child, time));
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

/** Which section lists the activities: one whose items have times; none of phases or forms. */
const weightOf = (read: Read, { from, children }: Node): number => {
  const { chars } = read.plan;
  const phases = children.filter((child) => /阶段/.test(chars.slice(child.from, child.from + 20)));
  if (phases.length * 2 >= children.length) return -2;
  if (children.length < 2 || /^.{0,4}(?:形式|方式|步骤|流程)/.test(chars.slice(from, from + 8)))
    return -1;
  return children.filter((child) => hasTime(read, partOf(child))).length / children.length;
};

/** The items among the headings: below the sections for content, or the headings that are no section. */
const outlined = (
  read: Read,
  sections: readonly (Section & { readonly node: Node })[],
): readonly Item[] => {
  const contents = sections.filter(
    ({ kind, node }) => kind === 'content' && node.children.length > 0,
  );
  // Where several sections list activities, one of them only says how or when once more.
  const [most] = [...contents].sort((a, b) => weightOf(read, b.node) - weightOf(read, a.node));
  if (most) return most.node.children.flatMap((node) => expanded(read, node));
  if (sections.some(({ kind }) => kind === 'content')) return [];
  const open = read.roots.filter((node) => kindOf(read, node) === undefined);
  const [only] = open;
  const isFrame = open.length === 1 && read.roots.length > 1 && only && only.children.length >= 2;
  return (isFrame ? only.children : open).flatMap((node) => expanded(read, node));
};

const doing =
  /^(?:上午|下午|晚上?|当[天晚日])?,?[^,。;\n]{0,20}(?:开展|举办|举行|组织|召开|进行|启动|参加|集中)/;

/** A month in which the times after it lie is that of all of them, and no activity. */
const withoutFrame = (tokens: readonly DateToken[]): readonly DateToken[] => {
  const [first, ...rest] = tokens;
  const months = first?.points.map(({ month }) => month) ?? [];
  const isWhole = first?.points.every(({ day }) => day === null) ?? false;
  const inside = rest.filter(({ points }) => points.every(({ month }) => months.includes(month)));
  return isWhole && rest.length >= 2 && inside.length === rest.length ? rest : tokens;
};

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
  const clauses = withoutFrame(ofClauses);
  const used = ofLines.length >= Math.max(2, clauses.length) ? ofLines : clauses;
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

/**
 * Activities without numbers, each with its labels (活动时间:, 活动地点:) in lines of their own. The line
 * above the first label is the heading, or whose the activity is.
 */
const labelled = (read: Read): readonly Item[] => {
  const { plan } = read;
  const { chars } = plan;
  const fields = findFields(plan, 0, chars.length).filter(
    ({ start }) => start === 0 || chars[start - 1] === '\n',
  );
  const times = fields.filter(({ kind }) => kind.field === 'time');
  if (times.length < 2) return [];
  const starts = times.map((time) => {
    // Labels in lines without a break between belong together.
    let first = time.start;
    for (const field of fields.filter(({ start }) => start < time.start).reverse()) {
      if (chars.slice(field.to, first).trim() !== '' || field.kind.field === 'time') break;
      first = field.start;
    }
    const above = chars.lastIndexOf('\n', first - 2) + 1;
    const isHeading = first > 0 && first - above <= 40 && !/[。;:]/.test(chars.slice(above, first));
    return {
      heading: isHeading ? { from: above, to: first - 1 } : { from: first, to: first },
      first,
    };
  });
  return starts.map(({ heading, first }, index) => {
    const end = starts[index + 1]?.heading.from ?? chars.length;
    const named = findFields(plan, first, end).find(({ kind }) => kind.field === 'title');
    return {
      heading: named ? { from: named.from, to: named.to } : heading,
      whole: { from: heading.from, to: end },
      body: { from: first, to: end },
      children: [],
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
  const blocks = labelled(read);
  if (blocks.length > 0) return { ...common, items: blocks };
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
