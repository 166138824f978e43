import * as z from 'zod';
import { activity, outcome, risk } from '../../events/activities.ts';
import { areaId, localDate, themeKey, uuid } from '../../events/envelope.ts';
import { type Contract, month, pageOf, paging, route } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';

/** The public view of an activity. Only auditors see who reported it. */
const answer = z.object({
  id: uuid,
  ...activity.omit({ completedBy: true }).shape,
  version: z.int(),
});

const insured = (value: z.output<typeof risk>): boolean =>
  value.level === 'ordinary' || value.insurance !== null;

const plan = {
  title: officialText(80),
  content: officialText(1000),
  theme: themeKey,
  areaId,
  recordingUnitId: uuid,
  partnerIds: z
    .array(uuid)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, { message: '不得重复 / no repeats' }),
  responsibleId: uuid.nullable(),
  startsOn: localDate,
  endsOn: localDate,
  risk: z
    .strictObject({
      level: risk.shape.level,
      notice: officialText(400),
      insurance: officialText(120).nullable().default(null),
    })
    .refine(insured, {
      path: ['insurance'],
      message: '高风险活动须注明意外保险 / a high-risk activity needs its accident insurance noted',
    }),
};

const byId = z.strictObject({ id: uuid });

export const activities = {
  publishActivity: route({
    key: 'POST /activities',
    access: 'token',
    summary: { en: 'Publish an activity', zh: '发布活动' },
    body: z.strictObject({
      ...plan,
      organisationId: uuid,
      recordingUnitId: uuid.optional(),
      partnerIds: plan.partnerIds.default([]),
      responsibleId: plan.responsibleId.default(null),
    }),
    status: 201,
    answer,
    versioned: true,
    problems: ['unknown-reference', 'invalid-period', 'campaign-not-open', 'theme-not-planned'],
  }),
  listActivities: route({
    key: 'GET /activities',
    access: 'public',
    summary: { en: 'Activities by first day; `month` is the month they begin in', zh: '活动列表' },
    query: z.strictObject({
      month: month.optional(),
      area: areaId.optional(),
      theme: themeKey.optional(),
      status: activity.shape.status.optional(),
      ...paging,
    }),
    answer: pageOf(answer),
    problems: ['invalid-cursor'],
  }),
  readActivity: route({
    key: 'GET /activities/{id}',
    access: 'public',
    summary: { en: 'One activity', zh: '查看活动' },
    params: byId,
    answer,
    versioned: true,
    problems: ['not-found'],
  }),
  reviseActivity: route({
    key: 'PATCH /activities/{id}',
    access: 'token',
    summary: { en: 'Change a published activity', zh: '修订活动' },
    params: byId,
    body: z
      .strictObject(plan)
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        message: '至少更改一项 / change at least one field',
      }),
    answer,
    versioned: true,
    problems: [
      'not-found',
      'illegal-transition',
      'stale-version',
      'unknown-reference',
      'invalid-period',
      'campaign-not-open',
      'theme-not-planned',
      'sheets-stand',
      'too-many-sheets',
    ],
  }),
  cancelActivity: route({
    key: 'POST /activities/{id}/cancel',
    access: 'token',
    summary: {
      en: 'Cancel a published activity, and strike out the hours entered for it',
      zh: '取消活动，并作废已录入的服务时长',
    },
    params: byId,
    body: z.strictObject({ reason: officialText(200) }),
    answer,
    versioned: true,
    problems: ['too-many-sheets', 'not-found', 'illegal-transition', 'stale-version'],
  }),
  completeActivity: route({
    key: 'POST /activities/{id}/complete',
    access: 'token',
    summary: { en: 'Report what came of an activity', zh: '办结活动并填报成果' },
    params: byId,
    body: z.strictObject({
      beneficiaries: z
        .strictObject(outcome.shape.beneficiaries.unwrap().shape)
        .nullable()
        .default(null),
      outputs: outcome.shape.outputs.default({}),
    }),
    answer,
    versioned: true,
    problems: [
      'not-found',
      'illegal-transition',
      'stale-version',
      'activity-not-ended',
      'unknown-reference',
    ],
  }),
  verifyActivity: route({
    key: 'POST /activities/{id}/verify',
    access: 'token',
    summary: { en: 'Confirm what was reported; from now on it counts', zh: '查验活动成果' },
    params: byId,
    answer,
    versioned: true,
    problems: ['not-found', 'illegal-transition', 'stale-version', 'own-entry'],
  }),
} satisfies Contract;
