import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { hours } from '../../events/participation.ts';
import { commendation, evaluation, training } from '../../events/records.ts';
import { membership } from '../../events/teams.ts';
import { volunteer } from '../../events/volunteers.ts';

const listed = { id: uuid, version: z.int() };

/** What is held once, however many hours there are. */
const held = z.object({
  /** The personal fields, in clear; null when none are held. */
  person: z.record(z.string(), z.unknown()).nullable(),
  /** What else the People table holds of the person: notices, who read the data, approvals. */
  personal: z.array(z.looseObject({ place: z.string() })),
  /** The record without personal data: its state, consents and credentials. */
  volunteer: z.object({ ...volunteer.shape, version: z.int() }),
  /** How the record came to be so: its own events, oldest first. */
  events: z.array(z.looseObject({ type: z.string() })),
  trainings: z.array(z.object({ ...training.shape, ...listed })),
  commendations: z.array(z.object({ ...commendation.shape, ...listed })),
  evaluations: z.array(z.object({ ...evaluation.shape, ...listed })),
  /** Which teams the person is, was or may be in. */
  memberships: z.array(z.object({ ...membership.shape, ...listed })),
});

/** Everything held about a person: all of it but the hours on the first page, then more hours. */
export const exported = z.object({
  volunteerId: uuid,
  on: localDate,
  /** Null on later pages. */
  held: held.nullable(),
  hours: z.array(z.object({ ...hours.shape, ...listed })),
  /** The `cursor` of the page after this one; null on the last. */
  next: z.string().nullable(),
});
