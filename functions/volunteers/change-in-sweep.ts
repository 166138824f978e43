import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';

/** There is no role for machines. The sweep acts in the district's role, under an id that no token has. */
const role = 'district-admin';
const sweeper = {
  id: 'leifeng:retention',
  roles: [role],
  organisationId: null,
  areaIds: [],
  volunteerId: '',
} as const;

/**
 * A change to a record that is due by time, decided on its state in the Ledger.
 * @param at epoch milliseconds
 * @returns whether there was a change
 */
export const changeInSweep = async (
  id: string,
  at: number,
  decide: (volunteer: Volunteer) => ReturnType<Execution<'volunteer'>['decide']>,
  alsoWrite?: Execution<'volunteer'>['alsoWrite'],
): Promise<boolean> => {
  let happened = false;
  await aggregate('volunteer').execute(id, {
    request: {
      actor: { ...sweeper, year: localYearOf(at, settings().timezone) },
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
    ...(alsoWrite ? { alsoWrite } : {}),
  });
  return happened;
};
