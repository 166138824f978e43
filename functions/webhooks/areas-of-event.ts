import type { DomainEvent } from '../../events/catalogue.ts';
import { areasAbove } from '../access/areas.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { publicPartOf } from './public-part.ts';

/** The area of an event and all that contain it, for filters; empty for an event of no area. */
export const areasOf = async (event: DomainEvent): Promise<readonly string[]> => {
  const { areaId, areasAbove: said } = publicPartOf(event);
  if (areaId === null) return [];
  const year = localYearOf(Date.parse(event.recordedAt), settings().timezone);
  return [areaId, ...(said ?? (await areasAbove(areaId, year)))];
};
