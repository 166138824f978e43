import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import type { activities } from './contract.ts';
import { mayReadOutcome } from './policy.ts';

/** All that was reported of an activity, for those who verify and explain it. */
export const readOutcome: UseCase<typeof activities.readOutcome> = async ({
  actor,
  params: { id },
}) => {
  if (!mayReadOutcome(actor)) throw new Rejection('forbidden');
  const { state, version } = await aggregate('activity').get(id);
  return { body: { id, status: state.status, outcome: state.outcome, version }, version };
};
