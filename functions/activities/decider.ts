import type { Activity, Outcome } from '../../events/activities.ts';
import type { Campaign } from '../../events/campaigns.ts';
import type { Fact } from '../../events/catalogue.ts';
import { computedFigures, scaleOf } from '../../events/outputs.ts';
import { checkStatus, type Pointer, Rejection } from '../refusals/decision.ts';

/** The fields set when publishing. The others are set later. */
export type Plan = Omit<Activity, 'status' | 'outcome' | 'rejection' | 'enteredBy'>;

const yearOf = ({ startsOn }: Plan): string => startsOn.slice(0, 4);

/** An activity lies within one year. @throws Rejection `invalid-period` */
const checkPeriod = (plan: Plan): void => {
  if (plan.endsOn < plan.startsOn || plan.endsOn.slice(0, 4) !== yearOf(plan))
    throw new Rejection('invalid-period', {}, '#/endsOn');
};

/**
 * The campaign of its year must be open and contain the theme.
 * @throws Rejection `campaign-closed`, `campaign-not-open`, `theme-not-planned`
 */
const checkTheme = (plan: Plan, campaign: Campaign | undefined): void => {
  const year = yearOf(plan);
  if (campaign?.status === 'closed') throw new Rejection('campaign-closed', { year }, '#/startsOn');
  if (campaign?.status !== 'open') throw new Rejection('campaign-not-open', { year }, '#/startsOn');
  const planned = [...campaign.themes, ...campaign.routines];
  if (!planned.some(({ key }) => key === plan.theme))
    throw new Rejection('theme-not-planned', { year, theme: plan.theme }, '#/theme');
};

/** The states in which an activity is its organiser's to change, cancel and report on. */
const withOrganiser = ['published', 'rejected'] as const;

export const publish = (plan: Plan, campaign: Campaign | undefined): Fact<'ActivityPublished'> => {
  checkPeriod(plan);
  checkTheme(plan, campaign);
  return {
    type: 'ActivityPublished',
    data: {
      activity: { ...plan, status: 'published', outcome: null, rejection: null, enteredBy: [] },
    },
  };
};

/** Whether a plan counts for another theme or another year than before. */
export const changesTheme = (before: Plan, after: Plan): boolean =>
  before.theme !== after.theme || yearOf(before) !== yearOf(after);

/**
 * An activity keeps its theme for as long as nobody changes it, also when its year is closed.
 * @throws Rejection `illegal-transition` unless its organiser has it, or what publishing throws
 */
export const revise = (
  activity: Activity,
  changes: Partial<Plan>,
  campaign: Campaign | undefined,
): Fact<'ActivityRevised'> => {
  checkStatus(activity, 'revise', ...withOrganiser);
  const revised = { ...activity, ...changes };
  checkPeriod(revised);
  if (changesTheme(activity, revised)) checkTheme(revised, campaign);
  return { type: 'ActivityRevised', data: { activity: revised } };
};

/** @throws Rejection `illegal-transition` unless its organiser has it */
export const cancel = (activity: Activity, reason: string): Fact<'ActivityCancelled'> => {
  checkStatus(activity, 'cancel', ...withOrganiser);
  return {
    type: 'ActivityCancelled',
    data: { activity: { ...activity, status: 'cancelled' }, reason },
  };
};

/** What is reported: a quantity alone is a counted one. */
export interface Report {
  readonly beneficiaries: Outcome['beneficiaries'];
  readonly outputs: Readonly<Record<string, number | Outcome['outputs'][string]>>;
}

/** All figures of an activity count in the month it begins in. */
const maxReportedDays = 31;

const daysOf = ({ startsOn, endsOn }: Activity): number =>
  (Date.parse(endsOn) - Date.parse(startsOn)) / 86_400_000 + 1;

