import { maintain } from '../../functions/projector/maintenance.ts';
import type { Machine, Note, Outcome } from './machine.ts';
import { createRandom } from './random.ts';

/** An operator's task beside the traffic, as data, so that it can be printed and left out. */
export interface Operation {
  readonly name: 'rebuild' | 'discard' | 'reconcile';
  /** The step at which it begins. */
  readonly from: number;
  /** Abandons a rebuild that is in progress. */
  readonly restart: boolean;
  /** The most calls. After a failure or an interruption the next call continues. */
  readonly calls: number;
  /** The pages that a call has time for. */
  readonly pages: number;
}

/** In one of seven runs the Views are rebuilt, in half of these by two operators at once. */
export const randomOperations = (seed: number): readonly Operation[] => {
  const random = createRandom(seed, 'operations');
  if (!random.chance(0.15)) return [];
  const operation = (name: Operation['name']): Operation => ({
    name,
    // A discard matters after a switch.
    from: name === 'discard' ? random.between(60, 400) : random.below(120),
    restart: random.chance(0.2),
    calls: random.pick([1, 3, 20]),
    pages: random.pick([3, 12, 1000]),
  });
  return [
    operation('rebuild'),
    ...(['rebuild', 'rebuild', 'discard', 'discard', 'reconcile'] as const)
      .filter(() => random.chance(0.4))
      .map(operation),
  ];
};

/** Lambda's fifteen minutes as a number of pages. Each question for the remaining time uses one. */
const timeFor = (pages: number): (() => number) => {
  let left = pages + 2;
  const minutes = 60_000;
  return () => {
    left -= 1;
    return left > 0 ? 15 * minutes : 0;
  };
};

export const call = ({ name, restart, pages }: Operation): Promise<object> =>
  maintain({ action: name, ...(name === 'rebuild' ? { restart } : {}) }, timeFor(pages));

/** Begins each operation at its step, and calls it again until it is done. */
export const startOperations = (
  operations: readonly Operation[],
  machine: Machine,
  note: Note,
): void => {
  const begin = (operation: Operation, who: string, calls: number): void =>
    machine.invoke(
      who,
      () => call(operation),
      (outcome: Outcome) => {
        note(() => `${who}: ${told(outcome)}`);
        const { state, done } = ('value' in outcome ? outcome.value : {}) as {
          readonly state?: string;
          readonly done?: boolean;
        };
        const over = state === 'switched' || done || operation.name === 'reconcile';
        if (over || calls === operation.calls) return;
        // A generation with drift is abandoned; an interrupted one is continued.
        const restart = state === 'drift';
        machine.later(20, () => begin({ ...operation, restart }, who, calls + 1));
      },
    );
  for (const [at, operation] of operations.entries())
    machine.later(operation.from, () => {
      const who = `${operation.name} ${at + 1}`;
      note(() => `${who}: begins${operation.restart ? ' anew' : ''}`);
      begin(operation, who, 1);
    });
};

const told = (outcome: Outcome): string => {
  if ('error' in outcome) return (outcome.error as Error).message;
  const { drift, ...report } = outcome.value as { readonly drift?: readonly object[] };
  return JSON.stringify({ ...report, ...(drift ? { drift: drift.length } : {}) });
};
