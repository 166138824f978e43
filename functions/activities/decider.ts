import type { Activity } from '../../events/activities.ts';
import type { Campaign } from '../../events/campaigns.ts';
import type { Fact } from '../../events/catalogue.ts';
import { Rejection } from '../refusals/decision.ts';

/** The fields given when publishing. The others are set later. */
export type Plan = Omit<Activity, 'status' | 'outcome' | 'completedBy'>;

/**
 * An activity lies within one year, whose campaign must be open and contain the theme.
 * @throws Rejection `invalid-period`, `campaign-not-open`, `theme-not-planned`
 */
const checkPlan = (plan: Plan, campaign: Campaign | undefined): void => {
  const year = plan.startsOn.slice(0, 4);
  if (plan.endsOn < plan.startsOn || plan.endsOn.slice(0, 4) !== year)
    throw new Rejection('invalid-period', {}, '#/endsOn');
  if (campaign?.status !== 'open') throw new Rejection('campaign-not-open', { year }, '#/startsOn');
  const planned = [...campaign.themes, ...campaign.routines];
  if (!planned.some(({ key }) => key === plan.theme))
    throw new Rejection('theme-not-planned', { year, theme: plan.theme }, '#/theme');
};

const checkStatus = (activity: Activity, action: string, ...from: Activity['status'][]): void => {
  if (!from.includes(activity.status))
    throw new Rejection('illegal-transition', { status: activity.status, action });
};

export const publish = (plan: Plan, campaign: Campaign | undefined): Fact<'ActivityPublished'> => {
  checkPlan(plan, campaign);
  return {
    type: 'ActivityPublished',
    data: { activity: { ...plan, status: 'published', outcome: null, completedBy: null } },
  };
};

/** @throws Rejection `illegal-transition` unless it is published, or what publishing throws */
export const revise = (
  activity: Activity,
  changes: Partial<Plan>,
  campaign: Campaign | undefined,
): Fact<'ActivityRevised'> => {
  checkStatus(activity, 'revise', 'published');
  const revised = { ...activity, ...changes };
  checkPlan(revised, campaign);
  return { type: 'ActivityRevised', data: { activity: revised } };
};

/** @throws Rejection `illegal-transition` unless it is published */
export const cancel = (activity: Activity, reason: string): Fact<'ActivityCancelled'> => {
  checkStatus(activity, 'cancel', 'published');
  return {
    type: 'ActivityCancelled',
    data: { activity: { ...activity, status: 'cancelled' }, reason },
  };
};

/**
 * @param today the local date of the command
 * @throws Rejection `illegal-transition` unless it is published, `activity-not-ended` before its
 * last day, `unknown-reference` for an output that is not in the catalogue
 */
export const complete = (
  activity: Activity,
  outcome: NonNullable<Activity['outcome']>,
  {
    today,
    actorId,
    knownOutputs,
  }: { today: string; actorId: string; knownOutputs: ReadonlySet<string> },
): Fact<'ActivityCompleted'> => {
  checkStatus(activity, 'complete', 'published');
  if (today < activity.endsOn)
    throw new Rejection('activity-not-ended', { endsOn: activity.endsOn });
  const unknown = Object.keys(outcome.outputs).find((key) => !knownOutputs.has(key));
  if (unknown !== undefined)
    throw new Rejection(
      'unknown-reference',
      { what: 'output', id: unknown },
      `#/outputs/${unknown.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    );
  return {
    type: 'ActivityCompleted',
    data: { activity: { ...activity, status: 'completed', outcome, completedBy: actorId } },
  };
};

/** @throws Rejection `illegal-transition` unless it is completed */
export const verify = (activity: Activity): Fact<'ActivityVerified'> => {
  checkStatus(activity, 'verify', 'completed');
  return { type: 'ActivityVerified', data: { activity: { ...activity, status: 'verified' } } };
};
