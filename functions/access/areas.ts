import { type Area, parentIn } from '../../events/organisations.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { ledgerTable } from '../runtime/settings.ts';

/** Milliseconds for which an area's parents are cached. */
const keptMs = 30_000;
/** A district has some hundreds of areas. Unknown ids are not cached. */
const maxKept = 2_000;
/** A community lies in a subdistrict and the district. */
const maxAbove = 2;

interface Known {
  readonly area: Area;
  readonly until: number;
}

const kept = new Map<string, Known>();

/** Uses the machine's own clock, which dates no decision. */
const recentArea = async (areaId: string): Promise<Area | undefined> => {
  const key = `${ledgerTable()}|${areaId}`;
  const known = kept.get(key);
  if (known && known.until > performance.now()) return known.area;
  const area = await aggregate('area').stateNow(areaId);
  if (!area) return undefined;
  // Re-inserted, so that the oldest reading comes first.
  kept.delete(key);
  kept.set(key, { area, until: performance.now() + keptMs });
  for (const oldest of kept.keys()) {
    if (kept.size <= maxKept) break;
    kept.delete(oldest);
  }
  return area;
};

/**
 * The areas that contain an area throughout a calendar year, nearest first, without the area itself:
 * `['hongqi', 'demo']`. None for the district or an unknown id. At most two reads, as there are three
 * levels. Results are cached for half a minute.
 */
export const areasAbove = async (areaId: string, year: number): Promise<readonly string[]> => {
  const above: string[] = [];
  for (let id: string | null = areaId; id !== null && above.length < maxAbove; ) {
    const area = await recentArea(id);
    id = area ? parentIn(area, year) : null;
    if (id !== null) above.push(id);
  }
  return above;
};

/** The area of what is not there. */
export const nowhere = '';

/**
 * Whether an area is one of these or lies in one, in a calendar year. Reads nothing if the ids alone decide, nor for
 * `nowhere`: what is missing must not take longer than what is elsewhere.
 */
export const covers = async (
  areaIds: readonly string[],
  areaId: string,
  year: number,
): Promise<boolean> => {
  if (areaIds.length === 0 || areaId === nowhere) return false;
  if (areaIds.includes(areaId)) return true;
  return (await areasAbove(areaId, year)).some((above) => areaIds.includes(above));
};
