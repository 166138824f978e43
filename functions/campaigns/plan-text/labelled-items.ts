import type { Item, Read } from './item.ts';
import { type Field, findFields } from './labels.ts';

/** Where the blocks of several activities begin: at the same label for the name (服务名称:), which is there twice. */
const namedBlocks = (chars: string, fields: readonly Field[]): readonly number[] => {
  const titles = fields.filter(({ kind }) => kind.field === 'title');
  const labelOf = ({ start, from }: Field): string => chars.slice(start, from);
  const starts = new Map<string, number[]>();
  for (const title of titles) {
    const label = labelOf(title);
    const known = starts.get(label);
    if (known) known.push(title.start);
    else starts.set(label, [title.start]);
  }
  return [...starts.values()].find(({ length }) => length > 1) ?? [];
};

/** Where a block begins of which a line is the time: at the first of the labelled lines in a row. */
const firstOfBlock = (chars: string, fields: readonly Field[], time: number): number => {
  let first = fields[time]?.start ?? 0;
  for (let before = time - 1; before >= 0; before -= 1) {
    const field = fields[before];
    if (!field || field.kind.field === 'time') break;
    if (chars.slice(field.to, first).trim() !== '') break;
    first = field.start;
  }
  return first;
};

/**
 * Activities without numbers, each with its labels (活动时间:, 活动地点:) in lines of their own. Each begins
 * with the label of its name; where they have none, the line above the first label is the heading, or
 * whose the activity is.
 */
export const labelled = (read: Read): readonly Item[] => {
  const { plan } = read;
  const { chars } = plan;
  const fields = findFields(plan, 0, chars.length).filter(
    ({ start }) => start === 0 || chars[start - 1] === '\n',
  );
  const times = [...fields.keys()].filter((at) => fields[at]?.kind.field === 'time');
  const blocks = namedBlocks(chars, fields);
  if (blocks.length === 0 && times.length < 2) return [];
  const firsts = blocks.length > 0 ? blocks : times.map((at) => firstOfBlock(chars, fields, at));
  const starts = firsts.map((first) => {
    const above = chars.lastIndexOf('\n', first - 2) + 1;
    const isHeading =
      blocks.length === 0 &&
      first > 0 &&
      first - above <= 40 &&
      !/[。;:]/.test(chars.slice(above, first));
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
