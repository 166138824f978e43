import { describe, expect, test } from '@jest/globals';
import { closingMutants } from './closing-mutants.ts';
import { followerMutants } from './follower-mutants.ts';
import { mutants } from './mutants.ts';
import { rebuildMutants } from './rebuild-mutants.ts';
import { type CounterExample, shrink, describe as told } from './shrink.ts';
import { type Mutation, type Plan, planOf, simulate } from './simulation.ts';

const first = 9_000_001;
const within = 400;

const hunt = async (
  mutation: Mutation,
  concerns: (plan: Plan) => boolean = () => true,
): Promise<CounterExample | undefined> => {
  for (let seed = first, tried = 0; tried < within; seed += 1) {
    const plan = planOf(seed);
    if (!concerns(plan)) continue;
    tried += 1;
    const { violations } = await simulate(plan, mutation, { traced: false });
    if (violations.length > 0) return { plan, result: await simulate(plan, mutation) };
  }
  return undefined;
};

describe('a mistake planted in the system is found', () => {
  test.each(Object.entries(mutants))('%s', async (name, mutation) => {
    // A mutant of the rebuild needs a run with rebuilds, one of a follower a run with followers, and one of
    // closes a run with closes.
    const found = await hunt(mutation, ({ operations, followed, closedBefore }) => {
      if (name in rebuildMutants) return operations.length > 0;
      if (name in closingMutants) return closedBefore !== null;
      return followed === name in followerMutants;
    });
    if (!found) throw new Error(`${name}: nothing found in ${within} schedules`);
    const shortest = await shrink(found, mutation, name in rebuildMutants ? 80 : 300);
    process.stderr.write(`\n${name}: found at seed ${found.plan.seed}\n${told(shortest)}\n`);
    // Without the mutation the same schedule breaks no law.
    expect((await simulate(shortest.plan)).violations).toEqual([]);
  });

  test('and nothing in the system as it is', async () => {
    expect(await hunt({})).toBeUndefined();
  });
});
