import { yearOf } from '../shared/calendar.ts';
import type { Contribution } from '../shared/projection.ts';
import { type Cell, cellsIn, cellsOf, type Place, type TotalsKey, totalsKey } from './cells.ts';

/**
 * Who or what is counted once however often it is there. One item for each member and period holds
 * how many lines put it in each area and theme; it counts in a cell while that number is above 0,
 * so it counts when the first line comes and stops when the last one goes.
 *
 * What was held is counted in one place only, its own, while anybody was present anywhere.
 */
export interface Presence extends TotalsKey {
  readonly metric: string;
  readonly member: string;
  /** Lines by `area|theme`; none is 0. */
  readonly lines: Readonly<Record<string, number>>;
  readonly place: Place | null;
  /** Written with every change and checked, so that no change is made on an old reading. */
  readonly revision: number;
}

interface Change extends TotalsKey {
  readonly metric: string;
  readonly member: string;
  readonly lines: Map<string, number>;
  /** Undefined leaves the place as it is. */
  place: Place | null | undefined;
}

export const heldMetric = 'activitiesHeld';
const heldSort = 'held';

const keyOf = (metric: string, member: string, sk: string): TotalsKey => ({
  pk: `present#${metric}#${member}`,
  sk,
});

/** What contributions, taken away and added, change in the presences. */
export const createPresenceChanges = () => {
  const changes = new Map<string, Change>();
  const changeOf = (metric: string, member: string, sk: string): Change => {
    const key = keyOf(metric, member, sk);
    const id = `${key.pk}|${key.sk}`;
    const change = changes.get(id) ?? {
      ...key,
      metric,
      member,
      lines: new Map(),
      place: undefined,
    };
    changes.set(id, change);
    return change;
  };
  return {
    addContribution: (contribution: Contribution | undefined, sign: 1 | -1): void => {
      if (!contribution) return;
      const { month, areaId, theme } = contribution;
      for (const [metric, members] of Object.entries(contribution.present ?? {}))
        for (const member of members)
          for (const sk of metric === heldMetric ? [heldSort] : [month, yearOf(month)]) {
            const { lines } = changeOf(metric, member, sk);
            const at = `${areaId}|${theme ?? ''}`;
            lines.set(at, (lines.get(at) ?? 0) + sign);
          }
      if (contribution.heldIfPresent) {
        const { metric, member } = contribution.heldIfPresent;
        const change = changeOf(metric, member, heldSort);
        // The old line is taken away before the new one is added, so the last word is right.
        change.place = sign === 1 ? { month, areaId, theme } : null;
      }
    },
    all: (): readonly Change[] => [...changes.values()],
  };
};

export const applyChange = (before: Presence | undefined, change: Change): Presence => {
  const lines: Record<string, number> = { ...before?.lines };
  for (const [at, delta] of change.lines) {
    const count = (lines[at] ?? 0) + delta;
    if (count === 0) delete lines[at];
    else lines[at] = count;
  }
  const { pk, sk, metric, member } = change;
  return {
    pk,
    sk,
    metric,
    member,
    lines,
    place: change.place === undefined ? (before?.place ?? null) : change.place,
    revision: (before?.revision ?? 0) + 1,
  };
};

const present = (lines: Presence['lines']): readonly string[] =>
  Object.entries(lines).flatMap(([at, count]) => (count > 0 ? [at] : []));

/** The cells a presence counts in; none when it does not count. */
export const countedCells = (presence: Presence | undefined): readonly Cell[] => {
  if (!presence) return [];
  const there = present(presence.lines);
  if (presence.sk === heldSort)
    return presence.place && there.length > 0 ? cellsOf(presence.place) : [];
  const cells = there.flatMap((at) => {
    const [areaId = '', theme = ''] = at.split('|');
    return cellsIn(presence.sk, areaId, theme || null);
  });
  return [
    ...new Map(cells.map((cell) => [Object.values(totalsKey(cell)).join('|'), cell])).values(),
  ];
};

/** Where the presence is listed among the lines of its period; undefined while it does not count. */
export const lineKeyOf = (
  presence: Presence,
): { readonly month: string; readonly monthOrder: string } | undefined => {
  if (countedCells(presence).length === 0) return undefined;
  const { metric, member, place, sk } = presence;
  return presence.sk === heldSort && place
    ? { month: place.month, monthOrder: `${metric}#${place.areaId}#${place.theme}#${member}` }
    : { month: sk, monthOrder: `${metric}#${member}` };
};
