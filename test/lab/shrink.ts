import { type Mutation, type Plan, type Result, simulate } from './simulation.ts';

/** A run that broke a law, as small as it could be made. */
export interface CounterExample {
  readonly plan: Plan;
  readonly result: Result;
}

/** Other schedules a smaller plan is tried with before it is given up. */
const schedules = 12;

/** The same plan without a part of it, from halves down to single things. */
function* parts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let size = Math.ceil(all.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at < all.length; at += size)
      yield [...all.slice(0, at), ...all.slice(at + size)];
}

function* smaller({ plan, result }: CounterExample): Generator<Plan> {
  const { commands, operations, faults } = plan;
  for (const kinds of parts(faults.kinds)) yield { ...plan, faults: { ...faults, kinds } };
  for (const fewer of parts(commands)) yield { ...plan, commands: fewer };
  for (const fewer of parts(operations)) yield { ...plan, operations: fewer };
  const once = commands.map((command) => ({ ...command, again: false }));
  if (commands.some(({ again }) => again)) yield { ...plan, commands: once };
  const prompt = commands.map((command) => ({ ...command, pause: 0 }));
  if (commands.some(({ pause }) => pause > 0)) yield { ...plan, commands: prompt };
  for (const left of parts(result.faults)) {
    const without = result.faults.filter((fault) => !left.includes(fault));
    yield { ...plan, faults: { ...faults, without: [...faults.without, ...without] } };
  }
}

/** The law that a violation is of: what stands before the first colon, if anything. */
const lawOf = (violation: string): string => /^[^:]*/.exec(violation)?.[0] ?? '';

const size = ({ plan, result }: CounterExample): number =>
  plan.commands.length * 4 +
  plan.operations.length * 8 +
  plan.commands.filter(({ again }) => again).length * 2 +
  plan.commands.filter(({ pause }) => pause > 0).length +
  plan.faults.kinds.length +
  result.faults.length * 2 +
  result.trace.length / 100;

/**
 * Looks for the shortest run that breaks a law, from one that does, by leaving things out as long
 * as it still breaks the same; within `budget` runs.
 */
export const shrink = async (
  found: CounterExample,
  mutation: Mutation,
  budget = 3000,
): Promise<CounterExample> => {
  let best = found;
  let runs = 0;
  const law = lawOf(found.result.violations[0] ?? '');
  const breaksIt = ({ violations }: Result): boolean =>
    violations.some((violation) => lawOf(violation) === law);
  const tryOne = async (plan: Plan): Promise<CounterExample | undefined> => {
    for (let shift = 0; shift < schedules && runs < budget; shift += 1) {
      runs += 1;
      const shifted = { ...plan, seed: plan.seed + shift * 7919 };
      const result = await simulate(shifted, mutation);
      const candidate = { plan: shifted, result };
      if (breaksIt(result) && size(candidate) < size(best)) return candidate;
    }
    return undefined;
  };
  for (let better: CounterExample | undefined = best; better; ) {
    better = undefined;
    for (const plan of smaller(best)) {
      better = await tryOne(plan);
      if (better || runs >= budget) break;
    }
    if (better) best = better;
  }
  return best;
};

/** A counter-example for a reader: what broke, and step by step how. */
export const describe = ({ plan, result }: CounterExample): string =>
  [
    `${plan.commands.length} commands, ${plan.operations.map(({ name }) => `${name}, `).join('')}faults: ${result.faults.join(', ') || 'none'} (schedule ${plan.seed})`,
    ...result.trace.map((line) => `  ${line}`),
    ...result.violations.slice(0, 4).map((violation) => `  ✗ ${violation}`),
    ...(result.violations.length > 4 ? [`  … and ${result.violations.length - 4} more`] : []),
  ].join('\n');
