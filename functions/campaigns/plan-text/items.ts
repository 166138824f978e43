import { dated } from './dated-items.ts';
import { type Found, firstLine, type Item, type Read } from './item.ts';
import { labelled } from './labelled-items.ts';
import { outlined, sectionsOf } from './outlined-items.ts';
import { findRows, type Row } from './tables.ts';
import { headingAt } from './titles.ts';

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
