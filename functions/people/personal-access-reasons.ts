import * as z from 'zod';

/** Why staff read a person's data: one of these codes, never a free text, which could name somebody. */
export const accessReason = z.enum([
  'service-arrangement',
  'record-correction',
  'objection',
  'certificate',
  'credential-check',
  'safety',
  'support',
  'legal-request',
]);
export type AccessReason = z.infer<typeof accessReason>;
