import * as z from 'zod';
import { type Star, star, starObjection } from '../../events/stars.ts';

const { entries: _, records: __, objections: ___, ...fields } = star.shape;

/** The fields of a star as people are shown it: without the entries that it rests on, and who objected. */
export const shownStarFields = {
  ...fields,
  entryCount: z.int().describe('How many verified entries make up the hours.'),
  objections: z
    .array(
      starObjection
        .omit({ by: true })
        .meta({ id: 'StarObjection', description: 'An objection to a star, without who made it.' }),
    )
    .describe('In the order in which they came.'),
};

/** A star in these fields. */
export const shownStar = ({ entries, records: _, objections, ...rest }: Star) => ({
  ...rest,
  entryCount: entries.length,
  objections: objections.map(({ by: __, ...objection }) => objection),
});
export type ShownStar = ReturnType<typeof shownStar>;
