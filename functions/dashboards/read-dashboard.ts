import { addUp, type Cell, type Part } from '../totals/add-up.ts';
import type { Unit } from '../totals/documents.ts';
import { figuresOf, type Restriction } from '../totals/figure.ts';
import { readSources } from '../totals/sources.ts';

const shown = (parts: ReadonlyMap<string, Part>, restriction: Restriction) =>
  Object.fromEntries(
    [...parts].map(([name, { figures }]) => [name, figuresOf(figures, restriction)]),
  );

/**
 * A dashboard: the figures of a cell and their breakdown.
 * @param unit an organisation or team, whose part alone is added up
 * @throws Rejection `not-found` for an unknown area or theme
 */
export const readDashboard = async (cell: Cell, unit: Unit | null = null) => {
  const { period, areaId, alone, theme } = cell;
  const { asOf, figures, areas, themes } = addUp(await readSources(cell, unit), cell);
  const restriction = { byTheme: theme !== null, byUnit: unit !== null };
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
    metrics: figuresOf(figures, restriction),
    breakdown: {
      area: shown(areas, restriction),
      theme: shown(themes, { ...restriction, byTheme: true }),
    },
  };
};
