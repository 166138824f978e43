import type { Activity } from '../../events/activities.ts';
import { professionalOutputs } from '../totals/hidden-figures.ts';

/**
 * An activity as everybody may see it: without what professionals did for people, which of one activity may
 * be about one person. Staff read it from the outcome.
 */
export const asPublicSees = <Shown extends Pick<Activity, 'outcome'>>(activity: Shown): Shown => {
  const { outcome } = activity;
  if (!outcome) return activity;
  const hidden = new Set(professionalOutputs());
  const outputs = Object.entries(outcome.outputs).filter(([key]) => !hidden.has(key));
  return { ...activity, outcome: { ...outcome, outputs: Object.fromEntries(outputs) } };
};
