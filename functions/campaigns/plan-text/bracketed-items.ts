import { datesInCell } from './dates.ts';
import type { Item, Read, Section } from './item.ts';

/** 义诊(3月): a name with its time in brackets behind it, to the end of the line or to the next one. */
const timed =
  /(?<=^|[\n:、,;和及])([^,。;:、()\n\t]{2,24})\(([^()\n]{2,16})\)(?=$|[\n、,。;和及])/g;

/** Fewer are no list. */
const leastItems = 3;

/**
 * The activities of a list in a line or in lines without numbers, each of which has its time in brackets
 * behind it (主要有:义诊(3月)、植树(4月)…).
 * @returns none where there are fewer than three
 */
export const bracketedItems = ({ plan }: Read, sections: readonly Section[]): readonly Item[] => {
  const { chars } = plan;
  const others = sections.filter(({ kind }) => kind !== 'content');
  const items = [...chars.matchAll(timed)].flatMap(({ index, 0: whole, 1: name = '' }): Item[] => {
    const heading = { from: index, to: index + name.length };
    const time = { from: heading.to + 1, to: index + whole.length - 1 };
    const [token] = datesInCell(chars, time);
    if (token?.start !== time.from || token.end !== time.to) return [];
    if (others.some(({ from, to }) => from <= index && index < to)) return [];
    const to = index + whole.length;
    return [
      {
        heading,
        whole: { from: index, to },
        body: { from: to, to },
        children: [],
        time,
        isCell: true,
      },
    ];
  });
  return items.length < leastItems ? [] : items;
};
