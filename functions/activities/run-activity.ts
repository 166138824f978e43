import type { Activity } from '../../events/activities.ts';
import type { Role } from '../../events/envelope.ts';
import { ofKnownOrganisation, withinNamedAreas } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { mayRun, mayVerify } from './policy.ts';

/**
 * An activity is run by those who run its organisation's activities, unless their token names other
 * areas.
 */
export const mayRunThis = async (
  actor: Actor,
  { organisationId, areaId }: Activity,
): Promise<Role | undefined> =>
  mayRun(actor, organisationId, { inArea: await withinNamedAreas(actor, areaId) });

/** Only a verifier of an organisation that exists is known to be of another one. */
export const mayVerifyThis =
  (actor: Actor) =>
  async (activity: Activity): Promise<Role | undefined> =>
    mayVerify(await ofKnownOrganisation(actor), activity);

/** Runs a command on the activity that a path names. By default the actor must be allowed to run it. */
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
