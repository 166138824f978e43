import type { Volunteer } from '../../events/volunteers.ts';
import { type Execution, execute } from '../ledger/execute.ts';
import { evolve } from './decider.ts';

/** There is no role of a machine: it acts for the district, under a name that no token has. */
const role = 'district-admin';
const sweeper = {
  id: 'leifeng:retention',
  roles: [role],
  organisationId: null,
  areaIds: [],
  volunteerId: '',
} as const;

/**
 * What time does to a record, whatever it is by now: decided on the Ledger.
 * @param at epoch milliseconds
 * @returns whether anything happened
 */
export const changeByTheClock = async (
  id: string,
  at: number,
  decide: (volunteer: Volunteer) => ReturnType<Execution<Volunteer>['decide']>,
  alongside?: Execution<Volunteer>['alongside'],
): Promise<boolean> => {
  let happened = false;
  await execute({
    stream: { type: 'volunteer', id },
    evolve,
    request: {
      actor: sweeper,
      at,
      correlationId: `retention-${new Date(at).toISOString().slice(0, 10)}`,
      idempotency: undefined,
      ifMatch: undefined,
    },
    authorise: () => role,
    decide: async (volunteer) => {
      const fact = await decide(volunteer);
      happened = fact !== null;
      return fact;
    },
    ...(alongside ? { alongside } : {}),
  });
  return happened;
};
