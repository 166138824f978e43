import type { DomainEvent } from '../../events/catalogue.ts';

/**
 * The expected figures, computed in the slow and simple way: from the newest event of each aggregate, cell
 * by cell. It shares no code with the projections that it checks.
 */

/** One measure of one line. With a member, it says that the member was present. */
interface Mark {
  readonly metric: string;
  readonly month: string;
  readonly area: string;
  readonly theme: string | null;
  readonly value: number;
  readonly member?: string;
  /** For figures at the end of a period: the first month in which the mark no longer counts. */
  readonly until?: string;
}

export interface Where {
  readonly period: string;
  readonly area: string | null;
  readonly theme: string | null;
}

export interface Figure {
  readonly value: number;
  readonly lines: number;
}

export const newest = (events: readonly DomainEvent[]): readonly DomainEvent[] => {
  const found = new Map<string, DomainEvent>();
  for (const event of events) {
    const { type, id, version } = event.aggregate;
    const known = found.get(`${type}#${id}`);
    if (!known || known.aggregate.version < version) found.set(`${type}#${id}`, event);
  }
  return [...found.values()];
};

export const marksOf = (events: readonly DomainEvent[]): readonly Mark[] => {
  const last = newest(events);
  const served = new Set<string>();
  for (const { data } of last)
    if ('hours' in data && data.hours.status === 'verified') served.add(data.hours.activityId);
  return last.flatMap(({ aggregate, data }): readonly Mark[] => {
    if ('hours' in data) {
      const { serviceDate, areaId: area, theme, status, creditedMinutes, tags } = data.hours;
      const at = { month: serviceDate.slice(0, 7), area, theme };
      if (status === 'pending')
        return [{ ...at, metric: 'pendingMinutes', value: creditedMinutes }];
      if (status !== 'verified') return [];
      return [
        { ...at, metric: 'participations', value: 1 },
        { ...at, metric: 'creditedMinutes', value: creditedMinutes },
        { ...at, metric: 'distinctVolunteers', value: 1, member: data.hours.volunteerId },
        ...(tags.includes('party-member')
          ? [{ ...at, metric: 'partyMemberParticipations', value: 1 }]
          : []),
      ];
    }
    if ('activity' in data) {
      const { startsOn, areaId: area, theme, status, outcome, partnerIds } = data.activity;
      const at = { month: startsOn.slice(0, 7), area, theme };
      if (status === 'cancelled') return [];
      const published = { ...at, metric: 'activitiesPublished', value: 1 };
      if (status !== 'verified') return [published];
      const people = outcome?.beneficiaries;
      return [
        published,
        ...(people?.basis === 'counted'
          ? [{ ...at, metric: 'beneficiaries', value: people.count }]
          : []),
        ...(people?.basis === 'estimated'
          ? [{ ...at, metric: 'beneficiariesEstimated', value: people.count }]
          : []),
        ...Object.entries(outcome?.outputs ?? {}).map(([key, { quantity, basis }]) => ({
          ...at,
          metric: `outputs.${key}${basis === 'estimated' ? ':estimated' : ''}`,
          value: key === 'rubbishKilograms' ? Math.round(quantity * 10) : quantity,
        })),
        ...partnerIds.map((member) => ({ ...at, metric: 'partners', value: 1, member })),
        ...(served.has(aggregate.id) ? [{ ...at, metric: 'activitiesHeld', value: 1 }] : []),
      ];
    }
    if ('volunteer' in data) {
      const { confirmedOn, leftOn, mergedInto, areaId: area } = data.volunteer;
      if (confirmedOn === null || mergedInto !== null) return [];
      const month = confirmedOn.slice(0, 7);
      const until = leftOn === null ? {} : { until: leftOn.slice(0, 7) };
      return [{ month, area, theme: null, metric: 'volunteersRegistered', value: 1, ...until }];
    }
    if ('team' in data) {
      const { formedOn, dissolvedOn, areaId: area } = data.team;
      const month = formedOn.slice(0, 7);
      const until = dissolvedOn === null ? {} : { until: dissolvedOn.slice(0, 7) };
      return [{ month, area, theme: null, metric: 'teamsFormed', value: 1, ...until }];
    }
    return [];
  });
};

/** A figure of a cell; undefined if no mark belongs to it. */
export const figureOf = (
  marks: readonly Mark[],
  metric: string,
  { period, area, theme }: Where,
): Figure | undefined => {
  const here = marks.filter(
    (mark) =>
      mark.metric === metric &&
      mark.month.startsWith(period) &&
      (area === null || mark.area === area) &&
      (theme === null || mark.theme === theme),
  );
  if (here.length === 0) return undefined;
  const members = new Set(here.flatMap(({ member }) => member ?? []));
  return members.size > 0
    ? { value: members.size, lines: members.size }
    : { value: here.reduce((sum, { value }) => sum + value, 0), lines: here.length };
};