const pointerTo = (key: string): Pointer =>
  `#/outputs/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * The outcome in a report.
 * @throws Rejection `figure-is-computed`, `unknown-reference`, `invalid-value` for an output, and
 * `outcome-over-many-days` for figures of more than `maxReportedDays` days
 */
const outcomeOf = (
  activity: Activity,
  { beneficiaries, outputs }: Report,
  knownOutputs: ReadonlySet<string>,
): Outcome => {
  const reported: Outcome['outputs'] = {};
  for (const [key, output] of Object.entries(outputs)) {
    const { quantity, basis = 'counted' } =
      typeof output === 'number' ? { quantity: output } : output;
    if (computedFigures.has(key)) throw new Rejection('figure-is-computed', {}, pointerTo(key));
    if (!knownOutputs.has(key))
      throw new Rejection('unknown-reference', { what: 'output', id: key }, pointerTo(key));
    if (scaleOf(key) === 1 && !Number.isInteger(quantity))
      throw new Rejection(
        'invalid-value',
        { zh: '须为整数；只有公斤数可有一位小数。', en: 'Only kilograms have a decimal.' },
        pointerTo(key),
      );
    reported[key] = { quantity, basis };
  }
  const isReported = Object.keys(reported).length > 0;
  const days = daysOf(activity);
  if (days > maxReportedDays && (isReported || beneficiaries !== null))
    throw new Rejection(
      'outcome-over-many-days',
      { days, max: maxReportedDays },
      isReported ? '#/outputs' : '#/beneficiaries',
    );
  return { beneficiaries, outputs: reported };
};

/** Who reports, and which outputs the district has. */
interface Reporting {
  readonly actorId: string;
  readonly knownOutputs: ReadonlySet<string>;
}

const enteredAlsoBy = ({ enteredBy }: Activity, actorId: string): Activity['enteredBy'] => [
  ...new Set([...enteredBy, actorId]),
];

/**
 * @param today the local date of the command
 * @throws Rejection `illegal-transition` unless its organiser has it, `activity-not-ended` before its
 * last day, or what `outcomeOf` throws
 */
export const complete = (
  activity: Activity,
  report: Report,
  { today, actorId, knownOutputs }: Reporting & { readonly today: string },
): Fact<'ActivityCompleted'> => {
  checkStatus(activity, 'complete', ...withOrganiser);
  if (today < activity.endsOn)
    throw new Rejection('activity-not-ended', { endsOn: activity.endsOn });
  return {
    type: 'ActivityCompleted',
    data: {
      activity: {
        ...activity,
        status: 'completed',
        outcome: outcomeOf(activity, report, knownOutputs),
        rejection: null,
        enteredBy: enteredAlsoBy(activity, actorId),
      },
    },
  };
};

/** @throws Rejection `illegal-transition` unless it is completed */
export const verify = (activity: Activity): Fact<'ActivityVerified'> => {
  checkStatus(activity, 'verify', 'completed');
  return { type: 'ActivityVerified', data: { activity: { ...activity, status: 'verified' } } };
};

/**
 * Sends a reported outcome back to the organiser, who reports again. The outcome stays to be seen.
 * @throws Rejection `illegal-transition` unless it is completed
 */
export const reject = (activity: Activity, reason: string): Fact<'ActivityRejected'> => {
  checkStatus(activity, 'reject', 'completed');
  return {
    type: 'ActivityRejected',
    data: { activity: { ...activity, status: 'rejected', rejection: reason }, reason },
  };
};

/**
 * Changes a reported outcome, which then waits to be verified. What the report leaves out stays.
 * @throws Rejection `illegal-transition` unless it is completed or verified, or what `outcomeOf` throws
 */
export const correct = (
  activity: Activity,
  changes: Partial<Report>,
  { reason, actorId, knownOutputs }: Reporting & { readonly reason: string },
): Fact<'ActivityCorrected'> => {
  checkStatus(activity, 'correct', 'completed', 'verified');
  const before = activity.outcome ?? { beneficiaries: null, outputs: {} };
  const outcome = outcomeOf(activity, { ...before, ...changes }, knownOutputs);
  return {
    type: 'ActivityCorrected',
    data: {
      activity: {
        ...activity,
        status: 'completed',
        outcome,
        enteredBy: enteredAlsoBy(activity, actorId),
      },
      before,
      reason,
    },
  };
};
