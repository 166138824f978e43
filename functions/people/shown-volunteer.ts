import * as z from 'zod';
import { uuid } from '../../events/envelope.ts';
import { mergedRecord, type Volunteer, volunteer } from '../../events/volunteers.ts';

/** Another record: its id, or for an auditor the pseudonym that lines show. */
const otherRecord = z.union([uuid, z.string().regex(/^p-[\w-]{22}$/)]);

/**
 * A record as answers and the Views show it: without the ids by which tokens find their records
 * (`selfIdOf`). No reader needs them, and whether a record has one tells how its person came to it.
 */
export const shownVolunteer = volunteer.omit({ selfId: true }).extend({
  possibleDuplicates: otherRecord
    .array()
    .max(20)
    .describe('Records with the same ID number or phone, to be checked by a person.'),
  distinctFrom: otherRecord.array().max(20),
  mergedInto: otherRecord.nullable(),
  /** Records of the same person that were merged into this one, directly or through another. */
  mergedFrom: mergedRecord
    .omit({ selfId: true })
    .extend({
      id: otherRecord,
      awaiting: otherRecord
        .nullable()
        .describe(
          'The merged record whose merge the person has not accepted yet; null when it is accepted.',
        ),
    })
    .meta({ id: 'MergedRecord', description: 'A record that was merged into this one.' })
    .array()
    .max(20),
});
export type ShownVolunteer = Readonly<z.infer<typeof shownVolunteer>>;

export const withoutSelfIds = ({ selfId: _, mergedFrom, ...shown }: Volunteer): ShownVolunteer => ({
  ...shown,
  mergedFrom: mergedFrom.map(({ id, awaiting }) => ({ id, awaiting })),
});
