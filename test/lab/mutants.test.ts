import { describe, expect, test } from '@jest/globals';
import { mutants } from './mutants.ts';
import { type CounterExample, shrink, describe as told } from './shrink.ts';
import { type Mutation, planOf, simulate } from './simulation.ts';

const first = 9_000_001;
const within = 400;

const hunt = async (mutation: Mutation): Promise<CounterExample | undefined> => {
  for (let seed = first; seed < first + within; seed += 1) {
    const plan = planOf(seed);
    const { violations } = await simulate(plan, mutation, { traced: false });
    if (violations.length > 0) return { plan, result: await simulate(plan, mutation) };
  }
  return undefined;
};

describe('a mistake planted in the system is found', () => {
  test.each(Object.entries(mutants))(
    '%s',
    async (name, mutation) => {
      const found = await hunt(mutation);
      if (!found) throw new Error(`${name}: nothing found in ${within} schedules`);
      const shortest = await shrink(found, mutation, 1000);
      process.stderr.write(`\n${name}: found at seed ${found.plan.seed}\n${told(shortest)}\n`);
      // It is the mistake that breaks the law, not the schedule.
      expect((await simulate(shortest.plan)).violations).toEqual([]);
    },
    60_000,
  );

  test('and nothing in the system as it is', async () => {
    expect(await hunt({})).toBeUndefined();
  }, 60_000);
});
