import * as z from 'zod';
import { areaId, localDate, uuid } from '../../events/envelope.ts';
import { star, starLevel } from '../../events/stars.ts';
import { shownStarFields } from '../people/shown-star.ts';

/** A star as lists and commands show it. */
export const listedStar = z
  .object({ id: uuid, ...shownStarFields, version: z.int() })
  .meta({ id: 'Star', description: 'A star level of a volunteer, or where it stands.' });

/** What somebody is told who took an objection down: nothing of a star that they may not list. */
export const objectedStar = z
  .object({ id: uuid, status: star.shape.status, version: z.int() })
  .meta({ id: 'ObjectedStar', description: 'That an objection to a star was taken down.' });

/** What anybody is told of a star in its notice. */
export const noticedStar = z
  .object({
    id: uuid,
    areaId,
    area: z.string().nullable().describe('The name of the area.'),
    level: starLevel,
    noticeUntil: localDate.describe('The last day of the notice.'),
    underReview: z.boolean().describe('Its hours or records changed since, and somebody looks.'),
    name: z
      .string()
      .nullable()
      .describe('Only while the person agrees to be named in public; else null.'),
  })
  .meta({ id: 'NoticedStar', description: 'A star in its public notice.' });
