import type { Fact } from '../../events/catalogue.ts';
import type { Role } from '../../events/envelope.ts';
import type { Hours } from '../../events/participation.ts';
import { type Execution, execute } from '../ledger/execute.ts';
import { evolve } from './decider.ts';
import { mayChangeAny } from './policy.ts';

/** Runs a command on the entry a path names. */
export const changeHours = async (
  request: Execution<Hours>['request'] & { readonly params: { readonly id: string } },
  authorise: (hours: Hours) => Promise<Role | undefined>,
  decide: (hours: Hours) => Fact | null | Promise<Fact | null>,
) => {
  const { id } = request.params;
  const { state, version } = await execute({
    stream: { type: 'hours', id },
    evolve,
    request,
    authorise,
    authoriseAbsent: () => mayChangeAny(request.actor),
    decide,
  });
  return { body: { id, ...state, version }, version };
};
