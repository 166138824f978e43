import { bare } from '../views/generations.ts';
import type { Contribution } from '../views/projection.ts';

/** The partition of the lines index that holds the lines of one sort in a period. */
export const linesPartition = (period: string, sort: string): string => `${period}#${sort}`;

/**
 * Where a line is in the index of lines: those of one sort (a kind of contribution, or what a
 * presence is counted for) and period together, in the order of the rest. A partition for each
 * sort, so that an entry that is verified leaves one and enters another, and no partition takes
 * more than a write for each event.
 */
export const lineKey = (
  period: string,
  sort: string,
  ...order: readonly string[]
): { readonly month: string; readonly monthOrder: string } => ({
  month: linesPartition(period, sort),
  monthOrder: order.join('#'),
});

type Dimensions = Pick<Contribution, 'month' | 'areaId' | 'theme' | 'kind'>;

/**
 * A contribution as its line keeps it: what it says of where it belongs is the line's key already,
 * and not said again, so that a line stays below 1 KB, which is what a write and each of its
 * indexes are paid by.
 */
export const keptOf = (contribution: Contribution, id: string) => {
  const { month, areaId, theme, kind, ...kept } = contribution;
  return { contribution: kept, ...lineKey(month, kind, areaId, theme ?? '', id) };
};

/** What a line's key says of where it belongs. */
export const dimensionsOf = (line: Readonly<Record<string, unknown>>): Dimensions => {
  const [month = '', kind = ''] = bare(String(line.month)).split('#');
  const [areaId = '', theme = ''] = String(line.monthOrder).split('#');
  return { month, kind, areaId, theme: theme || null };
};
