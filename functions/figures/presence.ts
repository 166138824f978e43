import { yearOf } from '../runtime/calendar.ts';
import type { Contribution } from '../views/projection.ts';
import { lineKey } from './line-key.ts';
import { every, type Place, sumKeys, type TotalsKey, totalsKey } from './totals.ts';

/**
 * A member (a person or a thing) that is counted once, however often it is present. One item for
 * each member and period holds the number of lines that put it in each area and theme. The member
 * counts in an area and theme while that number is above 0: from its first line until its last is
 * gone.
 *
 * An activity held is counted only in its own place, while anybody was present in it.
 */
export interface Presence extends TotalsKey {
  readonly metric: string;
  readonly member: string;
  /** Number of lines by `area|theme`; a missing entry is 0. */
  readonly lines: Readonly<Record<string, number>>;
  readonly place: Place | null;
  /** Raised and checked with every change, so that no change is based on an old reading. */
  readonly revision: number;
}

interface Change extends TotalsKey {
  readonly metric: string;
  readonly member: string;
  readonly lines: Map<string, number>;
  /** Undefined: the place does not change. */
  place: Place | null | undefined;
  /** When the newest event behind this change was recorded. */
  recordedAt: string;
}

const heldMetric = 'activitiesHeld';
const heldSort = 'held';

const keyOf = (metric: string, member: string, sk: string): TotalsKey => ({
  pk: `present#${metric}#${member}`,
  sk,
});

/** Collects the changes to presences from contributions that are taken away and added. */
export const createPresenceChanges = () => {
  const changes = new Map<string, Change>();
  const changeOf = (metric: string, member: string, sk: string, recordedAt: string): Change => {
    const key = keyOf(metric, member, sk);
    const id = `${key.pk}|${key.sk}`;
    const change: Change = changes.get(id) ?? {
      ...key,
      metric,
      member,
      lines: new Map(),
      place: undefined,
      recordedAt,
    };
    changes.set(id, change);
    if (recordedAt > change.recordedAt) change.recordedAt = recordedAt;
    return change;
  };
  return {
    addContribution: (
      contribution: Contribution | undefined,
      sign: 1 | -1,
      recordedAt: string,
    ): void => {
      if (!contribution) return;
      const { month, areaId, theme } = contribution;
      for (const [metric, members] of Object.entries(contribution.present ?? {}))
        for (const member of members)
          for (const sk of metric === heldMetric ? [heldSort] : [month, yearOf(month)]) {
            const { lines } = changeOf(metric, member, sk, recordedAt);
            const at = `${areaId}|${theme ?? ''}`;
            lines.set(at, (lines.get(at) ?? 0) + sign);
          }
      if (contribution.heldIfPresent) {
        const { metric, member } = contribution.heldIfPresent;
        const change = changeOf(metric, member, heldSort, recordedAt);
        // The old line is taken away before the new one is added, so the last value is the right
        // one.
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

const isCounted = ({ lines, place, sk }: Presence): boolean =>
  present(lines).length > 0 && (sk !== heldSort || place !== null);

const numberOf = (values: readonly string[]): ReadonlyMap<string, number> => {
  const numbers = new Map<string, number>();
  for (const value of values) numbers.set(value, (numbers.get(value) ?? 0) + 1);
  return numbers;
};

/**
 * The items of totals in which a presence counts, and by how much: 1 in each of its areas and
 * themes. A larger cell is the sum of those, so it would count a member in three of them three
 * times. The item of the larger cell holds the correction, which is nothing for most members.
 */
export const countsOf = (
  presence: Presence | undefined,
): readonly (TotalsKey & { readonly count: number })[] => {
  if (!presence || !isCounted(presence)) return [];
  const { metric, place, sk: period } = presence;
  if (period === heldSort && place)
    return sumKeys(place, metric).map((key) => ({ ...key, count: 1 }));
  const parts = present(presence.lines).map((at) => {
    const [area = '', theme = ''] = at.split('|');
    return { area, theme };
  });
  const tooOften = (area: string, theme: string, times: number) =>
    times > 1 ? [{ ...totalsKey(period, area, theme), count: 1 - times }] : [];
  return [
    ...parts.map(({ area, theme }) => ({ ...totalsKey(period, area, theme), count: 1 })),
    ...tooOften(every, every, parts.length),
    ...[...numberOf(parts.map(({ area }) => area))].flatMap(([area, times]) =>
      tooOften(area, every, times),
    ),
    ...[...numberOf(parts.flatMap(({ theme }) => theme || []))].flatMap(([theme, times]) =>
      tooOften(every, theme, times),
    ),
  ];
};

/** The presence's key among the lines of its period; undefined while it does not count. */
export const lineKeyOf = (
  presence: Presence,
): { readonly month: string; readonly monthOrder: string } | undefined => {
  if (!isCounted(presence)) return undefined;
  const { metric, member, place, sk } = presence;
  return sk === heldSort && place
    ? lineKey(place.month, metric, place.areaId, place.theme ?? '', member)
    : lineKey(sk, metric, member);
};
