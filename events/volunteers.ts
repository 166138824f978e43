import * as z from 'zod';
import { areaId, define, localDate } from './envelope.ts';

export const volunteerTags = ['party-member', 'youth', 'role-model'] as const;

/** What the ledger knows of a volunteer: nothing that names the person. */
export const volunteer = z.object({
  areaId,
  tags: z.array(z.enum(volunteerTags)).max(volunteerTags.length),
  /** The version of the consent text the person agreed to. */
  consentVersion: z.string().min(1).max(40),
  registeredOn: localDate,
  registeredBy: z.enum(['self', 'organiser']),
});
export type Volunteer = Readonly<z.infer<typeof volunteer>>;

export const volunteerEvents = {
  VolunteerRegistered: define({
    slice: 'volunteers',
    aggregate: 'volunteer',
    schemaVersion: 1,
    summary: { en: 'A volunteer was registered', zh: '志愿者已注册' },
    data: z.object({ volunteer }),
    example: {
      volunteer: {
        areaId: 'hongqi-01',
        tags: ['party-member'],
        consentVersion: '2025-03',
        registeredOn: '2025-09-06',
        registeredBy: 'self',
      },
    },
  }),
};
