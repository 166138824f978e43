import { measureOf, outputs } from '../../events/outputs.ts';
import type { AreaTree } from '../figures/area-tree.ts';
import { yearOf as yearDocumentOf } from '../figures/documents.ts';
import { documentName, yearPartition } from '../figures/layout.ts';
import { settings } from '../runtime/settings.ts';
import { itemsOf } from '../views/views.ts';
import { type BaseCell, type HiddenCells, hiddenCells, type Published } from './small-cells.ts';

/** Which measures of a published cell are not shown. */
export type HiddenFigures = (cell: Published) => ReadonlySet<string>;

/** The measures of what professionals did for people: lawyers, counsellors, mediators, medical staff. */
export const professionalMeasures = (): readonly string[] =>
  Object.entries({ ...outputs, ...settings().outputs })
    .filter(([, { professional }]) => professional)
    .flatMap(([key]) => [measureOf(key, 'counted'), measureOf(key, 'estimated')]);

const noneHidden: HiddenFigures = () => new Set();

type Item = Readonly<Record<string, unknown>>;

/** What each area alone reported of each of these measures, by month and theme, from the year's documents. */
const baseOf = (
  items: readonly Item[],
  measures: readonly string[],
): ReadonlyMap<string, readonly BaseCell[]> => {
  const base = new Map<string, BaseCell[]>(measures.map((measure) => [measure, []]));
  for (const item of items) {
    const { pk, sk } = item as { pk: string; sk: string };
    const { period, node: areaId, holds, kind } = documentName(sk);
    if (holds !== 'year' || kind !== 'activities') continue;
    for (const [page, { themes }] of yearDocumentOf({ pk, sk }, item).pages)
      for (const [theme, sums] of themes)
        for (const [measure, value] of Object.entries(sums))
          base.get(measure)?.push({ areaId, month: `${period}-${page.slice(0, 2)}`, theme, value });
  }
  return base;
};

/** Kept while the documents say the same, because it is asked for by everybody and changes seldom. */
const kept = new Map<string, { readonly of: string; readonly cells: HiddenCells }>();
const maxKept = 100;

const cellsFor = (
  measure: string,
  year: string,
  base: readonly BaseCell[],
  tree: AreaTree,
): HiddenCells => {
  const of = JSON.stringify([base, tree.childrenOf(null).map((top) => [top, tree.within(top)])]);
  const name = `${year}#${measure}`;
  const known = kept.get(name);
  if (known?.of === of) return known.cells;
  const cells = hiddenCells(base, tree);
  if (kept.size >= maxKept) kept.clear();
  kept.set(name, { of, cells });
  return cells;
};

/**
 * What the public is not shown of a year and its months: small figures of professional services by area,
 * and what they could be worked out from. One query for the year, and none where no such service is
 * among the measures.
 * @param isAmong whether the figures that are shown have a measure
 */
export const readHiddenFigures = async (
  year: string,
  tree: AreaTree,
  isAmong: (measure: string) => boolean,
): Promise<HiddenFigures> => {
  const measures = professionalMeasures();
  if (!measures.some(isAmong)) return noneHidden;
  const items = await itemsOf(yearPartition(year), { prefix: `${year}#` });
  const hidden = [...baseOf(items, measures)].map(
    ([measure, base]) => [measure, cellsFor(measure, year, base, tree)] as const,
  );
  return (cell) =>
    new Set(hidden.flatMap(([measure, cells]) => (cells.has(cell) ? [measure] : [])));
};
