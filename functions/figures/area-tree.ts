import { type Area, parentIn } from '../../events/organisations.ts';
import { viewsTable } from '../runtime/settings.ts';
import { areaRows } from '../views/keys.ts';
import { itemsOf } from '../views/views.ts';

/** The areas of a district in one year, each below the one that contains it. */
export interface AreaTree {
  readonly has: (areaId: string) => boolean;
  /** The areas directly below an area; for null, those that lie in no other. */
  readonly childrenOf: (areaId: string | null) => readonly string[];
  /** The area itself and all areas below it, in order of their ids. */
  readonly within: (areaId: string) => readonly string[];
}

/**
 * @param areas all areas
 * @param year the calendar year, for which each area's parent is fixed
 */
export const treeOf = (areas: readonly Area[], year: number): AreaTree => {
  const ids = new Set(areas.map(({ id }) => id));
  const children = new Map<string | null, string[]>();
  for (const area of areas) {
    const parent = parentIn(area, year);
    const node = parent !== null && ids.has(parent) ? parent : null;
    children.set(node, [...(children.get(node) ?? []), area.id]);
  }
  const childrenOf = (areaId: string | null): readonly string[] =>
    [...(children.get(areaId) ?? [])].sort();
  const within = (areaId: string): readonly string[] =>
    [areaId, ...childrenOf(areaId).flatMap(within)].sort();
  return { has: (areaId) => ids.has(areaId), childrenOf, within };
};

/** Milliseconds for which the areas are kept, as long as the live generation. */
const keptMs = 5000;

interface Kept {
  readonly areas: readonly Area[];
  readonly until: number;
}
const kept = new Map<string, Kept>();

const readAreas = async (): Promise<readonly Area[]> => {
  const items = await itemsOf(areaRows, {});
  const areas = items.map(({ row }) => row as Area);
  // Uses the machine's own clock, which dates no figure.
  kept.set(viewsTable(), { areas, until: performance.now() + keptMs });
  return areas;
};

/**
 * The tree of a year. The areas are kept for some seconds; when they do not have the area that is
 * asked for, they are read again.
 */
export const readAreaTree = async (year: number, areaId: string | null): Promise<AreaTree> => {
  const known = kept.get(viewsTable());
  const fresh = known && known.until > performance.now() ? known.areas : await readAreas();
  const tree = treeOf(fresh, year);
  if (areaId === null || tree.has(areaId) || fresh !== known?.areas) return tree;
  return treeOf(await readAreas(), year);
};

/** The name of each area by its id, kept for some seconds like the tree. */
export const readAreaNames = async (): Promise<ReadonlyMap<string, string>> => {
  const known = kept.get(viewsTable());
  const areas = known && known.until > performance.now() ? known.areas : await readAreas();
  return new Map(areas.map(({ id, name }) => [id, name]));
};
