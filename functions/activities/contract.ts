import * as z from 'zod';
import {
  activity,
  inOrderOfKeys,
  outcome,
  outputKey,
  outputQuantity,
  reportedOutput,
  risk,
} from '../../events/activities.ts';
import { areaId, localDate, themeKey, uuid } from '../../events/envelope.ts';
import { entry, sheetId } from '../../events/participation.ts';
import { shownSums } from '../../events/sheet-sums.ts';
import { type Contract, month, pageOf, paging, route } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';

/**
 * The public view of an activity. Nobody sees in it who reported its outcome, nor what professionals did for
 * people.
 */
const answer = z
  .object({
    id: uuid,
    ...activity.omit({ enteredBy: true, areasAbove: true }).shape,
    version: z.int(),
  })
  .meta({ id: 'Activity', description: 'An activity as everybody may see it.' });

const insured = (value: z.output<typeof risk>): boolean =>
  value.level === 'ordinary' || value.insurance !== null;

const plan = {
  title: officialText(80),
  content: officialText(1000),
  theme: themeKey,
  areaId,
  recordingUnitId: uuid,
  teamId: uuid.nullable().describe('An active team of the organisation.'),
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
    })
    .meta({
      id: 'RiskInput',
      description: 'The risk of an activity; a high one needs an insurance.',
    }),
};

const output = z
  .union(
    [
      outputQuantity,
      z
        .strictObject(reportedOutput.shape)
        .meta({ id: 'OutputInput', description: 'A quantity, and how it was found.' }),
    ],
    '须为数量，或数量及其统计方式 / must be a quantity, or an object with `quantity` and `basis`',
  )
  .describe('A number alone is a counted quantity.');

const report = {
  beneficiaries: z
    .strictObject(outcome.shape.beneficiaries.unwrap().shape)
    .meta({ id: 'BeneficiariesInput', description: 'The people who were served.' })
    .nullable(),
  outputs: z.record(outputKey, output).overwrite(inOrderOfKeys),
};

const unfitReports = [
  'figure-is-computed',
  'unknown-reference',
  'invalid-value',
  'outcome-over-many-days',
] as const;

const byId = z.strictObject({ id: uuid });

/** An activity in the calendar. */
const feedEntry = z.object({
  id: uuid,
  version: z.int(),
  changedAt: z.iso.datetime(),
  place: z.string().describe('The name of the area.'),
  ...activity.pick({
    title: true,
    content: true,
    startsOn: true,
    endsOn: true,
    status: true,
    theme: true,
  }).shape,
});

export const activities = {
  publishActivity: route({
    key: 'POST /activities',
    access: 'token',
    summary: { en: 'Publish an activity', zh: '发布活动' },
    body: z.strictObject({
      ...plan,
      organisationId: uuid,
      recordingUnitId: uuid.optional(),
      teamId: plan.teamId.default(null),
      partnerIds: plan.partnerIds.default([]),
      responsibleId: plan.responsibleId.default(null),
    }),
    status: 201,
    answer,
    versioned: true,
    problems: [
      'unknown-reference',
      'invalid-value',
      'invalid-period',
      'campaign-not-open',
      'campaign-closed',
      'theme-not-planned',
    ],
  }),
  listActivities: route({
    key: 'GET /activities',
    access: 'public',
    summary: { en: 'Activities by first day; `month` is the month they begin in', zh: '活动列表' },
    query: z.strictObject({
      month: month.optional(),
      areaId: areaId.optional(),
      theme: themeKey.optional(),
      status: activity.shape.status.optional(),
      organisationId: uuid.optional(),
      teamId: uuid.optional(),
      partnerId: uuid.optional(),
      responsibleId: uuid.optional(),
      ...paging,
    }),
    answer: pageOf(answer),
    problems: ['invalid-cursor'],
  }),
  activityFeed: route({
    key: 'GET /feeds/activities.ics',
    access: 'public',
    summary: {
      en: 'Activities as a calendar to subscribe to: those of the last month and all to come, 500 at most',
      zh: '活动日历订阅',
    },
    query: z.strictObject({ areaId: areaId.optional() }),
    only: 'text/calendar',
    answer: z.object({ name: z.string(), activities: z.array(feedEntry) }),
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
  readOutcome: route({
    key: 'GET /activities/{id}/outcome',
    access: 'token',
    summary: {
      en: 'All that was reported of an activity, also what professionals did for people',
      zh: '查看活动成果（含专业服务）',
    },
    params: byId,
    answer: z
      .object({
        id: uuid,
        status: activity.shape.status,
        outcome: activity.shape.outcome,
        version: z.int(),
      })
      .meta({ id: 'ActivityOutcome', description: 'What was reported of an activity, for staff.' }),
    versioned: true,
    problems: ['not-found'],
  }),
  activityPage: route({
    key: 'GET /pages/activities/{id}',
    access: 'session',
    summary: { en: 'An activity with its sheets, for staff', zh: '活动及其签到表' },
    params: byId,
    query: z.strictObject({
      sheet: sheetId.optional().describe('The sheet of which the sums are shown.'),
    }),
    only: 'text/html',
    answer: z.object({
      id: uuid,
      ...activity.pick({
        title: true,
        theme: true,
        areaId: true,
        organisationId: true,
        startsOn: true,
        endsOn: true,
        status: true,
        outcome: true,
        rejection: true,
      }).shape,
      sheets: z.array(
        z.object({
          id: sheetId,
          serviceDate: localDate,
          number: z.int(),
          read: z
            .object({
              sums: shownSums,
              lines: z.array(entry.pick({ status: true, verifiedBy: true })),
            })
            .nullable()
            .describe('Null when it was not read, or when the reader may not read it.'),
        }),
      ),
    }),
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
      'invalid-value',
      'invalid-period',
      'campaign-not-open',
      'campaign-closed',
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
      beneficiaries: report.beneficiaries.default(null),
      outputs: report.outputs.default({}),
    }),
    answer,
    versioned: true,
    problems: [
      'not-found',
      'illegal-transition',
      'stale-version',
      'activity-not-ended',
      ...unfitReports,
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
  rejectActivity: route({
    key: 'POST /activities/{id}/reject',
    access: 'token',
    summary: { en: 'Send what was reported back to the organiser', zh: '驳回活动成果' },
    params: byId,
    body: z.strictObject({ reason: officialText(200) }),
    answer,
    versioned: true,
    problems: ['not-found', 'illegal-transition', 'stale-version', 'own-entry'],
  }),
  correctActivity: route({
    key: 'POST /activities/{id}/correct',
    access: 'token',
    summary: {
      en: 'Correct what was reported; it waits to be verified again',
      zh: '更正活动成果（须重新查验）',
    },
    params: byId,
    body: z
      .strictObject({ ...z.strictObject(report).partial().shape, reason: officialText(200) })
      .refine(
        ({ beneficiaries, outputs }) => beneficiaries !== undefined || outputs !== undefined,
        {
          message: '至少更改一项 / change at least one field',
        },
      ),
    answer,
    versioned: true,
    problems: ['not-found', 'illegal-transition', 'stale-version', ...unfitReports],
  }),
} satisfies Contract;
