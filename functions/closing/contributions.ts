import type { Entry } from '../../events/participation.ts';
import type { ChangedFigure } from '../../events/periods.ts';
import { changesOf } from '../closed/lines.ts';
import { activityMeasures, sheetMeasures } from '../figures/children.ts';
import { standingOfPerson, standingOfTeam } from '../figures/identity.ts';
import { dateOfSheet } from '../figures/layout.ts';
import type { Metric } from '../figures/metrics.ts';
import type { Measures } from '../figures/packing.ts';
import { givenOf } from '../figures/projected.ts';
import { runningValue, type Standing } from '../figures/running.ts';
import { newestOf, type Stream } from '../projector/facts.ts';
import type { Figures } from '../views/projection.ts';

/** What an aggregate gives to the figures of a month that add up. */
export interface Contribution {
  readonly areaId: string;
  /** Null of what has no theme. */
  readonly theme: string | null;
  readonly measures: Measures;
}

const runningContribution = (
  standing: Standing | null,
  metrics: readonly [begun: string, standing: string],
  month: string,
): readonly Contribution[] => {
  if (!standing) return [];
  const measures = Object.fromEntries(
    metrics.map((metric) => [metric, runningValue(standing, metric, month) ?? 0]),
  );
  return [{ areaId: standing.areaId, theme: null, measures }];
};

/**
 * What an aggregate with these figures gives to a month, without whether an activity was held: that
 * depends on its sheets too (`held.ts`).
 */
const contributionsOf = (figures: Figures | undefined, month: string): readonly Contribution[] => {
  switch (figures?.of) {
    case 'sheet': {
      const { areaId, theme, serviceDate } = figures.place;
      return serviceDate.startsWith(month)
        ? [{ areaId, theme, measures: sheetMeasures(figures.place, figures.sums) }]
        : [];
    }
    case 'activity': {
      const { areaId, theme } = figures;
      return figures.month === month
        ? [{ areaId, theme, measures: activityMeasures(figures, false) }]
        : [];
    }
    case 'person':
      return runningContribution(
        standingOfPerson(figures),
        ['volunteersRegistered', 'registeredVolunteers'],
        month,
      );
    case 'team':
      return runningContribution(standingOfTeam(figures), ['teamsFormed', 'teams'], month);
    default:
      return [];
  }
};

/** The difference between two contributions, by area and theme; places without one are left out. */
export const differenceOf = (
  before: readonly Contribution[],
  after: readonly Contribution[],
): readonly Contribution[] => {
  const places = new Map<string, Contribution & { readonly measures: Record<string, number> }>();
  const add = ({ areaId, theme, measures }: Contribution, sign: 1 | -1): void => {
    const name = `${areaId}|${theme ?? ''}`;
    const place = places.get(name) ?? { areaId, theme, measures: {} };
    places.set(name, place);
    for (const [measure, value] of Object.entries(measures))
      place.measures[measure] = (place.measures[measure] ?? 0) + sign * value;
  };
  for (const each of before) add(each, -1);
  for (const each of after) add(each, 1);
  return [...places.values()].flatMap(({ measures, ...place }) => {
    const changed = Object.entries(measures).filter(([, value]) => value !== 0);
    return changed.length === 0 ? [] : [{ ...place, measures: Object.fromEntries(changed) }];
  });
};

/** A stream up to a version: undefined before the first. */
export const upTo = (stream: Stream, version: number): Stream | undefined => {
  const earlier = stream.filter(({ event }) => event.aggregate.version <= version);
  return earlier.length > 0 ? (earlier as unknown as Stream) : undefined;
};

const figuresAfter = (stream: Stream | undefined): Figures | undefined =>
  stream && newestOf(stream).projection.figures;

const entriesAfter = (stream: Stream | undefined): ReadonlyMap<string, Entry> =>
  new Map(
    (stream ? givenOf(stream, 'sheet') : []).flatMap(({ figures }) =>
      figures.entries.map((entry) => [entry.volunteerId, entry] as const),
    ),
  );

const takesPart = (entry: Entry | undefined): boolean =>
  entry?.status === 'verified' && !entry.onDuty;

const unknownNow = (
  metric: string,
  { areaId, theme }: { readonly areaId: string; readonly theme: string },
): ChangedFigure => ({ metric, areaId, theme, delta: null });

/** Whether others may take part now on a sheet than before its last event. */
const personsChanged = (
  before: Stream | undefined,
  after: Stream,
  month: string,
): readonly ChangedFigure[] => {
  const figures = figuresAfter(after);
  if (figures?.of !== 'sheet' || !dateOfSheet(newestOf(after).event.aggregate.id).startsWith(month))
    return [];
  const earlier = entriesAfter(before);
  return figures.entries.some(
    (entry) => takesPart(entry) !== takesPart(earlier.get(entry.volunteerId)),
  )
    ? [unknownNow('distinctVolunteers', figures.place)]
    : [];
};

const partnersAt = (figures: Figures | undefined, month: string) =>
  figures?.of === 'activity' && figures.counts && figures.verified && figures.month === month
    ? { areaId: figures.areaId, theme: figures.theme, ids: [...figures.partnerIds].sort().join() }
    : undefined;

/** Where others may be partners now than before. */
const partnersChanged = (
  before: Figures | undefined,
  after: Figures | undefined,
  month: string,
): readonly ChangedFigure[] => {
  const places = [partnersAt(before, month), partnersAt(after, month)];
  if (JSON.stringify(places[0]) === JSON.stringify(places[1])) return [];
  const named = places.flatMap((place) => (place && place.ids !== '' ? [place] : []));
  const different = new Map(named.map((place) => [`${place.areaId}|${place.theme}`, place]));
  return [...different.values()].map((place) => unknownNow('partners', place));
};

/** What the event of a version adds to the figures of a month. */
export interface Step {
  readonly contributions: readonly Contribution[];
  readonly changes: readonly ChangedFigure[];
}

/**
 * What the newest event of a stream changes in a month: in what adds up exactly by how much, in what is
 * counted once that it may be others.
 */
export const stepOf = (
  stream: Stream,
  month: string,
  metrics: Readonly<Record<string, Metric>>,
): Step => {
  const { version } = newestOf(stream).event.aggregate;
  const before = upTo(stream, version - 1);
  const [was, is] = [figuresAfter(before), figuresAfter(stream)];
  const contributions = differenceOf(contributionsOf(was, month), contributionsOf(is, month));
  return {
    contributions,
    changes: [
      ...contributions.flatMap(({ areaId, theme, measures }) =>
        changesOf(measures, metrics, areaId, theme),
      ),
      ...personsChanged(before, stream, month),
      ...partnersChanged(was, is, month),
    ],
  };
};
