import { keptMs } from '../../functions/views/generations.ts';
import type { Item } from './expressions.ts';
import { type Send, whoCalls } from './machine.ts';
import type { Mutation } from './simulation.ts';
import type { Sent } from './store-shapes.ts';
import { composed, unchecked } from './tampering.ts';

/** Mistakes of a rebuild beside the traffic. */

const readsPointer = ({ name, input }: Sent): boolean =>
  name === 'Get' && (input.Key as Item).sk === 'pointer';
const isBy = (who: RegExp): boolean => who.test(whoCalls());

/** Whether an item is the progress of loading the facts of a part, or of making items of them. */
const isProgress =
  (task: 'load' | 'make') =>
  ({ pk, sk }: Item): boolean =>
    pk === 'generations' &&
    (task === 'load' ? /#load#/ : /#(people|activities|\d{4})#/).test(String(sk));

/** What a rebuild is told once the projector writes into its generation too. */
const onceJoined =
  (answer: (sent: Sent) => object | undefined) =>
  (next: Send): Send => {
    let joined = false;
    return async (sent) => {
      if (!isBy(/^rebuild/)) return next(sent);
      const update = sent.name === 'Update' ? String(sent.input.UpdateExpression) : '';
      if (update.includes('loading = :generation')) joined = false;
      const instead = joined ? answer(sent) : undefined;
      const result = instead ?? (await next(sent));
      if (update.startsWith('SET building')) joined = true;
      return result;
    };
  };

/** Changes the pointer to the generations that a caller reads. */
const told =
  (who: RegExp, change: (pointer: Item) => Item) =>
  (next: Send): Send =>
  async (sent) => {
    const result = (await next(sent)) as { readonly Item?: Item };
    return readsPointer(sent) && isBy(who) && result.Item ? { Item: change(result.Item) } : result;
  };

/** Changes the loading progress that a second or later rebuild reads. */
const toldOfLoading =
  (change: (progress: Item | undefined) => Item | undefined) =>
  (next: Send): Send =>
  async (sent) => {
    const result = (await next(sent)) as { readonly Item?: Item };
    const isLoading = sent.name === 'Get' && String((sent.input.Key as Item).sk).includes('#load#');
    return isLoading && isBy(/^rebuild [2-9]/) ? { Item: change(result.Item) } : result;
  };

export const rebuildMutants: Readonly<Record<string, Mutation>> = {
  'the projector writes only into the generation that is read': {
    store: told(/^projector/, ({ building: _, ...pointer }) => pointer),
  },
  'the projector keeps the pointer for a while': {
    store: (next) => {
      let kept: { readonly answer: object; readonly until: number } | undefined;
      return async (sent) => {
        if (!readsPointer(sent) || !isBy(/^projector/)) return next(sent);
        const now = performance.now();
        if (!kept || kept.until < now) kept = { answer: await next(sent), until: now + keptMs };
        return kept.answer;
      };
    },
  },
  'the projector writes into a generation that is still loaded': {
    store: told(/^projector/, ({ loading, ...pointer }) => ({
      ...pointer,
      ...(loading ? { building: loading } : {}),
    })),
  },
  'a loader goes on after its part is done': {
    // A second rebuild ignores the progress of the others, and whether they were faster.
    store: composed(
      unchecked(isProgress('load')),
      toldOfLoading(() => undefined),
    ),
  },
  'what was counted is put after the projector has added to it': {
    store: unchecked(isProgress('make')),
  },
  'lines are counted before all are loaded': {
    // A second rebuild treats parts that are still being loaded as done.
    store: toldOfLoading((progress) => ({ ...progress, done: true })),
  },
  'the projector is joined without reading the Ledger again': {
    store: onceJoined(({ name }) => (name === 'Scan' ? { Items: [] } : undefined)),
  },
  'a generation is switched to without a comparison': {
    // No part of it is said to have anything that could be compared.
    store: onceJoined(({ name, input }) => {
      const of = JSON.stringify(input.ExpressionAttributeValues ?? {});
      return name === 'Query' && /totals#|present#|persons#|running/.test(of)
        ? { Items: [] }
        : undefined;
    }),
  },
  'the old generation is discarded while it is still read': {
    pause: (who, ms) => (who.startsWith('discard') ? 0 : ms),
  },
  'a discard takes what was begun after it for old': {
    store: told(/^discard/, (pointer) => ({ ...pointer, newest: 1000 })),
  },
  'the builder writes into the generation that is read': {
    store: (next) => (sent) => {
      if (sent.name !== 'TransactWrite' || !isBy(/^rebuild/)) return next(sent);
      const json = JSON.stringify(sent.input).replace(/"\d+~/g, '"');
      return next({ name: sent.name, input: JSON.parse(json) });
    },
  },
};
