import { serve } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { cancelActivity } from './cancel-activity.ts';
import { completeActivity } from './complete-activity.ts';
import { activities } from './contract.ts';
import { listActivities } from './list-activities.ts';
import { publishActivity } from './publish-activity.ts';
import { reviseActivity } from './revise-activity.ts';
import { verifyActivity } from './verify-activity.ts';

export const handler = serve(activities, {
  publishActivity,
  reviseActivity,
  cancelActivity,
  completeActivity,
  verifyActivity,
  listActivities,
  readActivity: async ({ params: { id } }) => {
    const { state, version } = await aggregate('activity').get(id);
    return { body: { id, ...state, version }, version };
  },
});
