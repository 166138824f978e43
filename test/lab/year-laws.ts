import type { ChangeLeaf, Leaf, MonthLeaf } from '../../functions/closed/leaves.ts';
import type { Measures } from '../../functions/figures/packing.ts';
import { addedUp } from '../support/closed-sums.ts';
import {
  addChanges,
  type Cell,
  type ClosedPeriod,
  cellsOf,
  closedFigures,
  different,
  type Material,
  nameOf,
  plainly,
  standing,
} from './closing-material.ts';

/** Without what stands at the end, of a month that does not end the year. */
const inYear = (figures: Map<string, number>, month: string): Map<string, number> => {
  if (!month.endsWith('-12'))
    for (const name of figures.keys()) if (standing.test(name)) figures.delete(name);
  return figures;
};

const addAll = (to: Map<string, number>, more: ReadonlyMap<string, number>): void => {
  for (const [name, value] of more) to.set(name, (to.get(name) ?? 0) + value);
};

/** What the changes in a year's leaves add to a cell. */
const changesIn = (leaves: readonly ChangeLeaf[], { areaId, theme }: Cell): Map<string, number> => {
  const sum = new Map<string, number>();
  for (const { month, changes } of leaves)
    for (const { area, theme: own, measures } of changes)
      if (area === areaId && (theme ?? own) === own)
        addAll(sum, inYear(addedUp(measures as Measures), month));
  return sum;
};

/**
 * A closed year is its closed months with the changes that its leaves list, and with what its months were
 * restated by later it is what the Ledger says now.
 */
export function* yearLaws(
  material: Material,
  year: ClosedPeriod,
  months: readonly ClosedPeriod[],
): Generator<string> {
  const { period, closed, stored } = year;
  const leaves = stored.leaves.map((text) => JSON.parse(text) as Leaf);
  const ofMonths = leaves.filter((leaf): leaf is MonthLeaf => leaf.kind === 'month');
  const changes = leaves.filter((leaf): leaf is ChangeLeaf => leaf.kind === 'change');
  if (changes.length !== closed.restatements)
    yield `year: ${period} lists ${changes.length} changes, and says ${closed.restatements}`;
  if (ofMonths.length !== 12) yield `year: ${period} has ${ofMonths.length} months`;
  for (const { month, root } of ofMonths)
    if (months.find((each) => each.period === month)?.closed.root !== root)
      yield `year: ${period} has another root of ${month}`;
  const later = material.restatements.filter(({ event, state: { closedPeriod, cause, held } }) => {
    const { aggregate } = held ? event : cause;
    const read = stored.versions[nameOf(aggregate)] ?? 0;
    return closedPeriod.startsWith(period) && aggregate.version > read;
  });
  const now = plainly(material.events);
  for (const cell of cellsOf(material)) {
    const where = `${period} ${cell.areaId} ${cell.theme}`;
    const parts = changesIn(changes, cell);
    for (const month of months)
      if (month.period.startsWith(period))
        addAll(parts, inYear(closedFigures(month, cell), month.period));
    const whole = closedFigures(year, cell);
    yield* different(`year of months: ${where}`, whole, parts);
    for (const { state } of later) {
      const added = new Map<string, number>();
      addChanges(added, state.changes, cell);
      addAll(whole, inYear(added, state.closedPeriod));
    }
    yield* different(`restated year: ${where}`, whole, now(period, cell));
  }
}
