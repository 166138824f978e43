import type { Figure } from './pieces.ts';
import type { Hidden } from './tables.ts';

/** Counts of professional services below this are not shown by area. */
const least = 5;

type Cell = Figure | null;

/**
 * A column of counts by area, of which small ones are hidden. If the shown total would give a small one away,
 * the smallest of the others is hidden too; if there is no other, none of the column is shown.
 */
export const hideSmall = (column: readonly Cell[]): readonly (Cell | Hidden)[] => {
  const isSmall = (cell: Cell): cell is Figure =>
    cell !== null && cell.value > 0 && cell.value < least;
  const small = column.filter(isSmall);
  if (small.length === 0) return column;
  const sum = small.reduce((all, { value }) => all + value, 0);
  // One alone is the rest of the total; several are known when they are all as small or as large as can be.
  const givenAway =
    small.length === 1 || sum === small.length || sum === small.length * (least - 1);
  const others = column.filter((cell) => cell !== null && cell.value >= least) as Figure[];
  const protecting = givenAway
    ? others.reduce<Figure | undefined>(
        (smallest, each) => (smallest && smallest.value <= each.value ? smallest : each),
        undefined,
      )
    : undefined;
  if (givenAway && !protecting) return column.map(() => ({ hidden: 'protecting' }));
  return column.map((cell) => {
    if (isSmall(cell)) return { hidden: 'small' };
    return cell !== null && cell === protecting ? { hidden: 'protecting' } : cell;
  });
};
