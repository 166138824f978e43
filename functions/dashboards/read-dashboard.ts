import { dayNumber, yearOf } from '../runtime/calendar.ts';
import { addUp, type Cell } from '../totals/add-up.ts';
import type { Unit } from '../totals/documents.ts';
import { figuresOf, noneHidden } from '../totals/figure.ts';
import { readHiddenFigures } from '../totals/hidden-figures.ts';
import { readSources } from '../totals/sources.ts';
import { readPlan, showPlan } from './show-plan.ts';

/** A ratio that a part of a breakdown does not know is left out there. */
const withoutUnknownRatios = (figures: ReturnType<typeof figuresOf>): typeof figures =>
  Object.fromEntries(
    Object.entries(figures).filter(
      ([, { aggregation, value }]) => aggregation !== 'ratio' || value !== null,
    ),
  );

/**
 * A dashboard: the figures of a cell, their breakdown, and the plan of the year beside what was done.
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
  const [sources, campaign] = await Promise.all([readSources(cell, unit), readPlan(period)]);
  const { asOf, figures, areas, themes } = addUp(sources, cell);
  const day = dayNumber(today, yearOf(period));
  const isAmong = (measure: string): boolean => areaId !== null || measure in figures;
  const hiddenIn = forStaff
    ? () => noneHidden
    : await readHiddenFigures(yearOf(period), sources.tree, isAmong);
  const restriction = { byTheme: theme !== null, byUnit: unit !== null };
  const below = alone ? [] : sources.tree.childrenOf(areaId);
  // An area without figures is shown where its having none would give away another's.
  const concealed = below.filter((id) => hiddenIn({ ...cell, areaId: id }).size > 0);
  const figuresOfArea = (id: string) => {
    const hidden = hiddenIn({ ...cell, areaId: id, alone: !below.includes(id) });
    const part = areas.get(id)?.figures ?? {};
    return withoutUnknownRatios(figuresOf(part, { ...restriction, hidden }, day));
  };
  return {
    period,
    filter: {
      areaId,
      within: alone ? ('only' as const) : null,
      theme,
      organisationId: unit?.organisationId ?? null,
      teamId: unit?.teamId ?? null,
    },
    status: 'open' as const,
    asOf: asOf || null,
    metrics: figuresOf(figures, { ...restriction, hidden: hiddenIn(cell) }, day),
    breakdown: {
      area: Object.fromEntries(
        [...new Set([...areas.keys(), ...concealed])].map((id) => [id, figuresOfArea(id)]),
      ),
      theme: Object.fromEntries(
        [...themes].map(([name, part]) => [
          name,
          withoutUnknownRatios(
            figuresOf(
              part.figures,
              { ...restriction, byTheme: true, hidden: hiddenIn({ ...cell, theme: name }) },
              day,
            ),
          ),
        ]),
      ),
    },
    plan: showPlan(campaign, sources, cell),
  };
};
