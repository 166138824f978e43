import type { Item } from './expressions.ts';
import type { Faults } from './faults.ts';
import { type Call, finish, freeze, type Invocation, type Machine, type Note } from './machine.ts';
import type { Store } from './memory-store.ts';
import type { Random } from './random.ts';
import { awsError, cancelled, type Key, type Sent } from './store-shapes.ts';

export interface Entry {
  readonly Detail: string;
  readonly DetailType: string;
}

interface Context {
  readonly machine: Machine;
  readonly faults: Faults;
  readonly random: Random;
  readonly store: Store;
  readonly accept: (entry: Entry) => void;
  readonly note: Note;
  /** Told of what no fault explains: a mistake in a request, or in the model. */
  readonly mistake: (line: string) => void;
  /** Watches what somebody is about to do. */
  readonly before: ((who: string, sent: Sent) => void) | undefined;
}

type Done = { readonly result: object } | { readonly error: unknown };

/** A row for a reader: its kind, the beginning of its id, its version. */
const rowOf = ({ pk, id, version }: Item): string => {
  const [type, from] = String(pk).split('#');
  return `${id ? '' : `${type} `}${String(id ?? from).slice(0, 4)} v${version}`;
};

/** A call for a reader. */
const brief = ({ name, input }: Sent): string => {
  const entries = input.Entries as readonly object[] | undefined;
  if (entries) return `${name} of ${entries.length}`;
  const item = input.Item as Item | undefined;
  if (item) return `${name} ${rowOf(item)}`;
  const actions = input.TransactItems as
    | readonly { readonly Put?: { readonly Item: Item } }[]
    | undefined;
  if (!actions) return name;
  const items = actions.flatMap(({ Put }) => (Put ? [Put.Item] : []));
  const rows = items.filter(({ version }) => version !== undefined).map((row) => rowOf(row));
  const presences = items.length - rows.length;
  const totals = actions.length - items.length;
  return `${name} of ${[
    ...rows,
    ...(presences ? [`${presences} presences`] : []),
    ...(totals ? [`${totals} totals`] : []),
  ].join(', ')}`;
};

