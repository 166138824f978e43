import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import {
  actorId,
  areaId,
  define,
  localDate,
  reason,
  responsibleId,
  stringKinds,
  text,
  themeKey,
  uuid,
} from './envelope.ts';

/** The key of an output in the common catalogue or in the district's own. */
export const outputKey = z.string().max(60).register(stringKinds, { kind: 'code' });

const basis = z.enum(['counted', 'estimated']).meta({
  id: 'Basis',
  description: 'How a number was found. Counted and estimated numbers are never added together.',
});

/** In the output's unit, with one decimal at most; only what is weighed has one. */
export const outputQuantity = z
  .number()
  .min(0)
  .max(10_000_000)
  .multipleOf(0.1, '最多一位小数 / must have at most one decimal');

export const reportedOutput = z
  .object({ quantity: outputQuantity, basis })
  .meta({ id: 'ReportedOutput', description: 'A quantity, and how it was found.' });

/** DynamoDB keeps no order of a map's keys. In one order, a repeated command has the same answer. */
export const inOrderOfKeys = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The result of an activity, as reported when it is completed or corrected later. */
export const outcome = z
  .object({
    beneficiaries: z
      .object({
        count: z.int().min(0).max(1_000_000).describe('How many people were served.'),
        basis,
      })
      .meta({ id: 'Beneficiaries', description: 'The people who were served.' })
      .nullable(),
    outputs: z.record(outputKey, reportedOutput).overwrite(inOrderOfKeys),
  })
  .meta({ id: 'Outcome', description: 'What came of an activity, as it was reported.' });
export type Outcome = Readonly<z.infer<typeof outcome>>;

export const risk = z
  .object({
    level: z
      .enum(['ordinary', 'high'])
      .meta({ id: 'RiskLevel', description: 'How dangerous an activity is.' }),
    notice: text(400).describe('What a volunteer must know before signing up.'),
    insurance: text(120)
      .nullable()
      .describe('The accident insurance; a high-risk activity is not published without one.'),
  })
  .meta({ id: 'Risk', description: 'The risk of an activity.' });

export const activity = z
  .object({
    title: text(80),
    content: text(1000),
    theme: themeKey,
    areaId,
    areasAbove: z
      .array(areaId)
      .max(2)
      .describe('The areas that contain it in the year of `startsOn`, nearest first.'),
    organisationId: uuid.describe('The organisation that runs the activity.'),
    recordingUnitId: uuid.describe(
      'The organisation that answers for the service record, usually the residents’ committee.',
    ),
    teamId: uuid.nullable().describe('The organisation’s team that holds it; null when none does.'),
    partnerIds: z.array(uuid).max(20),
    responsibleId: responsibleId.nullable(),
    startsOn: localDate,
    endsOn: localDate,
    risk,
    status: z.enum(['published', 'cancelled', 'completed', 'rejected', 'verified']).meta({
      id: 'ActivityStatus',
      description:
        'A `rejected` outcome was sent back to the organiser, who reports again or cancels.',
    }),
    outcome: outcome.nullable(),
    rejection: reason
      .nullable()
      .describe('Why the outcome was sent back; null unless it is rejected.'),
    enteredBy: z
      .array(actorId)
      .describe('Everybody who reported or corrected the outcome. None of them verifies it.'),
  })
  .meta({ id: 'ActivityState', description: 'An activity after an event.' });
export type Activity = Readonly<z.infer<typeof activity>>;

const published: Activity = {
  title: '红旗社区义诊',
  content: '为居民测血压、测血糖，发放健康手册',
  theme: 'FREE_CLINIC',
  areaId: 'hongqi-01',
  areasAbove: ['hongqi', 'demo'],
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  recordingUnitId: '0198c0de-0000-7000-8000-0000000000a1',
  teamId: null,
  partnerIds: ['0198c0de-0000-7000-8000-0000000000a2'],
  responsibleId: null,
  startsOn: '2025-10-18',
  endsOn: '2025-10-18',
  risk: { level: 'ordinary', notice: '站立时间较长', insurance: null },
  status: 'published',
  outcome: null,
  rejection: null,
  enteredBy: [],
};
const completed: Activity = {
  ...published,
  status: 'completed',
  outcome: {
    beneficiaries: { count: 80, basis: 'counted' },
    outputs: {
      bloodPressureChecks: { quantity: 80, basis: 'counted' },
      glucoseChecks: { quantity: 80, basis: 'counted' },
      healthHandbooks: { quantity: 200, basis: 'estimated' },
    },
  },
  enteredBy: ['organiser-1'],
};
const before: Outcome = { beneficiaries: { count: 800, basis: 'counted' }, outputs: {} };

export const activityEvents = {
  ActivityPublished: define(aggregates.activity, {
    summary: { en: 'An activity was published', zh: '活动已发布' },
    data: z.object({ activity }),
    example: { activity: published },
  }),
  ActivityRevised: define(aggregates.activity, {
    summary: { en: 'A published activity was changed', zh: '活动已修订' },
    data: z.object({ activity }),
    example: { activity: { ...published, title: '红旗社区秋季义诊' } },
  }),
  ActivityCancelled: define(aggregates.activity, {
    summary: { en: 'An activity will not take place', zh: '活动已取消' },
    data: z.object({ activity, reason }),
    example: { activity: { ...published, status: 'cancelled' }, reason: '暴雨预警' },
  }),
  ActivityCompleted: define(aggregates.activity, {
    summary: { en: 'An activity ended; its outcome was reported', zh: '活动已结束并填报成果' },
    data: z.object({ activity }),
    example: { activity: completed },
  }),
  ActivityVerified: define(aggregates.activity, {
    summary: { en: 'The reported outcome was verified', zh: '活动成果已查验' },
    data: z.object({ activity }),
    example: { activity: { ...completed, status: 'verified' } },
  }),
  ActivityRejected: define(aggregates.activity, {
    summary: { en: 'The reported outcome was sent back', zh: '活动成果已驳回' },
    data: z.object({ activity, reason }),
    example: {
      activity: { ...completed, status: 'rejected', rejection: '人数与签到表不符' },
      reason: '人数与签到表不符',
    },
  }),
  ActivityCorrected: define(aggregates.activity, {
    summary: { en: 'A reported outcome was corrected', zh: '活动成果已更正' },
    data: z
      .object({ activity, before: outcome, reason })
      .describe(
        '`before` is the outcome that was reported before. The new one waits to be verified.',
      ),
    example: {
      activity: { ...completed, enteredBy: ['organiser-1', 'organiser-2'] },
      before,
      reason: '人数多录了一个零',
    },
  }),
};
