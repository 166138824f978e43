import type { Area } from '../../events/organisations.ts';
import { treeOf } from '../figures/area-tree.ts';
import type { Measures } from '../figures/packing.ts';
import { yearOf } from '../runtime/calendar.ts';
import type { Sources } from '../totals/add-up.ts';
import type { AreaDocuments } from '../totals/documents.ts';

/** An area as the tree needs it. */
export type FrozenArea = Pick<Area, 'id' | 'parents'>;

/** Which volunteers of a year came to serve, as the Ledger had it when the year was closed. */
export interface FirstServices {
  /**
   * Of those registered in the year, how many took part 60 days after their registration at the latest; null
   * when nobody registered.
   */
  readonly within60Days: number | null;
  /** Of those registered at the end of the year, how many had never taken part; null when nobody is. */
  readonly never: number | null;
}

/** What figures are made of, and the areas as they lay in each other. */
export interface ClosedSources extends Sources {
  readonly areas: readonly FrozenArea[];
  /** Null of a month. */
  readonly firstServices: FirstServices | null;
}

/** As JSON. */
interface Frozen {
  readonly period: string;
  readonly documents: readonly (readonly [
    areaId: string,
    document: Omit<AreaDocuments, 'themes'> & {
      readonly themes: readonly (readonly [theme: string, measures: Measures])[];
    },
  ])[];
  readonly running: readonly (readonly [areaId: string, measures: Measures])[];
  readonly areas: readonly FrozenArea[];
  /** Missing in what was closed before these were counted. */
  readonly firstServices?: FirstServices | null;
}

/** The sources of a period, with the tree that these areas make in its year. */
export const withTree = (period: string, given: Omit<ClosedSources, 'tree'>): ClosedSources => ({
  ...given,
  tree: treeOf(given.areas as readonly Area[], Number(yearOf(period))),
});

const byName = <Value>(entries: Iterable<readonly [string, Value]>) =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

/** The same text for the same sources. */
export const frozen = (
  period: string,
  { documents, running, areas, firstServices }: ClosedSources,
): string => {
  const said: Frozen = {
    period,
    documents: byName(documents).map(([id, { themes, ...rest }]) => [
      id,
      { ...rest, themes: byName(themes) },
    ]),
    running: byName(running),
    areas: areas.map(({ id, parents }) => ({ id, parents })),
    firstServices,
  };
  return JSON.stringify(said);
};

export const thawed = (text: string): ClosedSources => {
  const { period, documents, running, areas, firstServices = null } = JSON.parse(text) as Frozen;
  return withTree(period, {
    documents: new Map(
      documents.map(([id, { themes, ...rest }]) => [id, { ...rest, themes: new Map(themes) }]),
    ),
    running: new Map(running),
    areas,
    firstServices,
  });
};
