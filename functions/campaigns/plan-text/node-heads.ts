import { headingAt } from './heading.ts';
import { type Read, within } from './item.ts';
import { fieldKindOf } from './labels.ts';
import { isTime, type Node } from './outline.ts';
import { isRoutineSection } from './recurrence.ts';
import { runInLength, type SectionKind, sectionKindOf } from './sections.ts';

/** The heading of a node; one that runs into its text without a sign ends where its words do. */
export const headOf = ({ plan, isUnbroken }: Read, node: Node) => {
  const found = headingAt(plan, node.from, node.children[0]?.start ?? node.end, isUnbroken);
  const length =
    node.kind === 'han' ? runInLength(plan.chars.slice(found.from, found.from + 20)) : 0;
  const isRunIn =
    length > 0 && found.to - found.from > length && (isUnbroken || found.to - found.from > 16);
  return isRunIn ? { from: found.from, to: found.from + length, next: found.from + length } : found;
};

/** Whether a schedule (活动期程) lists what is done, each with its day: (一)9月1日 志愿者大会. */
const areDated = (read: Read, { children }: Node): boolean =>
  children.length >= 2 &&
  children.every((child) => {
    const { from, to } = headOf(read, child);
    const [token] = within(read, { from, to });
    return token?.start === from && to - token.end >= 3;
  });

/** 年满14周岁即可报名, 须监护人同意: who may take part, and on what terms. */
const condition =
  /[年未]满\d{1,2}周?岁|(?:须|需|应)[^,。;]{0,8}(?:同意|签字)|(?:即|均|方)可(?:报名|参加|参与)/;

/** What a node is a section for; undefined when it may be an activity. */
export const kindOf = (read: Read, node: Node): SectionKind | undefined => {
  const { from, to } = headOf(read, node);
  // 十二月:总结 is an activity of its month.
  if (isTime(node)) return undefined;
  const heading = read.plan.chars.slice(from, to).replace(/[:,、]$/, '');
  // 常态化服务 lists services that are no activities of the months.
  if (isRoutineSection(heading) && node.end > to + 2) return 'other';
  if (condition.test(heading)) return 'other';
  const kind = sectionKindOf(heading);
  if (kind === 'window' && areDated(read, node)) return 'content';
  // 学雷锋活动 is a section where activities are listed below it, and an activity where none are.
  return kind === 'content' &&
    /活动$/.test(heading) &&
    node.children.length < 2 &&
    node.number !== null
    ? undefined
    : kind;
};

/** 3、负责单位:… is a label with a number, and no activity. */
const isLabel = (read: Read, node: Node): boolean => {
  const { from, to } = headOf(read, node);
  return fieldKindOf(read.plan.chars.slice(from, to)) !== undefined;
};

/** The headings below one that are neither a section nor a label. */
export const listedBelow = (read: Read, { children }: Node): readonly Node[] =>
  children.filter((child) => kindOf(read, child) === undefined && !isLabel(read, child));
