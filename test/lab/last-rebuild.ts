import { keptMs } from '../../functions/views/generations.ts';
import { generationOf, inGeneration, pointerOf } from './generation-laws.ts';
import { brokenLaws } from './laws.ts';
import { type Machine, type Note, type Outcome, stepMs } from './machine.ts';
import type { Store } from './memory-store.ts';
import { call, type Operation } from './operations.ts';
import type { Random } from './random.ts';

const calm = { from: 0, calls: 1, pages: 10_000 };

/**
 * Checks, at rest and without faults: the generation that is read keeps the laws; a rebuild succeeds at
 * once, or the next one does if the begun generation was damaged; the new generation keeps the laws; and a
 * discard leaves no other generation.
 */
export const lastRebuild = async (
  store: Store,
  machine: Machine,
  rest: () => Promise<boolean>,
  { note, random, damaged }: { note: Note; random: Random; damaged: boolean },
): Promise<readonly string[]> => {
  const broken: string[] = [];
  const perform = async (name: Operation['name'], restart = false) => {
    let outcome: Outcome | undefined;
    machine.invoke(
      `${name} at last`,
      () => call({ ...calm, name, restart }),
      (its) => {
        outcome = its;
      },
    );
    if (!(await rest())) broken.push(`the last ${name} does not come to rest`);
    const error = outcome && 'error' in outcome ? outcome.error : undefined;
    if (error) broken.push(`the last ${name} fails: ${(error as Error).stack}`);
    note(() => `the last ${name}: ${JSON.stringify(outcome)}`);
    return (outcome && 'value' in outcome ? outcome.value : {}) as {
      readonly state?: string;
      readonly drift?: readonly object[];
    };
  };
  const laws = async (what: string): Promise<void> => {
    // For some seconds after a switch a function may read the old generation, which is no longer written.
    machine.later(keptMs / stepMs + 1, () => {});
    await rest();
    const { live } = pointerOf(store);
    const found = await brokenLaws(inGeneration(store, live), random).catch((error: Error) => [
      `the laws cannot be read: ${error.stack}`,
    ]);
    for (const line of found) broken.push(`${what}, generation ${live}: ${line}`);
  };

  await laws('before the last rebuild');
  const first = await perform('rebuild');
  if (first.state !== 'switched' && !damaged)
    broken.push(`the last rebuild finds drift: ${JSON.stringify(first.drift)}`);
  if (first.state !== 'switched' && (await perform('rebuild', true)).state !== 'switched')
    broken.push('a rebuild begun anew finds drift');
  await perform('discard');
  const { live } = pointerOf(store);
  for (const { pk } of store.all('views'))
    if (pk !== 'generations' && generationOf(String(pk)) !== live)
      broken.push(`${pk} is left of an old generation`);
  const { drift = [] } = await perform('reconcile');
  if (drift.length > 0) broken.push(`drift at last: ${JSON.stringify(drift)}`);
  await laws('after the last rebuild');
  return broken;
};
