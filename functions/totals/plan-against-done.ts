import type { Campaign } from '../../events/campaigns.ts';
import type { Measures } from '../figures/packing.ts';

/** What was done for a theme or a routine service, in the months that are looked at. */
export interface ThemeDone {
  readonly key: string;
  /** Null for a theme that is not in the plan. */
  readonly title: string | null;
  /** Of all the year, ascending. Null for a routine service, and for a theme that is not in the plan. */
  readonly monthsPlanned: number[] | null;
  /** The months in which an activity was held, ascending. */
  readonly monthsHeld: number[];
  /** Those of `monthsHeld` that are not planned; empty for a routine service. */
  readonly monthsOutsidePlan: number[];
  /** Null, as in all figures, where there is no line. */
  readonly activitiesPublished: number | null;
  readonly activitiesHeld: number | null;
  readonly participations: number | null;
  readonly creditedMinutes: number | null;
}

/** A plan beside what was done. It has no quotas, shares or ranks: plans have none. */
export interface PlanAgainstDone {
  /** In the order of the plan. */
  readonly themes: ThemeDone[];
  readonly routines: ThemeDone[];
  /** Themes that have figures and are not in the plan, by key. */
  readonly notPlanned: ThemeDone[];
  /** The keys of those of `themes`, and then of `routines`, of which no activity was held. */
  readonly withoutActivity: string[];
}

/** What was done: the measures of each theme by month (1–12). A missing one has no lines. */
export type DoneByMonth = ReadonlyMap<number, ReadonlyMap<string, Measures>>;

const held = ({ activitiesHeld = 0 }: Measures): boolean => activitiesHeld > 0;

/**
 * Holds a plan against what was done.
 * @param months the months that are looked at, ascending: all of the year, or one. A theme is shown when it
 * is planned for one of them, or has figures in one
 */
export const planAgainstDone = (
  { themes, routines }: Pick<Campaign, 'themes' | 'routines'>,
  done: DoneByMonth,
  months: readonly number[],
): PlanAgainstDone => {
  const figuresIn = (month: number, key: string): Measures | undefined => done.get(month)?.get(key);
  const hasFigures = (key: string): boolean =>
    months.some((month) => figuresIn(month, key) !== undefined);
  const sumOf = (key: string, measure: string): number | null =>
    months.reduce<number | null>((sum, month) => {
      const value = figuresIn(month, key)?.[measure];
      return value === undefined ? sum : (sum ?? 0) + value;
    }, null);
  const doneFor = (
    key: string,
    title: string | null,
    monthsPlanned: number[] | null,
  ): ThemeDone => {
    const monthsHeld = months.filter((month) => held(figuresIn(month, key) ?? {}));
    return {
      key,
      title,
      monthsPlanned,
      monthsHeld,
      monthsOutsidePlan: monthsHeld.filter((month) => monthsPlanned?.includes(month) === false),
      activitiesPublished: sumOf(key, 'activitiesPublished'),
      activitiesHeld: sumOf(key, 'activitiesHeld'),
      participations: sumOf(key, 'participations'),
      creditedMinutes: sumOf(key, 'creditedMinutes'),
    };
  };
  const inPlan = new Set([...themes, ...routines].map(({ key }) => key));
  const withFigures = new Set(months.flatMap((month) => [...(done.get(month)?.keys() ?? [])]));
  const ofThemes = themes
    .filter(
      ({ key, months: own }) => months.some((month) => own.includes(month)) || hasFigures(key),
    )
    .map(({ key, title, months: own }) => doneFor(key, title, own));
  const ofRoutines = routines.map(({ key, title }) => doneFor(key, title, null));
  return {
    themes: ofThemes,
    routines: ofRoutines,
    notPlanned: [...withFigures]
      .filter((key) => !inPlan.has(key))
      .sort()
      .map((key) => doneFor(key, null, null)),
    withoutActivity: [...ofThemes, ...ofRoutines]
      .filter(({ monthsHeld }) => monthsHeld.length === 0)
      .map(({ key }) => key),
  };
};
