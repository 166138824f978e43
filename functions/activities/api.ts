import { serve } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { openSession } from '../session/session.ts';
import { activityFeed } from './activity-feed.ts';
import { activityPage } from './activity-on-page.ts';
import { renderActivity } from './activity-page.ts';
import { renderCalendar } from './calendar.ts';
import { cancelActivity } from './cancel-activity.ts';
import { completeActivity } from './complete-activity.ts';
import { activities } from './contract.ts';
import { correctActivity } from './correct-activity.ts';
import { listActivities } from './list-activities.ts';
import { asPublicSees } from './public-view.ts';
import { publishActivity } from './publish-activity.ts';
import { readOutcome } from './read-outcome.ts';
import { rejectActivity } from './reject-activity.ts';
import { reviseActivity } from './revise-activity.ts';
import { verifyActivity } from './verify-activity.ts';

export const handler = serve(
  activities,
  {
    publishActivity,
    reviseActivity,
    cancelActivity,
    completeActivity,
    verifyActivity,
    rejectActivity,
    correctActivity,
    listActivities,
    activityFeed,
    readActivity: async ({ params: { id } }) => {
      const { state, version } = await aggregate('activity').get(id);
      return { body: { id, ...asPublicSees(state), version }, version };
    },
    readOutcome,
    activityPage,
  },
  {
    activityFeed: { 'text/calendar': renderCalendar },
    activityPage: { 'text/html': renderActivity },
  },
  openSession,
);
