import type { Item, Read } from './item.ts';
import { findFields } from './labels.ts';

/**
 * Activities without numbers, each with its labels (活动时间:, 活动地点:) in lines of their own. The line
 * above the first label is the heading, or whose the activity is.
 */
export const labelled = (read: Read): readonly Item[] => {
  const { plan } = read;
  const { chars } = plan;
  const fields = findFields(plan, 0, chars.length).filter(
    ({ start }) => start === 0 || chars[start - 1] === '\n',
  );
  const times = [...fields.keys()].filter((at) => fields[at]?.kind.field === 'time');
  if (times.length < 2) return [];
  const starts = times.map((at) => {
    // Labels in lines without a break between belong together.
    let first = fields[at]?.start ?? 0;
    for (let before = at - 1; before >= 0; before -= 1) {
      const field = fields[before];
      if (!field || field.kind.field === 'time') break;
      if (chars.slice(field.to, first).trim() !== '') break;
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
