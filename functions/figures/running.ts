import type { Spell } from '../views/projection.ts';
import type { Additions } from './counts.ts';
import { runningKey } from './layout.ts';
import type { Measures } from './packing.ts';

/** What is counted as new in a month, and as standing from one month to another. */
export interface Standing {
  readonly areaId: string;
  /** The month in which it is counted as new; null when it is not counted as new. */
  readonly newIn: string | null;
  readonly spells: readonly Spell[];
}

export type RunningKind = 'persons' | 'teams';

/** Attributes of `running/<area>`: `persons.new.2025-03`, `persons.in.2025-03`, `persons.out.2025-11`. */
const runningAttribute = (kind: RunningKind, what: 'new' | 'in' | 'out', month: string): string =>
  `${kind}.${what}.${month}`;

/** Adds one person's or team's part in the running figures, `sign` times. */
export const addRunning = (
  additions: Additions,
  kind: RunningKind,
  standing: Standing | null,
  sign: 1 | -1,
): void => {
  if (!standing) return;
  const key = runningKey(standing.areaId);
  const add = (what: 'new' | 'in' | 'out', month: string | null): void => {
    if (month !== null) additions.add(key, runningAttribute(kind, what, month), sign);
  };
  add('new', standing.newIn);
  for (const { from, until } of standing.spells) {
    add('in', from);
    add('out', until);
  }
};

/** The difference when a person or team stands otherwise than before. */
export const moveRunning = (
  additions: Additions,
  kind: RunningKind,
  before: Standing | null,
  after: Standing | null,
): void => {
  addRunning(additions, kind, before, -1);
  addRunning(additions, kind, after, 1);
};

/** Running figures of a period, by the names of their metrics. */
const runningMetrics = {
  persons: ['volunteersRegistered', 'registeredVolunteers'],
  teams: ['teamsFormed', 'teams'],
} as const;

/**
 * An area's running figures in a period: those new in it, and those standing at its end. A year ends
 * in December. Without anything new, or anything that ever stood, the figure is missing.
 *
 * @param item the item at `runningKey`
 * @param period `yyyy-mm` or `yyyy`
 */
export const runningFigures = (
  item: Readonly<Record<string, unknown>>,
  period: string,
): Measures => {
  const end = period.length === 4 ? `${period}-12` : period;
  const sums = new Map<string, number>();
  for (const [attribute, value] of Object.entries(item)) {
    const dot = attribute.lastIndexOf('.');
    if (dot < 0) continue;
    const [name, month] = [attribute.slice(0, dot), attribute.slice(dot + 1)];
    const counts = name.endsWith('.new') ? month.startsWith(period) : month <= end;
    if (counts) sums.set(name, (sums.get(name) ?? 0) + (value as number));
  }
  const sumOf = (kind: string, what: 'new' | 'in' | 'out'): number =>
    sums.get(`${kind}.${what}`) ?? 0;
  return Object.fromEntries(
    Object.entries(runningMetrics).flatMap(([kind, [begun, standing]]) => {
      const [fresh, joined] = [sumOf(kind, 'new'), sumOf(kind, 'in')];
      return [
        ...(fresh === 0 ? [] : [[begun, fresh] as const]),
        ...(joined === 0 ? [] : [[standing, joined - sumOf(kind, 'out')] as const]),
      ];
    }),
  );
};

/**
 * What one person or team gives to a running figure of a period; undefined when nothing. The figure of
 * an area is the sum over all that stand in it.
 */
export const runningValue = (
  { newIn, spells }: Standing,
  metric: string,
  period: string,
): number | undefined => {
  const end = period.length === 4 ? `${period}-12` : period;
  if (metric === 'volunteersRegistered' || metric === 'teamsFormed')
    return newIn?.startsWith(period) ? 1 : undefined;
  const lasting = spells.filter(
    ({ from, until }) => from <= end && (until === null || until > end),
  );
  return lasting.length || undefined;
};
