import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { sheetId } from '../../events/participation.ts';
import { commendation, evaluation, training } from '../../events/records.ts';
import { membership } from '../../events/teams.ts';
import { shownVolunteer } from '../people/shown-volunteer.ts';
import { shownLine } from '../sheets/shown-line.ts';

const listed = { id: uuid, version: z.int() };

/** The data other than hours, which are on the first page only. */
const held = z.object({
  /** The personal fields, in clear; null when none are held. */
  person: z.record(z.string(), z.unknown()).nullable(),
  /** The person's other items in the People table: notices, access log, approvals. */
  personal: z.array(z.looseObject({ place: z.string() })),
  /** The record without personal data: its state, consents and credentials. */
  volunteer: z.object({ ...shownVolunteer.shape, version: z.int() }),
  /** The record's own events, oldest first. */
  events: z.array(z.looseObject({ type: z.string() })),
  trainings: z.array(z.object({ ...training.shape, ...listed })),
  commendations: z.array(z.object({ ...commendation.shape, ...listed })),
  evaluations: z.array(z.object({ ...evaluation.shape, ...listed })),
  /** The person's memberships: present, past and invited. */
  memberships: z.array(z.object({ ...membership.shape, ...listed })),
});

/** A line of a sheet, without those who entered and verified it: they are other people. */
const exportedEntry = z.object({
  sheetId,
  /** The version of the sheet that last changed the entry. */
  version: z.int(),
  ...shownLine,
});

/**
 * All data about a person. The first page has everything but hours, and some hours; later pages
 * have more hours.
 */
export const exported = z.object({
  volunteerId: uuid,
  on: localDate,
  /** Null on later pages. */
  held: held.nullable(),
  hours: z.array(exportedEntry),
  /** The `cursor` of the next page; null on the last. */
  next: z.string().nullable(),
});
