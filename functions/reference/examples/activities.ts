import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { ids, page } from './samples.ts';

const { activity: published } = catalogue.ActivityPublished.example;
const { activity: completed } = catalogue.ActivityCompleted.example;
const { activity: rejected } = catalogue.ActivityRejected.example;
const shown = { id: ids.activity, ...published, version: 1 };
const withOutcome = { ...shown, ...completed, version: 2 };
const outcome = {
  beneficiaries: { count: 80, basis: 'counted' },
  outputs: { bloodPressureChecks: 80, healthHandbooks: { quantity: 200, basis: 'estimated' } },
} as const;
const reason = '暴雨预警';

export const activities = {
  bodies: {
    publishActivity: {
      title: '红旗社区义诊',
      content: '为居民测血压、测血糖，发放健康手册',
      theme: 'FREE_CLINIC',
      areaId: 'hongqi-01',
      organisationId: ids.organisation,
      partnerIds: [ids.partner],
      startsOn: '2025-10-18',
      endsOn: '2025-10-18',
      risk: { level: 'ordinary', notice: '站立时间较长' },
    },
    reviseActivity: { startsOn: '2025-10-25', endsOn: '2025-10-25' },
    cancelActivity: { reason },
    completeActivity: outcome,
    rejectActivity: { reason: '人数与签到表不符' },
    correctActivity: { ...outcome, reason: '人数多录了一个零' },
  },
  answers: {
    publishActivity: shown,
    listActivities: page(shown),
    activityFeed: { name: '志愿服务活动', activities: [] },
    readActivity: withOutcome,
    readOutcome: {
      ...{ id: ids.activity, status: 'completed', version: 2 },
      outcome: completed.outcome,
    },
    reviseActivity: { ...shown, startsOn: '2025-10-25', endsOn: '2025-10-25', version: 2 },
    cancelActivity: { ...shown, status: 'cancelled', version: 2 },
    completeActivity: withOutcome,
    verifyActivity: { ...withOutcome, status: 'verified', version: 3 },
    rejectActivity: { ...withOutcome, ...rejected, version: 3 },
    correctActivity: { ...withOutcome, version: 3 },
  },
} satisfies ExamplesOf<(typeof contracts)['activities']>;
