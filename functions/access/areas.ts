import { aggregate } from '../ledger/aggregate.ts';
import { ledgerTable } from '../runtime/settings.ts';

/** How long, in milliseconds, an area's parent is taken to be what it was when it was read. */
const keptMs = 30_000;
/** A district has some hundreds of areas; ids that name none are not kept. */
const maxKept = 2_000;

interface Known {
  readonly parentId: string | null;
  readonly until: number;
}

const kept = new Map<string, Known>();

/** By the machine's own clock: no decision is dated by it. */
const parentOf = async (areaId: string): Promise<string | null> => {
  const key = `${ledgerTable()}|${areaId}`;
  const known = kept.get(key);
  if (known && known.until > performance.now()) return known.parentId;
  const area = await aggregate('area').stateNow(areaId);
  if (!area) return null;
  // In the order of reading, so that the first is the oldest.
  kept.delete(key);
  kept.set(key, { parentId: area.parentId, until: performance.now() + keptMs });
  for (const oldest of kept.keys()) {
    if (kept.size <= maxKept) break;
    kept.delete(oldest);
  }
  return area.parentId;
};

/**
 * The areas an area lies in, nearest first: none for the district and for an id that names no
 * area. Two reads at most, for there are three levels; what they find is kept for half a minute.
 */
export const ancestorsOf = async (areaId: string): Promise<readonly string[]> => {
  const parent = await parentOf(areaId);
  if (parent === null) return [];
  const grandparent = await parentOf(parent);
  return grandparent === null ? [parent] : [parent, grandparent];
};

/** Whether an area is one of these or lies in one of them. Reads nothing where that is plain. */
export const covers = async (areaIds: readonly string[], areaId: string): Promise<boolean> => {
  if (areaIds.length === 0) return false;
  if (areaIds.includes(areaId)) return true;
  return (await ancestorsOf(areaId)).some((ancestor) => areaIds.includes(ancestor));
};
