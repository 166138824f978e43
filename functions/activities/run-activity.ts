import type { Activity } from '../../events/activities.ts';
import type { Fact } from '../../events/catalogue.ts';
import type { Role } from '../../events/envelope.ts';
import type { Actor } from '../shared/actor.ts';
import { type Execution, execute } from '../shared/execute.ts';
import { evolve } from './decider.ts';
import { mayRun } from './policy.ts';

/** Runs a command on the activity a path names; whoever runs the activity may, unless said otherwise. */
export const runActivity = async (
  request: Execution<Activity>['request'] & {
    readonly actor: Actor;
    readonly params: { readonly id: string };
  },
  decide: (activity: Activity) => Fact | null | Promise<Fact | null>,
  authorise: (activity: Activity) => Role | undefined = (activity) =>
    mayRun(request.actor, activity.organisationId),
) => {
  const { id } = request.params;
  const { state, version } = await execute({
    stream: { type: 'activity', id },
    evolve,
    request,
    authorise,
    decide,
  });
  return { body: { id, ...state, version }, version };
};
