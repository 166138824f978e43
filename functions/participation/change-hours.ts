import type { Role } from '../../events/envelope.ts';
import type { Hours } from '../../events/participation.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { noEntry } from './no-entry.ts';
import { mayChangeAny } from './policy.ts';

/** Runs a command on the entry that a path names. */
export const changeHours = async (
  request: Execution<'hours'>['request'] & { readonly params: { readonly id: string } },
  authorise: (hours: Hours) => Promise<Role | undefined>,
  decide: Execution<'hours'>['decide'],
) => {
  const { id } = request.params;
  const { state, version } = await aggregate('hours').execute(id, {
    request,
    authorise,
    authoriseAbsent: async () => {
      await authorise(noEntry);
      return mayChangeAny(request.actor);
    },
    decide,
  });
  return { body: { id, ...state, version }, version };
};
