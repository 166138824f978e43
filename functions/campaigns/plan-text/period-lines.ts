import type { Item, Read, Section } from './item.ts';
import { fieldKindOf } from './labels.ts';

/** 国庆期间:…: a line for a time that is no month. */
const period = /(?<=\n)([^,。;:、(\n\t]{2,8}期间):(?=[^\n]{2})/g;

const endOfLine = (chars: string, from: number): number => {
  const end = chars.indexOf('\n', from);
  return end < 0 ? chars.length : end;
};

/** The end of the labels (责任单位:…) in the lines below one that ends at `to`. */
const withLabels = (chars: string, to: number): number => {
  const label = /^\n([^:\n]{2,8}):/.exec(chars.slice(to, to + 10))?.[1];
  return label !== undefined && !label.endsWith('期间') && fieldKindOf(label)
    ? withLabels(chars, endOfLine(chars, to + 1))
    : to;
};

/**
 * Activities in lines below those of the months that name a time which is no month. The month is not
 * guessed: a person is asked for it.
 */
export const periodItems = (
  { plan }: Read,
  items: readonly Item[],
  sections: readonly Section[],
): readonly Item[] => {
  const { chars } = plan;
  const [first] = items;
  // Only where months stand before activities in the same form.
  if (!first || !items.every(({ time, isCell }) => time !== undefined && !isCell)) return [];
  const others = sections.filter(({ kind }) => kind !== 'content');
  return [...chars.matchAll(period)].flatMap(({ index, 0: whole, 1: label = '' }) => {
    const isOther = others.some(({ from, to }) => from <= index && index < to);
    if (isOther || index < first.whole.from) return [];
    const from = index + whole.length;
    const to = endOfLine(chars, from);
    return [
      {
        heading: { from, to },
        whole: { from: index, to: withLabels(chars, to) },
        body: { from: to, to },
        children: [],
        time: { from: index, to: index + label.length },
      },
    ];
  });
};
