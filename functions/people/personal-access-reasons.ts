import * as z from 'zod';

/** Why staff read a person's data: one of these codes, never a free text, which could name somebody. */
export const accessReason = z
  .enum([
    'service-arrangement',
    'record-correction',
    'objection',
    'certificate',
    'credential-check',
    'safety',
    'support',
    'complaint',
    'legal-request',
  ])
  .meta({ id: 'AccessReason', description: 'Why staff read the data of a person.' });
export type AccessReason = z.infer<typeof accessReason>;

/** A reason in the log: one that the reader gave, the comparison of a list with the records, or the publication of a name. */
export const loggedReason = z.enum([...accessReason.options, 'list-comparison', 'publication']);
export type LoggedReason = z.infer<typeof loggedReason>;

/**
 * What was read. `name` and `age` were only compared, and `comparison` with a row of a list. By a
 * `look-up` a record was found, and a masked name or phone shown.
 */
export const loggedWhat = z.enum([
  'person',
  'record',
  'export',
  'contact',
  'name',
  'age',
  'comparison',
  'look-up',
  'published-name',
  'complaint',
]);
export type LoggedWhat = z.infer<typeof loggedWhat>;
