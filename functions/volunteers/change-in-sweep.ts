import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { dueByTime } from '../ledger/follow-up.ts';

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
    ...dueByTime('leifeng:retention', at, `retention-${new Date(at).toISOString().slice(0, 10)}`),
    decide: async (volunteer) => {
      const fact = await decide(volunteer);
      happened = fact !== null;
      return fact;
    },
    ...(alsoWrite ? { alsoWrite } : {}),
  });
  return happened;
};
