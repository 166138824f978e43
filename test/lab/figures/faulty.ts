import { AsyncLocalStorage } from 'node:async_hooks';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { awsError, cancelled } from '../../support/aws-error.ts';
import type { Store } from '../memory-store.ts';
import type { Random } from '../random.ts';
import { type Sent, sentOf } from '../store-shapes.ts';

/** One run of a projector. After a crash its calls are never answered. */
interface Invocation {
  readonly crash: () => void;
  crashed: boolean;
}
const running = new AsyncLocalStorage<Invocation>();

const never = new Promise<never>(() => {});
const isWrite = ({ name }: Sent): boolean => /^(Put|TransactWrite|Update)$/.test(name);

const turns = async (number: number): Promise<void> => {
  for (let left = number; left > 0; left -= 1) await null;
};

/** Runs a projector until it ends or crashes. @returns its answer, or undefined when it crashed */
export const invoked = <Result>(work: () => Promise<Result>): Promise<Result | undefined> =>
  new Promise((resolve, reject) => {
    const invocation: Invocation = { crashed: false, crash: () => resolve(undefined) };
    running.run(invocation, () => work().then(resolve, reject));
  });

const crash = (): Promise<never> => {
  const invocation = running.getStore();
  if (invocation) invocation.crashed = true;
  invocation?.crash();
  return never;
};

/** Reads item by item, as DynamoDB does: others write between two of them. */
const tornRead = async (store: Store, sent: Sent, random: Random): Promise<object> => {
  const [[table, { Keys }]] = Object.entries(
    sent.input.RequestItems as Record<string, { readonly Keys: readonly object[] }>,
  ) as [[string, { readonly Keys: readonly object[] }]];
  const items: unknown[] = [];
  const keys = Keys.map((key) => ({ key, at: random.next() })).sort((a, b) => a.at - b.at);
  for (const { key } of keys) {
    const input = { RequestItems: { [table]: { Keys: [key], ConsistentRead: true } } };
    const { Responses } = store.execute({ name: sent.name, input }) as {
      readonly Responses: Readonly<Record<string, readonly unknown[]>>;
    };
    items.push(...(Responses[table] ?? []));
    if (random.chance(0.3)) await turns(random.pick([4, 30, 150]));
  }
  return { Responses: { [table]: items } };
};

/** Puts a store with faults under the functions' client. `over` ends the faults. */
export const installFaulty = (store: Store, random: Random) => {
  let over = false;
  let faults = 0;
  const rate = random.pick([0, 0.03, 0.06, 0.12]);
  const fail = async (sent: Sent): Promise<object> => {
    faults += 1;
    switch (random.below(6)) {
      case 0:
        return crash();
      case 1:
        throw sent.name === 'TransactWrite'
          ? cancelled('TransactionConflict')
          : awsError('TransactionConflictException');
      case 2:
        store.execute(sent);
        return crash();
      case 3: {
        // Given up, and done later all the same.
        const late = turns(random.pick([10, 100, 400])).then(() => store.execute(sent));
        late.catch(() => {});
        return crash();
      }
      case 4:
        store.execute(sent);
        throw awsError('TimeoutError');
      default:
        throw awsError('ProvisionedThroughputExceededException');
    }
  };
  (dynamodb as unknown as { send: (command: object) => Promise<object> }).send = async (
    command,
  ) => {
    const sent = sentOf(command);
    await null;
    if (running.getStore()?.crashed) return never;
    if (!over && isWrite(sent) && random.chance(rate)) return fail(sent);
    if (random.chance(0.3)) await turns(random.pick([2, 10, 100]));
    if (running.getStore()?.crashed) return never;
    return sent.name === 'BatchGet' ? tornRead(store, sent, random) : store.execute(sent);
  };
  return {
    end: (): void => {
      over = true;
    },
    faults: (): number => faults,
  };
};

/** Puts a store without faults under the functions' client. */
export const installPlain = (store: Store): void => {
  (dynamodb as unknown as { send: (command: object) => Promise<object> }).send = async (command) =>
    store.execute(sentOf(command));
};
