import { aggregate } from '../ledger/aggregate.ts';
import { ledgerTable } from '../runtime/settings.ts';

/** Milliseconds for which an area's parent is cached. */
const keptMs = 30_000;
/** A district has some hundreds of areas. Unknown ids are not cached. */
const maxKept = 2_000;

interface Known {
  readonly parentId: string | null;
  readonly until: number;
}

const kept = new Map<string, Known>();

/** Uses the machine's own clock, which dates no decision. */
const parentOf = async (areaId: string): Promise<string | null> => {
  const key = `${ledgerTable()}|${areaId}`;
  const known = kept.get(key);
  if (known && known.until > performance.now()) return known.parentId;
  const area = await aggregate('area').stateNow(areaId);
  if (!area) return null;
  // Re-inserted, so that the oldest reading comes first.
  kept.delete(key);
  kept.set(key, { parentId: area.parentId, until: performance.now() + keptMs });
  for (const oldest of kept.keys()) {
    if (kept.size <= maxKept) break;
    kept.delete(oldest);
  }
  return area.parentId;
};

/**
 * The areas that contain an area, nearest first; none for the district or an unknown id. At most
 * two reads, as there are three levels. Results are cached for half a minute.
 */
export const ancestorsOf = async (areaId: string): Promise<readonly string[]> => {
  const parent = await parentOf(areaId);
  if (parent === null) return [];
  const grandparent = await parentOf(parent);
  return grandparent === null ? [parent] : [parent, grandparent];
};

/** The area of what is not there. */
export const nowhere = '';

/**
 * Whether an area is one of these or lies in one. Reads nothing if the ids alone decide, nor for
 * `nowhere`: what is missing must not take longer than what is elsewhere.
 */
export const covers = async (areaIds: readonly string[], areaId: string): Promise<boolean> => {
  if (areaIds.length === 0 || areaId === nowhere) return false;
  if (areaIds.includes(areaId)) return true;
  return (await ancestorsOf(areaId)).some((ancestor) => areaIds.includes(ancestor));
};
