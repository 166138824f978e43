import * as z from 'zod';
import { localDate, uuid } from '../../events/envelope.ts';
import { hours, hoursOrigins, minutes } from '../../events/participation.ts';
import { type Contract, pageOf, paging, route } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';

const answer = z.object({ id: uuid, ...hours.shape, version: z.int() });
const byId = z.strictObject({ id: uuid });

const entry = z
  .strictObject({
    activityId: uuid,
    volunteerId: uuid,
    serviceDate: localDate,
    attendedMinutes: minutes,
    /** By default the attended minutes. */
    creditedMinutes: minutes.optional(),
    origin: z.enum(hoursOrigins),
  })
  .refine(
    ({ attendedMinutes, creditedMinutes = attendedMinutes }) => creditedMinutes <= attendedMinutes,
    {
      path: ['creditedMinutes'],
      message: '计入时长不得超过参与时长 / no more may be credited than attended',
    },
  );

const logProblems = [
  'unknown-reference',
  'activity-not-open',
  'service-date-in-future',
  'service-date-outside-activity',
] as const;
const changeProblems = ['not-found', 'illegal-transition', 'stale-version'] as const;

export const participation = {
  logHours: route({
    key: 'POST /hours',
    access: 'token',
    summary: { en: 'Enter one volunteer’s time', zh: '录入服务时长' },
    body: entry,
    status: 201,
    answer,
    versioned: true,
    problems: logProblems,
  }),
  logHoursBatch: route({
    key: 'POST /hours/batch',
    access: 'token',
    summary: { en: 'Enter up to 100 at once, all or none', zh: '批量录入服务时长' },
    body: z.strictObject({ entries: z.array(entry).min(1).max(100) }),
    status: 201,
    answer: z.object({ items: z.array(answer) }),
    problems: logProblems,
  }),
  listHours: route({
    key: 'GET /hours',
    access: 'token',
    summary: { en: 'The entries of a volunteer or of an activity', zh: '服务时长列表' },
    query: z
      .strictObject({
        volunteer: uuid.optional(),
        activity: uuid.optional(),
        status: hours.shape.status.optional(),
        ...paging,
      })
      .refine(({ volunteer, activity }) => volunteer !== undefined || activity !== undefined, {
        path: ['volunteer'],
        message: '需要 volunteer 或 activity / volunteer or activity is required',
      }),
    answer: pageOf(answer),
    problems: ['invalid-cursor'],
  }),
  readHours: route({
    key: 'GET /hours/{id}',
    access: 'token',
    summary: { en: 'One entry', zh: '查看服务时长' },
    params: byId,
    answer,
    versioned: true,
    problems: ['not-found'],
  }),
  verifyHours: route({
    key: 'POST /hours/{id}/verify',
    access: 'token',
    summary: { en: 'Confirm an entry; from now on it counts', zh: '查验服务时长' },
    params: byId,
    answer,
    versioned: true,
    problems: [...changeProblems, 'own-entry', 'other-organisation-required', 'activity-not-open'],
  }),
  rejectHours: route({
    key: 'POST /hours/{id}/reject',
    access: 'token',
    summary: { en: 'Do not accept an entry', zh: '驳回服务时长' },
    params: byId,
    body: z.strictObject({ reason: officialText(200) }),
    answer,
    versioned: true,
    problems: [...changeProblems, 'own-entry', 'other-organisation-required'],
  }),
  correctHours: route({
    key: 'POST /hours/{id}/correct',
    access: 'token',
    summary: { en: 'Correct an entry; it waits to be verified again', zh: '更正服务时长' },
    params: byId,
    body: z
      .strictObject({
        serviceDate: localDate.optional(),
        attendedMinutes: minutes.optional(),
        creditedMinutes: minutes.optional(),
        reason: officialText(200),
      })
      .refine((changes) => Object.keys(changes).length > 1, {
        message: '至少更正一项 / correct at least one field',
      }),
    answer,
    versioned: true,
    problems: [
      ...changeProblems,
      'invalid-value',
      'service-date-in-future',
      'service-date-outside-activity',
    ],
  }),
  voidHours: route({
    key: 'POST /hours/{id}/void',
    access: 'token',
    summary: { en: 'Strike an entry out; the row stays with its reason', zh: '作废服务时长' },
    params: byId,
    body: z.strictObject({ reason: officialText(200) }),
    answer,
    versioned: true,
    problems: changeProblems,
  }),
  objectHours: route({
    key: 'POST /hours/{id}/object',
    access: 'token',
    summary: { en: 'Object to an entry about yourself', zh: '对本人服务时长提出异议' },
    params: byId,
    body: z.strictObject({ reason: officialText(200) }),
    answer,
    versioned: true,
    problems: changeProblems,
  }),
} satisfies Contract;
