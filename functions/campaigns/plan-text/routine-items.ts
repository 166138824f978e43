// Services that go on beside the activities of the months: a section of them, a line for all year, sentences.
import { headingAt } from './heading.ts';
import type { Item, Read, Section } from './item.ts';
import { headOf, listedBelow } from './node-heads.ts';
import type { Node } from './outline.ts';
import { goesOn, isRoutineSection, recurring } from './recurrence.ts';
import type { Part } from './titles.ts';

/** 常年:…, 5.每周末:…: a line of such services. */
const line = new RegExp(
  `(?<=^|\\n)(?:\\(?[\\d一二三四五六七八九十]{1,3}[)、.]+|[●■◆·])?((?:${goesOn}|${recurring})(?:坚持|开展|活动|服务|志愿|工作|安排|项目){0,3})(:?)(?=[^\\n])`,
  'g',
);

/** 每周五下午组织…。: a sentence that says how often something is done. */
const sentence = new RegExp(
  `(?<=(?:^|\\n|[。;])(?:此外,|另外,|同时,)?)(?:${recurring}),?(?=[^\\n。;]{4,})`,
  'g',
);

/** What is demanded or reported, and no service. */
const demanded =
  /至少|不少于|不低于|不超过|不得|报送|上报|汇报|报告|例会|会议|召开|通报|考核|检查|总结|各(?:单位|部门|社区|村|支部|镇|街道|班)[^,。;]{0,8}要/;
const done =
  /开展|组织|提供|进行|安排|举办|设[立置]?|开放|慰问|走访|上门|打扫|清扫|清理|值守|巡逻|巡查|服务|劝导|辅导|陪/;

const nameless =
  /^(?:开展|组织|举办)?(?:一次|系列|各类)?(?:主题|志愿|服务|学雷锋|文明实践)*(?:活动|服务)$/;

const itemIn = (read: Read, { from, to }: Part, time: Part | undefined): Item => {
  const heading = headingAt(read.plan, from, to, read.isUnbroken);
  return {
    heading: { from, to: heading.to },
    whole: { from: time?.from ?? from, to },
    body: { from: heading.next, to },
    children: [],
    time,
    isRoutine: true,
  };
};

