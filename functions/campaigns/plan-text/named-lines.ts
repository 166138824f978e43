import { findDates } from './dates.ts';
import type { Item, Read } from './item.ts';
import { fieldKindOf } from './labels.ts';
import { isTime, type Node } from './outline.ts';
import { sectionKindOf } from './sections.ts';
import type { Part } from './titles.ts';

/** A line with a name, a colon and what is done. */
const named = /^([^,。;:!?\n\t]{4,24}):[^\n]{4,}$/;

const isName = (words: string): boolean =>
  fieldKindOf(words) === undefined &&
  sectionKindOf(words) === undefined &&
  findDates(words).length === 0;

/**
 * The activities that stand below a heading in lines of their own, each with its name before a colon
 * and without a number (校园清洁行动:各班打扫…). None unless the heading stands alone in its line and all
 * lines below it are such.
 */
export const namedLines = ({ plan }: Read, { heading, body, children }: Item): readonly Item[] => {
  const { chars } = plan;
  if (children.length > 0 || chars[heading.to] !== '\n') return [];
  const lines = chars.slice(body.from, body.to).trimEnd().split('\n');
  if (lines.length < 2) return [];
  const items: Item[] = [];
  let from = body.from;
  for (const line of lines) {
    const name = named.exec(line)?.[1];
    if (name === undefined || !isName(name)) return [];
    const to = from + line.length;
    items.push({
      heading: { from, to: from + name.length },
      whole: { from, to },
      body: { from: from + name.length + 1, to },
      children: [],
    });
    from = to + 1;
  }
  return items;
};

/** 八月:慰问驻军;防溺水巡查: names in a month's line, parted by semicolons, are an activity each. */
export const inMonthLine = (read: Read, node: Node, month: Part): readonly Item[] => {
  const { chars } = read.plan;
  const from = isTime(node) ? node.from : month.to;
  const line = /^[^\n]*/.exec(chars.slice(from, Math.min(node.end, from + 120)))?.[0] ?? '';
  const names = line.replace(/[。;]$/, '').split(';');
  if (names.length < 2 || !names.every((name) => /^[^,:。;\t]{3,24}$/.test(name))) return [];
  let start = from;
  return names.map((name) => {
    const heading = { from: start, to: start + name.length };
    start = heading.to + 1;
    return {
      heading,
      whole: heading,
      body: { from: heading.to, to: heading.to },
      children: [],
      time: month,
    };
  });
};
