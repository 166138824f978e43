import { measureOf, type OutputDefinition, outputs } from '../../events/outputs.ts';
import type { AreaTree } from '../figures/area-tree.ts';
import { yearOf as yearDocumentOf } from '../figures/documents.ts';
import { documentName, yearPartition } from '../figures/layout.ts';
import { yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { itemsOf } from '../views/views.ts';
import type { Sources } from './add-up.ts';
import type { Documents } from './documents.ts';
import { type BaseCell, type HiddenCells, hiddenCells, type Published } from './small-cells.ts';

/** Which measures of a published cell are not shown. */
export type HiddenFigures = (cell: Published) => ReadonlySet<string>;

type Outputs = Readonly<Record<string, OutputDefinition>>;

/**
 * The keys of what professionals did for people: lawyers, counsellors, mediators, medical staff.
 * @param own the outputs of the district
 */
export const professionalOutputs = (own: Outputs = settings().outputs): readonly string[] =>
  Object.entries({ ...outputs, ...own })
    .filter(([, { professional }]) => professional)
    .map(([key]) => key);

/** The measures of `professionalOutputs`. */
export const professionalMeasures = (own: Outputs = settings().outputs): readonly string[] =>
  professionalOutputs(own).flatMap((key) => [
    measureOf(key, 'counted'),
    measureOf(key, 'estimated'),
  ]);

/**
 * Of these, too, the public gets figures of the whole district only. An activity without outputs had none of a
 * professional service, so an area's count of such activities could say that a hidden figure there is nothing.
 */
export const tellingMeasures: readonly string[] = ['outcomesWithoutOutputs'];

/** What figures are made of, as everybody is shown them. */
export interface PublicSources<Given extends Sources> {
  readonly sources: Given;
  /** What is hidden because it is small, or would give away what is. */
  readonly hiddenIn: HiddenFigures;
  /** All that is not shown of a cell. */
  readonly withheldIn: HiddenFigures;
  /** The themes with any figure of a professional service in the year. */
  readonly themes: readonly string[];
}

/** For what has no figures by area. */
export const noneHidden: HiddenFigures = () => new Set();

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

type Base = ReadonlyMap<string, readonly BaseCell[]>;

/**
 * Documents of the year or of a month of it, with the figures of professional services of the year's documents: those
 * of a month are written a moment before those of the year, and are read by another query.
 */
const agreeing = (documents: Documents, base: Base, period: string): Documents => {
  const sums = new Map<string, Record<string, number>>();
  for (const [measure, cells] of base)
    for (const { areaId, month, theme, value } of cells) {
      if (!month.startsWith(period)) continue;
      const place = `${areaId}|${theme}`;
      const known = sums.get(place) ?? {};
      sums.set(place, { ...known, [measure]: (known[measure] ?? 0) + value });
    }
  return new Map(
    [...documents].map(([areaId, area]) => [
      areaId,
      {
        ...area,
        themes: new Map(
          [...area.themes].map(([theme, measures]) => [
            theme,
            {
              ...Object.fromEntries(Object.entries(measures).filter(([name]) => !base.has(name))),
              ...sums.get(`${areaId}|${theme}`),
            },
          ]),
        ),
      },
    ]),
  );
};

/** Kept while the documents say the same, because it is asked for by everybody and changes seldom. */
const kept = new Map<string, { readonly of: string; readonly cells: HiddenCells }>();
const maxKept = 100;

const cellsFor = (name: string, base: readonly BaseCell[], tree: AreaTree): HiddenCells => {
  const of = JSON.stringify([base, tree.childrenOf(null).map((top) => [top, tree.within(top)])]);
  const known = kept.get(name);
  if (known?.of === of) return known.cells;
  const cells = hiddenCells(base, tree);
  if (kept.size >= maxKept) kept.clear();
  kept.set(name, { of, cells });
  return cells;
};

/** @param name says of what the cells are, so that they are kept apart from others */
const hiddenAmong = (name: string, base: Base, tree: AreaTree): HiddenFigures => {
  const hidden = [...base].map(
    ([measure, cells]) => [measure, cellsFor(`${name}#${measure}`, cells, tree)] as const,
  );
  return (cell) =>
    new Set(hidden.flatMap(([measure, cells]) => (cells.has(cell) ? [measure] : [])));
};

/**
 * What the public is not shown of the figures with which a year was closed, as far as these alone would
 * show it. They say nothing of months, so it is said of cells of the whole year only.
 * @param measures those of professional services
 */
export const hiddenOfClosed = (
  year: string,
  { documents, tree }: Sources,
  measures: readonly string[],
): HiddenFigures => {
  const base = measures.map(
    (measure) =>
      [
        measure,
        [...documents].flatMap(([areaId, { themes }]) =>
          [...themes].flatMap(([theme, { [measure]: value }]) =>
            value === undefined ? [] : [{ areaId, month: `${year}-12`, theme, value }],
          ),
        ),
      ] as const,
  );
  return hiddenAmong(`closed#${year}`, new Map(base), tree);
};

/** The figures of professional services of a year, by area, month and theme. One query. */
const readBase = async (year: string): Promise<Base> =>
  baseOf(await itemsOf(yearPartition(year), { prefix: `${year}#` }), professionalMeasures());

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
): Promise<HiddenFigures> =>
  professionalMeasures().some(isAmong) ? hiddenAmong(year, await readBase(year), tree) : noneHidden;

/** What a cell does not show: what is hidden in it, and what the public gets of the whole district only. */
const withheld =
  (hiddenIn: HiddenFigures): HiddenFigures =>
  (cell) =>
    cell.areaId === null ? hiddenIn(cell) : new Set([...hiddenIn(cell), ...tellingMeasures]);

/**
 * The sources of a year or month as everybody is shown them. All that shows figures to the public asks this: what it
 * hides is worked out from the figures that it shows. One query for the year, and none where no professional service is
 * among the measures.
 * @param isAmong whether the figures that are shown have a measure
 */
export const asPublicSees = async <Given extends Sources>(
  period: string,
  sources: Given,
  isAmong: (measure: string) => boolean,
): Promise<PublicSources<Given>> => {
  if (!professionalMeasures().some(isAmong))
    return { sources, hiddenIn: noneHidden, withheldIn: withheld(noneHidden), themes: [] };
  const year = yearOf(period);
  const base = await readBase(year);
  const hiddenIn = hiddenAmong(year, base, sources.tree);
  const themes = [...base.values()].flatMap((cells) => cells.map(({ theme }) => theme));
  return {
    sources: { ...sources, documents: agreeing(sources.documents, base, period) },
    hiddenIn,
    withheldIn: withheld(hiddenIn),
    themes: [...new Set(themes)].sort(),
  };
};
