import { AsyncLocalStorage } from 'node:async_hooks';
import type { SQSEvent } from 'aws-lambda';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import type { Item } from './expressions.ts';
import { type Send, whoCalls } from './machine.ts';
import type { Mutation } from './simulation.ts';
import type { Sent } from './store-shapes.ts';
import type { Subscriber } from './subscribers.ts';
import { type Action, actionsOf, transaction } from './tampering.ts';

/** Mistakes of followers. */

export const isBy = (name: string): boolean => whoCalls().startsWith(`${name} `);

/** The event of a message; undefined for poison. */
export const readable = (body: string): DomainEvent | undefined => {
  try {
    return readEvent(JSON.parse(body).detail);
  } catch {
    return undefined;
  }
};

type Handler = Subscriber['handler'];
export const following =
  (name: string, change: (given: Subscriber) => Partial<Subscriber>) =>
  (given: Subscriber): Subscriber =>
    given.name === name ? { ...given, ...change(given) } : given;

/** Reports every message but poison as processed, even a failed one. */
export const forgetful =
  (handler: Handler): Handler =>
  async (event) => {
    try {
      return await handler(event);
    } catch (error) {
      if (event.Records.some(({ body }) => !readable(body))) throw error;
      return { batchItemFailures: [] };
    }
  };

/** Reports every message but poison as processed before it is. */
const hasty =
  (handler: Handler): Handler =>
  async (event) => {
    const poison = event.Records.filter(({ body }) => !readable(body));
    handler(event).catch(() => undefined);
    return { batchItemFailures: poison.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

/** Never receives some events. */
export const deaf = (name: string, ...events: readonly string[]) =>
  following(name, ({ events: all = [] }) => ({
    events: all.filter((type) => !events.includes(type)),
  }));

const current = new AsyncLocalStorage<string>();
/** Handles messages one after another, with their index. */
const oneByOne =
  (handler: Handler): Handler =>
  async (event: SQSEvent) => {
    const batchItemFailures = [];
    for (const record of event.Records) {
      const id = readable(record.body)?.aggregate.id ?? '';
      const answer = await current.run(id, () => handler({ Records: [record] }));
      batchItemFailures.push(...answer.batchItemFailures);
    }
    return { batchItemFailures };
  };

const keyOf = ({ input }: Sent): Item => (input.Item ?? input.Key ?? {}) as Item;
const isNotice = (sent: Sent): boolean => String(keyOf(sent).sk).startsWith('notice#');

/** Replaces some calls of a follower. */
const instead =
  (
    name: string,
    of: (sent: Sent) => boolean,
    otherwise: (sent: Sent, next: Send) => Promise<object>,
  ) =>
  (next: Send): Send =>
  (sent) =>
    isBy(name) && of(sent) ? otherwise(sent, next) : next(sent);

let attempts = 0;

export const followerMutants: Readonly<Record<string, Mutation>> = {
  'memberships are looked for in the Views once': {
    subscriber: deaf(
      'memberships',
      'TeamMemberInvited',
      'TeamMemberJoined',
      'TeamFormed',
      'TeamRevised',
    ),
  },
  'an event that ends a membership is forgotten': {
    subscriber: deaf('memberships', 'PersonalDataCorrected'),
  },
  'who enters a team is looked at before the Views have them': {
    // A row that is looked for is reported as present in any version.
    store: instead(
      'memberships',
      ({ name, input }) => name === 'Get' && input.ProjectionExpression === 'version',
      async () => ({ Item: { version: 1000 } }),
    ),
  },
  'the memberships ignore what failed': {
    subscriber: following('memberships', ({ handler }) => ({ handler: forgetful(handler) })),
  },
  'the registrar ignores what failed': {
    subscriber: following('registrar', ({ handler }) => ({ handler: forgetful(handler) })),
  },
  'the message is deleted before a notice is written': {
    subscriber: following('notifier', ({ handler }) => ({ handler: hasty(handler) })),
  },
  'the message is deleted before a person is cleared away': {
    subscriber: following('people', ({ handler }) => ({ handler: hasty(handler) })),
  },
  'a row that comes again does not know its own registration': {
    store: instead(
      'registrar',
      ({ name }) => name === 'Query',
      async (sent, next) => {
        const { Items = [], ...more } = (await next(sent)) as { Items?: readonly Item[] };
        return { ...more, Items: Items.map(({ command: _, ...row }) => row) };
      },
    ),
  },
  'rows are destroyed before their chunk is registered': {
    store: instead(
      'registrar',
      (sent) =>
        sent.name === 'TransactWrite' && actionsOf(sent).some((action) => 'Delete' in action),
      async (sent, next) => {
        const isDelete = (action: Action): boolean => 'Delete' in action;
        const actions = actionsOf(sent);
        await next(transaction(actions.filter(isDelete)));
        return next(transaction(actions.filter((action) => !isDelete(action))));
      },
    ),
  },
  'a list ends with its first chunks': {
    subscriber: following('registrar', () => ({ events: ['ImportAccepted'] })),
  },
  'a notice is another one each time it is written': {
    store: instead(
      'notifier',
      (sent) => sent.name === 'Put' && isNotice(sent),
      (sent, next) => {
        attempts += 1;
        const Item = { ...keyOf(sent), sk: `${keyOf(sent).sk}#${attempts}` };
        return next({ ...sent, input: { ...sent.input, Item } });
      },
    ),
  },
  'a notice of somebody who was erased stays': {
    store: instead(
      'notifier',
      (sent) => sent.name === 'Delete' && isNotice(sent),
      async () => ({}),
    ),
  },
  'the people subscriber does not look at what was left over': {
    // The table leaves one item of each batch unprocessed, and the follower ignores that.
    store: instead(
      'people',
      ({ name }) => name === 'BatchWrite',
      async ({ name, input }, next) => {
        const requests = Object.entries(input.RequestItems as Readonly<Record<string, object[]>>);
        const some = requests.map(([table, all]) => [table, all.slice(all.length > 1 ? 1 : 0)]);
        await next({ name, input: { RequestItems: Object.fromEntries(some) } });
        return { UnprocessedItems: {} };
      },
    ),
  },
  'a duplicate is flagged on one side': {
    subscriber: following('people', ({ handler }) => ({ handler: oneByOne(handler) })),
    store: instead(
      'people',
      (sent) => sent.name === 'Put' && keyOf(sent).pk !== `volunteer#${current.getStore()}`,
      async () => ({}),
    ),
  },
};