/** The services that a text names one after the other (文明劝导、图书整理), or the one that it describes. */
const named = (read: Read, { from, to }: Part, time: Part | undefined): readonly Item[] => {
  const written = read.plan.chars.slice(from, to).replace(/[。;]?\n*$/, '');
  const names = written.split(/[、;,\n]/);
  if (names.length < 2 || !names.every((name) => /^[^。:“(]{2,16}$/.test(name)))
    return written.length < 2 ? [] : [itemIn(read, { from, to: from + written.length }, time)];
  let start = from;
  return names.map((name) => {
    const item = itemIn(read, { from: start, to: start + name.length }, time);
    start += name.length + 1;
    return item;
  });
};

/** The services of a section for them, by its headings, or else by its lines. */
const ofSection = (read: Read, node: Node): readonly Item[] => {
  const { chars } = read.plan;
  const head = headOf(read, node);
  if (!isRoutineSection(chars.slice(head.from, head.to))) return [];
  const listed = listedBelow(read, node);
  if (listed.length > 0)
    return listed.map(({ from, end }) => itemIn(read, { from, to: end }, undefined));
  const lines = chars.slice(head.next, node.end).trimEnd().split('\n');
  let start = head.next;
  return lines.flatMap((each) => {
    const items =
      each === '' ? [] : named(read, { from: start, to: start + each.length }, undefined);
    start += each.length + 1;
    return items;
  });
};

const sectionsIn = (read: Read, nodes: readonly Node[], depth: number): readonly Item[] =>
  nodes.flatMap((node) => {
    const own = ofSection(read, node);
    return own.length > 0 || depth === 0 ? own : sectionsIn(read, node.children, depth - 1);
  });

/** How many levels of headings may stand above such a section. */
const deepest = 2;

/**
 * The services of a plan that go on beside its activities, in order.
 * @param items the activities: a sentence within one of them says how it goes on
 */
export const routineItems = (
  read: Read,
  items: readonly Item[],
  sections: readonly Section[],
): readonly Item[] => {
  const { chars, hasGap } = read.plan;
  // Once over the text: a search through all parts for each sentence would be quadratic.
  const isElsewhere = new Uint8Array(chars.length + 1);
  for (const { kind, from, to } of sections) if (kind !== 'content') isElsewhere.fill(1, from, to);
  // The rows of a table are read with their columns.
  const isRow = new Uint8Array(chars.length + 1);
  for (const { isCell, whole } of items) if (isCell) isRow.fill(1, whole.from, whole.to);
  const ofSections = sectionsIn(read, read.roots, deepest).filter(
    ({ whole }) => !isRow.subarray(whole.from, whole.to).includes(1),
  );
  for (const { whole } of ofSections) isElsewhere.fill(1, whole.from, whole.to);
  const isBelow = new Uint8Array(chars.length + 1);
  for (const { heading, whole } of items) isBelow.fill(1, heading.to, whole.to);
  const lineEnd = (from: number): number => {
    const end = chars.indexOf('\n', from);
    return end < 0 ? chars.length : end;
  };
  const ofLines = [...chars.matchAll(line)].flatMap(
    ({ index, 0: whole, 1: label = '', 2: colon }) => {
      if (isElsewhere[index] === 1) return [];
      const from = index + whole.length;
      // 全年 护河巡查: a gap in place of the colon, where no activity has the line.
      const isParted = hasGap(from) && /^\p{Script=Han}{3}/u.test(chars.slice(from, from + 3));
      if (colon === '' && (!isParted || isBelow[index] === 1)) return [];
      const to = from - (colon?.length ?? 0);
      const time = { from: to - label.length, to };
      return named(read, { from, to: lineEnd(from) }, time);
    },
  );
  for (const { whole } of [...ofLines, ...items]) isElsewhere.fill(1, whole.from, whole.to);
  const first = items.reduce((least, { heading }) => Math.min(least, heading.from), chars.length);
  const ofSentences = [...chars.matchAll(sentence)].flatMap(({ index, 0: lead }) => {
    const from = index + lead.length;
    const written = /^[^。;\n]*/.exec(chars.slice(from, from + 200))?.[0] ?? '';
    const isService = done.test(written) && !demanded.test(written) && !nameless.test(written);
    return index > first && isElsewhere[index] !== 1 && isService
      ? [itemIn(read, { from, to: from + written.length }, { from: index, to: from })]
      : [];
  });
  return [...ofSections, ...ofLines, ...ofSentences].sort((a, b) => a.whole.from - b.whole.from);
};

/** Activities, and others that stand in lines of their own, of which none is in another one any more. */
export const withOthers = (items: readonly Item[], others: readonly Item[]): readonly Item[] => {
  if (others.length === 0) return items;
  const starts = others.map(({ whole }) => whole.from);
  const covered = new Set(others.flatMap(({ whole, heading }) => [whole.from, heading.from]));
  const own = items.filter(
    ({ heading, whole }) => !covered.has(heading.from) && !covered.has(whole.from),
  );
  let next = 0;
  const cut = own.map((item) => {
    while ((starts[next] ?? Number.POSITIVE_INFINITY) <= item.heading.from) next += 1;
    const to = Math.min(item.whole.to, starts[next] ?? item.whole.to);
    return to === item.whole.to
      ? item
      : {
          ...item,
          whole: { from: item.whole.from, to },
          body: { from: Math.min(item.body.from, to), to: Math.min(item.body.to, to) },
          children: item.children.filter(({ start }) => start < to),
        };
  });
  return [...cut, ...others];
};