/** The figures at the end of a period, with the metric that they count. */
export const standing: Readonly<Record<string, string>> = {
  registeredVolunteers: 'volunteersRegistered',
  teams: 'teamsFormed',
};

/** How many of those begun (`volunteersRegistered`, `teamsFormed`) still exist at the end of a period. */
export const standingBy = (
  marks: readonly Mark[],
  began: string,
  { period, area }: Where,
): number | undefined => {
  const here = marks.filter(
    ({ metric, month, area: its }) =>
      metric === began &&
      month.slice(0, period.length) <= period &&
      (area === null || its === area),
  );
  const end = period.length === 4 ? `${period}-12` : period;
  return here.length === 0
    ? undefined
    : here.filter(({ until }) => until === undefined || until > end).length;
};

export const wheres = (marks: readonly Mark[]): readonly Where[] => {
  const unique = <T>(values: readonly T[]) => [...new Set(values)];
  const periods = unique(marks.flatMap(({ month }) => [month, month.slice(0, 4)]));
  const areas = [null, ...unique(marks.map(({ area }) => area))];
  const themes = [null, ...unique(marks.flatMap(({ theme }) => theme ?? []))];
  return periods.flatMap((period) =>
    areas.flatMap((area) => themes.map((theme) => ({ period, area, theme }))),
  );
};

const countedOnce = new Set(['distinctVolunteers', 'partners']);

type Items = Record<string, Record<string, number>>;

const put = (items: Items, id: string, name: string, value: number, lines: number): void => {
  const item = items[id] ?? {};
  items[id] = { ...item, [`sum:${name}`]: value, [`lines:${name}`]: lines };
};

/**
 * Sums and persons lie in the cells of a month or a year, an area and a theme; outputs lie beside them. A
 * larger cell has the number by which its persons are fewer than the sum of its cells.
 */
const putFigures = (items: Items, marks: readonly Mark[]): void => {
  const metrics = [...new Set(marks.map(({ metric }) => metric))];
  const finest = [
    ...new Map(
      marks.flatMap(({ month, area, theme }) =>
        [month, month.slice(0, 4)].map((period) => [
          `${period}#${area}#${theme}`,
          { period, area, theme },
        ]),
      ),
    ).values(),
  ];
  const inside = ({ period, area, theme }: Where) =>
    finest.filter(
      (part) =>
        part.period === period &&
        // Presences always have a theme.
        part.theme !== null &&
        (area === null || part.area === area) &&
        (theme === null || part.theme === theme),
    );
  const partition = ({ period }: Where): string =>
    period.length === 4 ? `totals#${period}#year` : `totals#${period.slice(0, 4)}`;
  for (const part of finest) {
    // A registration has no theme, which `figureOf` would read as all themes.
    const here = marks.filter(({ theme }) => theme === part.theme);
    const sk = `${part.period}#${part.area}#${part.theme ?? ''}`;
    for (const metric of metrics) {
      const figure = figureOf(here, metric, part);
      if (!figure) continue;
      const id = `${partition(part)}|${sk}${metric.startsWith('outputs.') ? '#outputs' : ''}`;
      put(items, id, metric, figure.value, figure.lines);
    }
  }
  for (const where of wheres(marks)) {
    if (where.area !== null && where.theme !== null) continue;
    for (const metric of countedOnce) {
      const parts = inside(where).reduce(
        (sum, part) => sum + (figureOf(marks, metric, part)?.value ?? 0),
        0,
      );
      const fewer = (figureOf(marks, metric, where)?.value ?? 0) - parts;
      const id = `${partition(where)}|${where.period}#${where.area ?? '*'}#${where.theme ?? '*'}`;
      if (fewer !== 0) put(items, id, metric, fewer, fewer);
    }
  }
};

/** All expected items of totals, by `pk|sk`: sums and numbers of lines by metric. */
export const totalsOf = (
  events: readonly DomainEvent[],
): Readonly<Record<string, Readonly<Record<string, number>>>> => {
  const marks = marksOf(events);
  const items: Items = {};
  putFigures(items, marks);
  for (const { metric, month, area, until } of marks)
    if (Object.values(standing).includes(metric)) {
      const id = `running|${metric}#${area}`;
      const add = (at: string, value: number) =>
        put(
          items,
          id,
          at,
          (items[id]?.[`sum:${at}`] ?? 0) + value,
          (items[id]?.[`lines:${at}`] ?? 0) + 1,
        );
      add(month, 1);
      if (until) add(until, -1);
    }
  return items;
};
