// The sums that the rivals keep, and their expected values. Figures of distinct persons are left out,
// because the rivals keep none.
import { isDeepStrictEqual } from 'node:util';
import type { DomainEvent } from '../../events/catalogue.ts';
import type { Hours } from '../../events/participation.ts';

export const measures = ['pending', 'credited', 'participations', 'party'] as const;
export type Sums = Readonly<Record<(typeof measures)[number], number>>;

export const hoursOf = (event: DomainEvent): Hours =>
  (event.data as unknown as { hours: Hours }).hours;

export const sumsOf = ({ status, creditedMinutes, tags }: Hours): Sums => ({
  pending: status === 'pending' ? creditedMinutes : 0,
  credited: status === 'verified' ? creditedMinutes : 0,
  participations: status === 'verified' ? 1 : 0,
  party: status === 'verified' && tags.includes('party-member') ? 1 : 0,
});

/** The eight cells of an entry: month and year, each whole, by area, by theme and by both. */
export const cellsOf = ({ serviceDate, areaId, theme }: Hours): readonly (readonly string[])[] =>
  [serviceDate.slice(0, 7), serviceDate.slice(0, 4)].flatMap((period) => [
    [period, '', ''],
    [period, areaId, ''],
    [period, '', theme],
    [period, areaId, theme],
  ]);

export type Totals = ReadonlyMap<string, Sums>;

const expected = (events: readonly DomainEvent[]): Totals => {
  const newest = new Map<string, DomainEvent>();
  for (const event of events) {
    const known = newest.get(event.aggregate.id);
    if (!known || known.aggregate.version < event.aggregate.version)
      newest.set(event.aggregate.id, event);
  }
  const totals = new Map<string, Record<string, number>>();
  for (const event of newest.values()) {
    const sums = sumsOf(hoursOf(event));
    for (const cell of cellsOf(hoursOf(event))) {
      const total = totals.get(cell.join('|')) ?? {};
      totals.set(cell.join('|'), total);
      for (const measure of measures) total[measure] = (total[measure] ?? 0) + sums[measure];
    }
  }
  return totals as unknown as Totals;
};

/** @throws Error if a rival counted wrongly, because then its time means nothing */
export const expectSums = (events: readonly DomainEvent[], totals: Totals): void => {
  if (!isDeepStrictEqual(totals, expected(events))) throw new Error('the rival’s totals are wrong');
};

/** Splits events into lanes that keep the order of each entry's events, as a FIFO queue by entry would. */
export const lanesOf = (
  events: readonly DomainEvent[],
  width: number,
): readonly (readonly DomainEvent[])[] => {
  const lanes = Array.from({ length: width }, (): DomainEvent[] => []);
  for (const event of events)
    lanes[Number.parseInt(event.aggregate.id.slice(-6), 16) % width]?.push(event);
  return lanes;
};
