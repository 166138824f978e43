import { maintain } from '../../functions/projector/maintenance.ts';
import type { Machine, Note, Outcome } from './machine.ts';
import { createRandom } from './random.ts';

/** What an operator does beside the traffic, as data: so that it can be printed and left out. */
export interface Operation {
  readonly name: 'rebuild' | 'discard' | 'reconcile';
  /** The step it is begun at. */
  readonly from: number;
  /** What was begun by others is abandoned. */
  readonly restart: boolean;
  /** How often it is called, if it is not done before: what fails or is interrupted goes on then. */
  readonly calls: number;
  /** How many pages a call has time for. */
  readonly pages: number;
}

/** In one run of seven somebody makes the Views anew; two at once as often as not. */
export const randomOperations = (seed: number): readonly Operation[] => {
  const random = createRandom(seed, 'operations');
  if (!random.chance(0.15)) return [];
  const operation = (name: Operation['name']): Operation => ({
    name,
    // A discard is of interest when something has been switched to.
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

/** Lambda's fifteen minutes as a number of pages: whoever asks for the time left takes one. */
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

/** Begins each operation when its time comes, and calls it again until it is done. */
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
        // What is not as the Ledger says is abandoned; what was only interrupted goes on.
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
