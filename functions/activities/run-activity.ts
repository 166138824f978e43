import type { Activity } from '../../events/activities.ts';
import type { Fact } from '../../events/catalogue.ts';
import type { Role } from '../../events/envelope.ts';
import { withinNamedAreas } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { type Execution, execute } from '../ledger/execute.ts';
import { evolve } from './decider.ts';
import { mayRun } from './policy.ts';

/** Whoever runs the organisation's activities runs this one, unless their token leaves its area out. */
export const mayRunThis = async (
  actor: Actor,
  { organisationId, areaId }: Activity,
): Promise<Role | undefined> =>
  mayRun(actor, organisationId, { inArea: await withinNamedAreas(actor, areaId) });

/** Runs a command on the activity a path names; whoever runs the activity may, unless said otherwise. */
export const runActivity = async (
  request: Execution<Activity>['request'] & {
    readonly actor: Actor;
    readonly params: { readonly id: string };
  },
  decide: (activity: Activity) => Fact | null | Promise<Fact | null>,
  authorise: Execution<Activity>['authorise'] = (activity) => mayRunThis(request.actor, activity),
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
