import type { Activity } from '../../events/activities.ts';
import type { Role } from '../../events/envelope.ts';
import { ofKnownOrganisation, withinNamedAreas } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate, type Execution, type FactOf } from '../ledger/aggregate.ts';
import type { WithSheets } from '../sheets/sheets-of-activity.ts';
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
type CommandOnActivity = Execution<'activity'>['request'] & {
  readonly actor: Actor;
  readonly params: { readonly id: string };
};

/** Runs a command on the activity that a path names. By default the actor must be allowed to run it. */
export const runActivity = async (
  request: CommandOnActivity,
  decide: Execution<'activity'>['decide'],
  authorise: Execution<'activity'>['authorise'] = (activity) => mayRunThis(request.actor, activity),
  more: Pick<Execution<'activity'>, 'alsoAppend' | 'alsoWrite'> = {},
) => {
  const { id } = request.params;
  const { state, version } = await aggregate('activity').execute(id, {
    request,
    authorise,
    decide,
    ...more,
  });
  return { body: { id, ...state, version }, version };
};

/** `runActivity` for a command that is written together with events on the activity's sheets. */
export const runWithSheets = (
  request: CommandOnActivity,
  decide: (activity: Activity) => Promise<{
    readonly fact: FactOf<'activity'> | null;
    readonly withSheets?: WithSheets;
  }>,
  authorise?: Execution<'activity'>['authorise'],
) => {
  let decided: WithSheets | undefined;
  return runActivity(
    request,
    async (activity) => {
      const { fact, withSheets } = await decide(activity);
      decided = withSheets;
      return fact;
    },
    authorise,
    {
      alsoAppend: async () => decided?.appends ?? [],
      alsoWrite: async () => decided?.writes ?? [],
    },
  );
};