/** What the services do with a call when its turn comes, and what befalls it. */
export const createServices = (context: Context) => {
  const { machine, faults, random, store, accept, note, mistake, before } = context;

  const putEvents = ({ input }: Sent): object => {
    const entries = input.Entries as readonly Entry[];
    if (faults.strikes('putEventsFails')) throw awsError('InternalException');
    const partly = faults.strikes('putEventsPartly');
    const Entries = entries.map((entry, at) => {
      if (partly && random.chance(0.5)) {
        note(() => `  entry ${at} is not taken`);
        return { ErrorCode: 'ThrottlingException' };
      }
      accept(entry);
      return { EventId: String(at) };
    });
    return { Entries, FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode).length };
  };

  const execute = ({ name: who }: Invocation, sent: Sent): Done => {
    before?.(who, sent);
    try {
      return { result: sent.name === 'PutEvents' ? putEvents(sent) : store.execute(sent) };
    } catch (error) {
      const { name, message } = error as Error;
      if (name === 'Error' || /^(Validation|Type|Resource)/.test(name))
        mistake(`${brief(sent)}: ${name} ${message}`);
      return { error };
    }
  };

  const answer = ({ invocation, resolve, reject }: Call, done: Done) => {
    if (invocation.frozen) return;
    if ('error' in done) reject(done.error);
    else resolve(done.result);
  };

  /** Reads one half now and the other some time later, as a batch of reads may. */
  const tornRead = (call: Call, table: string, keys: readonly Key[]) => {
    const half = (Keys: readonly Key[]): Done =>
      execute(call.invocation, {
        name: 'BatchGet',
        input: { RequestItems: { [table]: { Keys } } },
      });
    const middle = Math.ceil(keys.length / 2);
    const first = half(keys.slice(0, middle));
    machine.later(random.between(0, 6), () => {
      const second = half(keys.slice(middle));
      if ('error' in first || 'error' in second) answer(call, 'error' in first ? first : second);
      else {
        const of = ({ result }: { readonly result: object }) =>
          (result as { Responses: Record<string, object[]> }).Responses[table] ?? [];
        const Responses = { [table]: [...of(first), ...of(second)] };
        answer(call, { result: { Responses, UnprocessedKeys: {} } });
      }
    });
  };

  const batchGet = (call: Call) => {
    const requests = call.sent.input.RequestItems as Record<string, { Keys: readonly Key[] }>;
    const [[table = '', { Keys = [] } = {}] = []] = Object.entries(requests);
    if (Keys.length > 1 && faults.strikes('tornRead')) {
      note(() => `${call.invocation.name}: reads ${Keys.length} items, half of them later`);
      return tornRead(call, table, Keys);
    }
    if (Keys.length > 1 && faults.strikes('unprocessed')) {
      const done = execute(call.invocation, {
        name: 'BatchGet',
        input: { RequestItems: { [table]: { Keys: Keys.slice(1) } } },
      });
      if ('error' in done) return answer(call, done);
      const UnprocessedKeys = { [table]: { Keys: Keys.slice(0, 1) } };
      return answer(call, { result: { ...done.result, UnprocessedKeys } });
    }
    note(() => `${call.invocation.name}: reads ${Keys.length} items`);
    answer(call, execute(call.invocation, call.sent));
  };

  /** A write that is under way when its function is stopped, and arrives later. */
  const zombie = (call: Call) => {
    note(() => `${call.invocation.name}: timed out with ${brief(call.sent)} under way`);
    freeze(call.invocation, 'timed out');
    machine.later(random.between(5, 150), () => {
      const done = execute(call.invocation, call.sent);
      note(
        () => `the late ${brief(call.sent)} of ${call.invocation.name} arrives${outcomeOf(done)}`,
      );
    });
  };

  const outcomeOf = (done: Done): string =>
    'error' in done ? `: ${(done.error as Error).name}` : '';

  const write = (call: Call) => {
    const { invocation, sent } = call;
    const what = () => `${invocation.name}: ${brief(sent)}`;
    if (faults.strikes('zombie')) return zombie(call);
    if (faults.strikes('crashBefore')) {
      note(() => `${what()}: crashed before it`);
      return freeze(invocation, 'crashed');
    }
    if (sent.name === 'TransactWrite' && faults.strikes('conflict')) {
      note(() => `${what()}: TransactionConflict`);
      return answer(call, { error: cancelled(['None', 'TransactionConflict']) });
    }
    const done = execute(invocation, sent);
    if (faults.strikes('crashAfter')) {
      note(() => `${what()}${outcomeOf(done)}: crashed after it`);
      return freeze(invocation, 'crashed');
    }
    if (faults.strikes('lostAnswer')) {
      note(() => `${what()}${outcomeOf(done)}: its answer is lost`);
      return answer(call, { error: awsError('TimeoutError') });
    }
    note(() => `${what()}${outcomeOf(done)}`);
    answer(call, done);
  };

  /** A page of a scan ends where it likes. */
  const scan = (call: Call) => {
    const { name, input } = call.sent;
    const paged = { name, input: { ...input, Limit: random.between(3, 40) } };
    note(() => `${call.invocation.name}: scans ${input.TableName}`);
    answer(call, execute(call.invocation, paged));
  };

  /** Of a batch of writes some may be left over. */
  const batchWrite = (call: Call) => {
    const requests = call.sent.input.RequestItems as Record<string, readonly object[]>;
    const [[table = '', all = []] = []] = Object.entries(requests);
    if (all.length < 2 || !faults.strikes('unprocessed')) return write(call);
    const some = { name: 'BatchWrite', input: { RequestItems: { [table]: all.slice(1) } } };
    const done = execute(call.invocation, some);
    if ('error' in done) return answer(call, done);
    answer(call, { result: { UnprocessedItems: { [table]: all.slice(0, 1) } } });
  };

  return (call: Call) => {
    const { invocation, sent } = call;
    // Nobody waits for what a stopped function had sent; it arrives all the same.
    if (invocation.frozen) {
      execute(invocation, sent);
      return;
    }
    if (faults.strikes('throttle')) {
      note(() => `${invocation.name}: ${brief(sent)} is throttled`);
      return answer(call, { error: awsError('ProvisionedThroughputExceededException') });
    }
    if (/^projector/.test(invocation.name) && faults.strikes('overlap')) {
      note(() => `${invocation.name}: its messages are visible again while it works on`);
      finish(invocation, { error: new Error('visibility ran out') });
    }
    if (sent.name === 'BatchGet') batchGet(call);
    else if (sent.name === 'BatchWrite') batchWrite(call);
    else if (sent.name === 'Scan') scan(call);
    else if (/^(Get|Query)$/.test(sent.name)) answer(call, execute(invocation, sent));
    else write(call);
  };
};
