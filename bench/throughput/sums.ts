// The sums that the rivals keep, and their expected values. Figures of distinct persons are left out,
// because the rivals keep none.
import { isDeepStrictEqual } from 'node:util';
import type { Line } from '../district.ts';

export const measures = ['pending', 'credited', 'participations', 'party'] as const;
export type Sums = Readonly<Record<(typeof measures)[number], number>>;

export const sumsOf = ({ status, creditedMinutes, tags }: Line): Sums => ({
  pending: status === 'pending' ? creditedMinutes : 0,
  credited: status === 'verified' ? creditedMinutes : 0,
  participations: status === 'verified' ? 1 : 0,
  party: status === 'verified' && tags.includes('party-member') ? 1 : 0,
});

/** The eight cells of an entry: month and year, each whole, by area, by theme and by both. */
export const cellsOf = ({ serviceDate, areaId, theme }: Line): readonly (readonly string[])[] =>
  [serviceDate.slice(0, 7), serviceDate.slice(0, 4)].flatMap((period) => [
    [period, '', ''],
    [period, areaId, ''],
    [period, '', theme],
    [period, areaId, theme],
  ]);

export type Totals = ReadonlyMap<string, Sums>;

const expected = (lines: readonly Line[]): Totals => {
  const newest = new Map<string, Line>();
  for (const line of lines)
    if ((newest.get(line.id)?.version ?? 0) < line.version) newest.set(line.id, line);
  const totals = new Map<string, Record<string, number>>();
  for (const line of newest.values()) {
    const sums = sumsOf(line);
    for (const cell of cellsOf(line)) {
      const total = totals.get(cell.join('|')) ?? {};
      totals.set(cell.join('|'), total);
      for (const measure of measures) total[measure] = (total[measure] ?? 0) + sums[measure];
    }
  }
  return totals as unknown as Totals;
};

/** @throws Error if a rival counted wrongly, because then its time means nothing */
export const expectSums = (lines: readonly Line[], totals: Totals): void => {
  if (!isDeepStrictEqual(totals, expected(lines))) throw new Error('the rival’s totals are wrong');
};

/** Splits lines into lanes that keep the order of each line's versions, as a FIFO queue by line would. */
export const lanesOf = (lines: readonly Line[], width: number): readonly (readonly Line[])[] => {
  const lanes = Array.from({ length: width }, (): Line[] => []);
  for (const line of lines) lanes[Number.parseInt(line.id.slice(-6), 16) % width]?.push(line);
  return lanes;
};

/** The id of the event that says a version of a line. */
export const eventIdOf = ({ id, version }: Line): string => `${id}-${version}`;
