import type { Spell } from '../views/projection.ts';
import type { Additions } from './counts.ts';
import { runningKey } from './layout.ts';

/** What is counted as new in a month, and as standing from one month to another. */
export interface Standing {
  readonly areaId: string;
  /** The month in which it is counted as new; null when it is not counted as new. */
  readonly newIn: string | null;
  readonly spells: readonly Spell[];
}

export type RunningKind = 'persons' | 'teams';

/** Attributes of `running/<area>`: `persons.new.2025-03`, `persons.in.2025-03`, `persons.out.2025-11`. */
export const runningAttribute = (
  kind: RunningKind,
  what: 'new' | 'in' | 'out',
  month: string,
): string => `${kind}.${what}.${month}`;

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
