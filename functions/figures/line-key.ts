import { bare } from '../views/generations.ts';
import type { Contribution } from '../views/projection.ts';

/** The partition of the lines index that holds the lines of one sort in a period. */
export const linesPartition = (period: string, sort: string): string => `${period}#${sort}`;

/**
 * The key of a line in the index of lines. Lines of one period and sort share a partition; the rest
 * of the key gives their order. A sort is a kind of contribution, or the metric of a presence. With
 * a partition for each sort, an entry that is verified leaves one partition and enters another, and
 * no partition takes more than one write for each event.
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
 * A contribution as it is stored in its line. The dimensions are in the line's key and are not
 * repeated: so a line stays below 1 KB, the unit in which a write and each of its indexes are paid.
 */
export const keptOf = (contribution: Contribution, id: string) => {
  const { month, areaId, theme, kind, ...kept } = contribution;
  return { contribution: kept, ...lineKey(month, kind, areaId, theme ?? '', id) };
};

/** The dimensions that a line's key holds. */
export const dimensionsOf = (line: Readonly<Record<string, unknown>>): Dimensions => {
  const [month = '', kind = ''] = bare(String(line.month)).split('#');
  const [areaId = '', theme = ''] = String(line.monthOrder).split('#');
  return { month, kind, areaId, theme: theme || null };
};
