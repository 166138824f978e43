import { keptMs } from '../../functions/shared/generations.ts';
import type { Item } from './expressions.ts';
import { type Send, whoCalls } from './machine.ts';
import type { Mutation } from './simulation.ts';
import type { Sent } from './store-shapes.ts';

/** Mistakes in making the Views anew beside the traffic. */

const readsPointer = ({ name, input }: Sent): boolean =>
  name === 'Get' && (input.Key as Item).sk === 'pointer';
const isBy = (who: RegExp): boolean => who.test(whoCalls());

/** What somebody is told of the generations. */
const told =
  (who: RegExp, change: (pointer: Item) => Item) =>
  (next: Send): Send =>
  async (sent) => {
    const result = (await next(sent)) as { readonly Item?: Item };
    return readsPointer(sent) && isBy(who) && result.Item ? { Item: change(result.Item) } : result;
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
  'a generation is switched to without a comparison': {
    store: (next) => (sent) => {
      const { TableName, TotalSegments = 1 } = sent.input;
      const compares =
        sent.name === 'Scan' && isBy(/^rebuild/) && (TableName === 'views' || TotalSegments === 1);
      return compares ? Promise.resolve({ Items: [] }) : next(sent);
    },
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
