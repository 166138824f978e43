import type * as z from 'zod';
import { mergedRecord, type Volunteer, volunteer } from '../../events/volunteers.ts';

/**
 * A record as answers and the Views show it: without the ids by which tokens find their records
 * (`selfIdOf`). No reader needs them, and whether a record has one tells how its person came to it.
 */
export const shownVolunteer = volunteer.omit({ selfId: true }).extend({
  /** Records of the same person that were merged into this one, directly or through another. */
  mergedFrom: mergedRecord.omit({ selfId: true }).array().max(20),
});
export type ShownVolunteer = Readonly<z.infer<typeof shownVolunteer>>;

export const withoutSelfIds = ({ selfId: _, mergedFrom, ...shown }: Volunteer): ShownVolunteer => ({
  ...shown,
  mergedFrom: mergedFrom.map(({ id, awaiting }) => ({ id, awaiting })),
});
