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
