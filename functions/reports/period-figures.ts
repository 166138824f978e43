import type { Measures } from '../figures/packing.ts';
import { addUp, areasOf, type Sources } from '../totals/add-up.ts';
import type { PeriodFigures } from './material.ts';

const whole = { areaId: null, alone: false, theme: null } as const;

/** The figures of a period, live or closed: each cell is added up from the same sources. */
export const periodFigures = (period: string, sources: Sources): PeriodFigures => {
  const all = addUp(sources, { period, ...whole });
  /** Kept, because a table asks once for each of its columns. */
  const ofAreas = new Map<string, Measures>();
  return {
    period,
    asOf: all.asOf || null,
    at: (cell) => {
      if (cell.areaId !== null) {
        const key = [cell.areaId, cell.alone, cell.theme].join();
        const figures = ofAreas.get(key) ?? addUp(sources, { period, ...cell }).figures;
        ofAreas.set(key, figures);
        return figures;
      }
      if (cell.theme === null) return all.figures;
      return all.themes.get(cell.theme)?.figures ?? {};
    },
    areas: areasOf(sources, whole),
    themes: [...all.themes.keys()],
  };
};
