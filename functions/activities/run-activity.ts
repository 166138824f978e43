import type { Activity } from '../../events/activities.ts';
import type { Role } from '../../events/envelope.ts';
import { withinNamedAreas } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { mayRun } from './policy.ts';

/** Whoever runs the organisation's activities runs this one, unless their token leaves its area out. */
export const mayRunThis = async (
  actor: Actor,
  { organisationId, areaId }: Activity,
): Promise<Role | undefined> =>
  mayRun(actor, organisationId, { inArea: await withinNamedAreas(actor, areaId) });

/** Runs a command on the activity a path names; whoever runs the activity may, unless said otherwise. */
export const runActivity = async (
  request: Execution<'activity'>['request'] & {
    readonly actor: Actor;
    readonly params: { readonly id: string };
  },
  decide: Execution<'activity'>['decide'],
  authorise: Execution<'activity'>['authorise'] = (activity) => mayRunThis(request.actor, activity),
) => {
  const { id } = request.params;
  const { state, version } = await aggregate('activity').execute(id, {
    request,
    authorise,
    decide,
  });
  return { body: { id, ...state, version }, version };
};
