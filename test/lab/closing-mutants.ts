import { AsyncLocalStorage } from 'node:async_hooks';
import { gzipSync } from 'node:zlib';
import type { Item } from './expressions.ts';
import { deaf, following, forgetful, isBy, readable } from './follower-mutants.ts';
import type { Send } from './machine.ts';
import type { Store } from './memory-store.ts';
import type { Mutation } from './simulation.ts';
import type { Sent } from './store-shapes.ts';

/** Mistakes of what closes periods, and of what restates closed months. */

/** The event that a function handles: its type and the id of its aggregate. */
const current = new AsyncLocalStorage<{ readonly type: string; readonly id: string }>();

/** Tells the calls of a function which event it handles. */
const told = (name: string) =>
  following(name, ({ handler }) => ({
    handler: (batch) => {
      const event = readable(batch.Records[0]?.body ?? '');
      return current.run({ type: event?.type ?? '', id: event?.aggregate.id ?? '' }, () =>
        handler(batch),
      );
    },
  }));

const isOrder = (): boolean => /CloseStarted$/.test(current.getStore()?.type ?? '');

/** The stream that a query of the Ledger reads; empty for any other call. */
const streamOf = ({ name, input }: Sent): string =>
  name === 'Query' && input.TableName === 'ledger'
    ? String((input.ExpressionAttributeValues as Item)[':pk'])
    : '';

type Answer = { readonly Items?: readonly Item[] };

/** Changes the newest state of a period that the function that closes reads. */
const otherState =
  (change: (period: Item) => Item) =>
  (next: Send): Send =>
  async (sent) => {
    const answer = await next(sent);
    if (!isBy('closer') || !isOrder() || !streamOf(sent).startsWith('period#')) return answer;
    const { Items = [], ...more } = answer as Answer;
    return {
      ...more,
      Items: Items.map((row) => {
        const event = row.event as { readonly data: { readonly period: Item } };
        return { ...row, event: { ...event, data: { period: change(event.data.period) } } };
      }),
    };
  };

/** All runs of a period have the name of the first, and no condition keeps what one of them has stored. */
const oneRun = (next: Send): Send => {
  const names = new Map<string, string>();
  return (sent) => {
    if (!isBy('closer') || !isOrder() || !/^(Put|TransactWrite)$/.test(sent.name))
      return next(sent);
    const { pk } = (sent.input.Item ?? {}) as Item;
    const period = current.getStore()?.id ?? '';
    const [, run] = /^closed#(.+)$/.exec(String(pk)) ?? [];
    if (run) {
      const name = names.get(period) ?? run;
      names.set(period, name);
      const { ConditionExpression: _, ...input } = sent.input;
      return next({
        ...sent,
        input: { ...input, Item: { ...(sent.input.Item as Item), pk: `closed#${name}` } },
      });
    }
    const name = names.get(period);
    if (name === undefined) return next(sent);
    const json = JSON.stringify(sent.input).replace(/"run":"[^"]*"/g, `"run":"${name}"`);
    return next({ ...sent, input: JSON.parse(json) });
  };
};

/** The restater is told of a period what the Views say of it. */
const fromViews =
  (next: Send, store: Store): Send =>
  async (sent) => {
    const answer = await next(sent);
    const [type, period] = streamOf(sent).split('#');
    if (!isBy('restater') || type !== 'period') return answer;
    const shown = store.all('views').find(({ pk, sk }) => pk === 'periods' && sk === period);
    const rows = store.all('ledger').filter(({ pk }) => pk === `period#${period}`);
    const version = Number(shown?.version ?? 0);
    return { Items: rows.filter((row) => row.version === version) };
  };

export const closingMutants: Readonly<Record<string, Mutation>> = {
  'what is newer than the close is not looked for': { subscriber: deaf('closer', 'MonthClosed') },
  'the closer stores before it has read to the end': {
    subscriber: told('closer'),
    store: (next) => async (sent) => {
      const answer = await next(sent);
      if (sent.name !== 'Scan' || !isBy('closer') || !isOrder()) return answer;
      const { LastEvaluatedKey: _, ...last } = answer as { LastEvaluatedKey?: Item };
      return last;
    },
  },
  'the restater ignores what failed': {
    subscriber: following('restater', ({ handler }) => ({ handler: forgetful(handler) })),
  },
  'a second run overwrites what the first has stored': {
    subscriber: told('closer'),
    store: oneRun,
  },
  'a merge after the close restates nothing': {
    subscriber: deaf('restater', 'VolunteerMerged', 'VolunteerUnmerged'),
  },
  'a close is settled twice': {
    subscriber: told('closer'),
    store: otherState((period) => ({ ...period, status: 'closing', closed: null })),
  },
  'the restater reads of a period what the Views say': { store: fromViews },
  'of restatements that take each other back only the last is listed': {
    store: (next, store) => (sent) => {
      const { pk, id, version } = (sent.input.Item ?? {}) as Item;
      if (!isBy('projector') || !String(pk).startsWith('restatements#')) return next(sent);
      const newest = store.all('ledger').filter((row) => row.pk === `restatement#${id}`);
      return newest.length > Number(version) ? Promise.resolve({}) : next(sent);
    },
  },
  'a restatement is another one each time it is made': {
    store: (next) => {
      let made = 0;
      return (sent) => {
        const { pk } = (sent.input.Item ?? {}) as Item;
        if (!isBy('restater') || !String(pk).startsWith('restatement#')) return next(sent);
        made += 1;
        const Item = { ...(sent.input.Item as Item), pk: `${pk}${made}` };
        return next({ ...sent, input: { ...sent.input, Item } });
      };
    },
  },
  'a year lists nothing of what its months were restated by': {
    // Of each aggregate its months are said to have read all versions that there will ever be.
    subscriber: told('closer'),
    store: (next, store) => async (sent) => {
      const { sk } = (sent.input.Key ?? {}) as Item;
      const answer = (await next(sent)) as { readonly Item?: Item };
      const isYear = current.getStore()?.type === 'YearCloseStarted';
      if (!isBy('closer') || !isYear || !String(sk).startsWith('versions#')) return answer;
      const all = store.all('ledger').map(({ pk }) => [pk, Number.MAX_SAFE_INTEGER]);
      return { Item: { ...answer.Item, z: gzipSync(JSON.stringify(Object.fromEntries(all))) } };
    },
  },
  'the restater does not ask which version the close has read': {
    store: (next) => async (sent) => {
      const { sk } = (sent.input.Key ?? {}) as Item;
      const answer = (await next(sent)) as { readonly Item?: Item };
      if (!isBy('restater') || !String(sk).startsWith('versions#')) return answer;
      return { Item: { ...answer.Item, z: gzipSync('{}') } };
    },
  },
};
