import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { sheetId } from '../../events/participation.ts';
import { certificate } from '../../events/recognition.ts';
import { commendation, evaluation, training } from '../../events/records.ts';
import { membership } from '../../events/teams.ts';
import { shownStarFields } from '../people/shown-star.ts';
import { shownVolunteer } from '../people/shown-volunteer.ts';
import { shownLine } from '../sheets/shown-line.ts';

const listed = { id: uuid, version: z.int() };

const { entries: _, records: __, ...ofCertificate } = certificate.shape;

/** The data other than hours, which are on the first page only. */
const held = z.object({
  person: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('The personal fields, in clear; null when none are held.'),
  personal: z
    .array(z.looseObject({ place: z.string().describe('What it is.') }))
    .describe('The person’s other items in the People table: notices, access log, approvals.'),
  volunteer: z
    .object({ ...shownVolunteer.shape, version: z.int() })
    .describe('The record without personal data: its state, consents and credentials.'),
  events: z
    .array(z.looseObject({ type: z.string().describe('The type of the event.') }))
    .describe('The record’s own events, oldest first.'),
  trainings: z.array(z.object({ ...training.shape, ...listed })),
  commendations: z.array(z.object({ ...commendation.shape, ...listed })),
  evaluations: z.array(z.object({ ...evaluation.shape, ...listed })),
  memberships: z
    .array(z.object({ ...membership.shape, ...listed }))
    .describe('The person’s memberships: present, past and invited.'),
  certificates: z
    .array(
      z.object({
        ...ofCertificate,
        ...listed,
        entryCount: z.int().describe('How many verified entries it certifies.'),
      }),
    )
    .describe('The person’s certificates, and what was applied for.'),
  stars: z
    .array(z.object({ ...shownStarFields, ...listed }))
    .describe('The person’s stars, by level, and where each stands.'),
});

/** A line of a sheet, without those who entered and verified it: they are other people. */
const exportedEntry = z.object({
  sheetId,
  version: z.int().describe('The version of the sheet that last changed the entry.'),
  ...shownLine,
});

/**
 * All data about a person. The first page has everything but hours, and some hours; later pages
 * have more hours.
 */
export const exported = z.object({
  volunteerId: uuid,
  on: localDate,
  held: held.nullable().describe('Null on later pages.'),
  hours: z.array(exportedEntry).describe('Lines of sheets.'),
  next: z.string().nullable().describe('The `cursor` of the next page; null on the last.'),
});
