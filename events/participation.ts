import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { actorId, areaId, define, localDate, reason, themeKey, uuid } from './envelope.ts';
import { volunteerTags } from './volunteers.ts';

/** How an entry was made; this decides who may verify it (DOMAIN.md §4). */
export const hoursOrigins = [
  'scan',
  'leader-roll',
  'self-declared',
  'back-entry',
  'import',
] as const;

/** Whole minutes of one service day: at most 24 hours. */
export const minutes = z.int().min(1).max(1440);

/**
 * One volunteer's time in one activity on one day. It carries the details of its activity and
 * volunteer that a dashboard needs, as they were when it was written, so it can be projected alone.
 */
export const hours = z.object({
  activityId: uuid,
  organisationId: uuid,
  areaId,
  theme: themeKey,
  volunteerId: uuid,
  tags: z.array(z.enum(volunteerTags)),
  serviceDate: localDate,
  /** Measured. */
  attendedMinutes: minutes,
  /** Counted; never more than attended. */
  creditedMinutes: minutes,
  origin: z.enum(hoursOrigins),
  status: z.enum(['pending', 'verified', 'rejected', 'voided']),
  /** Everybody who entered any of the figures. None of them may ever verify the entry. */
  enteredBy: z.array(actorId).min(1),
  verifiedBy: actorId.nullable(),
  /** The volunteer objects to the entry, and nobody has answered yet. */
  objected: z.boolean(),
});
export type Hours = Readonly<z.infer<typeof hours>>;

const pending: Hours = {
  activityId: '0198c0de-0000-7000-8000-0000000000b1',
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  areaId: 'hongqi-01',
  theme: 'FREE_CLINIC',
  volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
  tags: ['party-member'],
  serviceDate: '2025-10-18',
  attendedMinutes: 190,
  creditedMinutes: 180,
  origin: 'leader-roll',
  status: 'pending',
  enteredBy: ['organiser-1'],
  verifiedBy: null,
  objected: false,
};
const verified: Hours = { ...pending, status: 'verified', verifiedBy: 'verifier-1' };

export const participationEvents = {
  HoursLogged: define(aggregates.hours, {
    summary: { en: 'Service time was entered and waits to be verified', zh: '服务时长已录入待核' },
    data: z.object({ hours }),
    example: { hours: pending },
  }),
  HoursVerified: define(aggregates.hours, {
    summary: { en: 'Service time was verified and counts', zh: '服务时长已查验' },
    data: z.object({ hours }),
    example: { hours: verified },
  }),
  HoursRejected: define(aggregates.hours, {
    summary: { en: 'Service time was not accepted', zh: '服务时长未通过' },
    data: z.object({ hours, reason }),
    example: { hours: { ...pending, status: 'rejected' }, reason: '签到记录不符' },
  }),
  HoursCorrected: define(aggregates.hours, {
    summary: { en: 'Service time was corrected and waits again', zh: '服务时长已更正待核' },
    data: z.object({
      hours,
      previous: hours.pick({ serviceDate: true, attendedMinutes: true, creditedMinutes: true }),
      reason,
    }),
    example: {
      hours: { ...pending, creditedMinutes: 150, enteredBy: ['organiser-1', 'organiser-2'] },
      previous: { serviceDate: '2025-10-18', attendedMinutes: 190, creditedMinutes: 180 },
      reason: '扣除用餐时间',
    },
  }),
  HoursVoided: define(aggregates.hours, {
    summary: { en: 'Service time was struck out; the row stays', zh: '服务时长已作废' },
    data: z.object({ hours, reason }),
    example: { hours: { ...verified, status: 'voided' }, reason: '重复录入' },
  }),
  HoursObjected: define(aggregates.hours, {
    behind: 1,
    summary: { en: 'The volunteer objects to an entry', zh: '志愿者对服务时长提出异议' },
    data: z.object({ hours, reason }),
    example: { hours: { ...verified, objected: true }, reason: '当天没有参加' },
  }),
  HoursReassigned: define(aggregates.hours, {
    behind: 1,
    summary: {
      en: 'Service time moved to the record its person’s records were merged into',
      zh: '时长随合并转入同一人的记录',
    },
    data: z.object({ hours, previousVolunteerId: uuid }),
    example: {
      hours: { ...verified, volunteerId: '0198c0de-0000-7000-8000-0000000000c2' },
      previousVolunteerId: '0198c0de-0000-7000-8000-0000000000c1',
    },
  }),
};
