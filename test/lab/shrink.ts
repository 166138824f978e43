import { type Mutation, type Plan, type Result, simulate } from './simulation.ts';

/** A run that breaks a law, made as small as possible. */
export interface CounterExample {
  readonly plan: Plan;
  readonly result: Result;
}

/** The number of other schedules that are tried for a smaller plan. */
const schedules = 12;

/** The list without one part, from halves down to single elements. */
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

/** The law of a violation: the text before the first colon. */
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
 * Searches for the shortest run that breaks the same law, by leaving parts out, within `budget` runs.
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

/** A counter-example as text: the violation and its steps. */
export const describe = ({ plan, result }: CounterExample): string =>
  [
    `${plan.commands.length} commands, ${plan.operations.map(({ name }) => `${name}, `).join('')}faults: ${result.faults.join(', ') || 'none'} (schedule ${plan.seed})`,
    ...result.trace.map((line) => `  ${line}`),
    ...result.violations.slice(0, 4).map((violation) => `  ✗ ${violation}`),
    ...(result.violations.length > 4 ? [`  … and ${result.violations.length - 4} more`] : []),
  ].join('\n');
