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
const outputKey = z.string().max(60).register(stringKinds, { kind: 'code' });

/** DynamoDB keeps no order of a map's keys. In one order, a repeated command has the same answer. */
const inOrderOfKeys = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The result of an activity, as reported when it is completed. Quantities are whole and ≥ 0. */
export const outcome = z.object({
  beneficiaries: z
    .object({
      count: z.int().min(0).max(1_000_000),
      /** How the number was found. Counted and estimated numbers are never added together. */
      basis: z.enum(['counted', 'estimated']),
    })
    .nullable(),
  outputs: z.record(outputKey, z.int().min(0).max(10_000_000)).overwrite(inOrderOfKeys),
});

export const risk = z.object({
  level: z.enum(['ordinary', 'high']),
  /** What a volunteer must know before signing up. */
  notice: text(400),
  /** The accident insurance; a high-risk activity is not published without one. */
  insurance: text(120).nullable(),
});

export const activity = z.object({
  title: text(80),
  content: text(1000),
  theme: themeKey,
  areaId,
  /** The organisation that runs the activity. */
  organisationId: uuid,
  /** The organisation that answers for the service record, usually the residents' committee. */
  recordingUnitId: uuid,
  partnerIds: z.array(uuid).max(20),
  responsibleId: responsibleId.nullable(),
  startsOn: localDate,
  endsOn: localDate,
  risk,
  status: z.enum(['published', 'cancelled', 'completed', 'verified']),
  outcome: outcome.nullable(),
  completedBy: actorId.nullable(),
});
export type Activity = Readonly<z.infer<typeof activity>>;

const published: Activity = {
  title: '红旗社区义诊',
  content: '为居民测血压、测血糖，发放健康手册',
  theme: 'FREE_CLINIC',
  areaId: 'hongqi-01',
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  recordingUnitId: '0198c0de-0000-7000-8000-0000000000a1',
  partnerIds: ['0198c0de-0000-7000-8000-0000000000a2'],
  responsibleId: null,
  startsOn: '2025-10-18',
  endsOn: '2025-10-18',
  risk: { level: 'ordinary', notice: '站立时间较长', insurance: null },
  status: 'published',
  outcome: null,
  completedBy: null,
};
const completed: Activity = {
  ...published,
  status: 'completed',
  outcome: {
    beneficiaries: { count: 80, basis: 'counted' },
    outputs: { bloodPressureChecks: 80, glucoseChecks: 80, healthHandbooks: 200 },
  },
  completedBy: 'organiser-1',
};

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
};
