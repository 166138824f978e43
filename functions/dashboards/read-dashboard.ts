import { standingOf } from '../closed/read-closed.ts';
import { readSources as readClosedSources } from '../closed/store.ts';
import { isOfDay, metricsOf } from '../figures/metrics.ts';
import { dayNumber, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { type AddedUp, addUp, type Cell, type Part } from '../totals/add-up.ts';
import type { Unit } from '../totals/documents.ts';
import { type Figure, figuresOf, type Restriction } from '../totals/figure.ts';
import { asPublicSees, noneHidden, professionalMeasures } from '../totals/hidden-figures.ts';
import { readSources } from '../totals/sources.ts';
import { readPlan, showPlan } from './show-plan.ts';

/** How the figures of a cell are shown: the measures that are hidden, and the day of the year it is. */
interface Showing {
  readonly restriction: Restriction;
  readonly day: number;
  /** Metrics whose closed value is left out: it may have been small, or is of the day. */
  readonly withoutClosed: ReadonlySet<string>;
}

type Shown = Readonly<
  Record<
    string,
    Figure & { readonly closed?: number | null; readonly closedEstimated?: number | null }
  >
>;

const metricsOfDay = (): ReadonlySet<string> =>
  new Set(
    Object.entries(metricsOf(settings().outputs)).flatMap(([name, metric]) =>
      isOfDay(metric) ? [name] : [],
    ),
  );

const none: Part = { asOf: '', figures: {} };

const unknown = (figure: Figure): Figure => ({
  ...figure,
  value: null,
  ...(figure.estimated === undefined ? {} : { estimated: null }),
});

/** The figures of a part, each with the one with which its period was closed where that is another. */
const shownPart = (
  now: Part,
  then: Part | undefined,
  { restriction, day, withoutClosed }: Showing,
): Shown => {
  const current = figuresOf(now.figures, restriction, day);
  if (!then) return current;
  const closed = figuresOf(then.figures, restriction, day);
  // A figure that only the close had is named only where its closed value is.
  const before = Object.keys(closed).filter((name) => !withoutClosed.has(name));
  const names = [...new Set([...Object.keys(current), ...before])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const was = closed[name] ?? (current[name] && unknown(current[name]));
      const is = current[name] ?? (was && unknown(was));
      if (!was || !is) return [];
      const differs =
        !withoutClosed.has(name) && (was.value !== is.value || was.estimated !== is.estimated);
      return [
        [
          name,
          {
            ...is,
            ...(differs ? { closed: was.value } : {}),
            ...(differs && was.estimated !== undefined ? { closedEstimated: was.estimated } : {}),
          },
        ] as const,
      ];
    }),
  );
};

/** A ratio that a part of a breakdown does not know is left out there. */
const withoutUnknownRatios = (figures: Shown): Shown =>
  Object.fromEntries(
    Object.entries(figures).filter(
      ([, { aggregation, value }]) => aggregation !== 'ratio' || value !== null,
    ),
  );

/** What the cell was closed with. Closed figures are not kept by organisation or team. */
const closedFigures = async (
  cell: Cell,
  unit: Unit | null,
  run: string | null,
): Promise<AddedUp | undefined> =>
  run === null || unit !== null ? undefined : addUp(await readClosedSources(run), cell);

const namesIn = (
  now: ReadonlyMap<string, Part>,
  then: ReadonlyMap<string, Part> | undefined,
  also: readonly string[] = [],
): readonly string[] => [...new Set([...now.keys(), ...(then?.keys() ?? []), ...also])].sort();

/**
 * A dashboard: the figures of a cell, what they were when the period was closed, their breakdown, and the
 * plan of the year beside what was done.
 * @param today the local date
 * @param forStaff who are shown small figures too; `unit`: an organisation or team, whose part alone is
 * added up
 * @throws Rejection `not-found` for an unknown area or theme
 */
export const readDashboard = async (
  cell: Cell,
  today: string,
  {
    unit = null,
    forStaff = false,
  }: { readonly unit?: Unit | null; readonly forStaff?: boolean } = {},
) => {
  const { period, areaId, alone, theme } = cell;
  const [sources, campaign, { status, run }] = await Promise.all([
    readSources(cell, unit),
    readPlan(period),
    standingOf(period),
  ]);
  const read = addUp(sources, cell);
  const then = await closedFigures(cell, unit, run);
  const isAmong = (measure: string): boolean =>
    areaId !== null || measure in read.figures || (then !== undefined && measure in then.figures);
  const shown = forStaff
    ? { sources, hiddenIn: noneHidden, withheldIn: noneHidden, themes: [] }
    : await asPublicSees(period, sources, isAmong);
  const { hiddenIn, withheldIn, themes } = shown;
  const now = shown.sources === sources ? read : addUp(shown.sources, cell);
  const ofDay = metricsOfDay();
  const small = forStaff ? ofDay : new Set([...professionalMeasures(), ...ofDay]);
  const [top, ...otherTops] = sources.tree.childrenOf(null);
  /** The whole district, also by the id of the only area that lies in no other. */
  const isWhole = (part: Cell): boolean =>
    part.areaId === null || (part.areaId === top && otherTops.length === 0 && !part.alone);
  const showing = (
    part: Cell,
    restriction: Omit<Restriction, 'hidden'> = { byTheme: theme !== null, byUnit: unit !== null },
  ): Showing => ({
    restriction: { ...restriction, hidden: withheldIn(part) },
    day: dayNumber(today, yearOf(period)),
    withoutClosed: isWhole(part) ? ofDay : small,
  });
  const below = alone ? [] : sources.tree.childrenOf(areaId);
  // An area or theme without figures is shown where its having none would give away another's.
  const concealed = below.filter((id) => hiddenIn({ ...cell, areaId: id }).size > 0);
  const concealedThemes =
    theme === null ? themes.filter((each) => hiddenIn({ ...cell, theme: each }).size > 0) : [];
  return {
    period,
    filter: {
      areaId,
      within: alone ? ('only' as const) : null,
      theme,
      organisationId: unit?.organisationId ?? null,
      teamId: unit?.teamId ?? null,
    },
    status,
    asOf: now.asOf || null,
    metrics: shownPart(now, then, showing(cell)),
    breakdown: {
      area: Object.fromEntries(
        namesIn(now.areas, then?.areas, concealed).map((id) => [
          id,
          withoutUnknownRatios(
            shownPart(
              now.areas.get(id) ?? none,
              then && (then.areas.get(id) ?? none),
              showing({ ...cell, areaId: id, alone: !below.includes(id) }),
            ),
          ),
        ]),
      ),
      theme: Object.fromEntries(
        namesIn(now.themes, then?.themes, concealedThemes).map((name) => [
          name,
          withoutUnknownRatios(
            shownPart(
              now.themes.get(name) ?? none,
              then && (then.themes.get(name) ?? none),
              showing({ ...cell, theme: name }, { byTheme: true, byUnit: unit !== null }),
            ),
          ),
        ]),
      ),
    },
    plan: showPlan(campaign, sources, cell),
  };
};
