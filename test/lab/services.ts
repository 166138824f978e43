import { awsError, cancelled } from '../support/aws-error.ts';
import type { Item } from './expressions.ts';
import { type Call, finish, freeze, type Invocation, stepMs } from './machine.ts';
import type { Store } from './memory-store.ts';
import type { Stops } from './stops.ts';
import type { Key, Sent } from './store-shapes.ts';
import type { Context } from './stream.ts';
import { isFollower, isOnQueue } from './subscribers.ts';

export interface Entry {
  readonly Detail: string;
  readonly DetailType: string;
}

interface ServicesContext extends Context {
  readonly store: Store;
  readonly stops: Stops;
  readonly accept: (entry: Entry) => void;
  /** Called for an error that no fault explains: a mistake in a request or in the model. */
  readonly mistake: (line: string) => void;
  /** Called before each call is executed. */
  readonly before: ((who: string, sent: Sent) => void) | undefined;
}

/** The part of a batch of reads for one table. */
interface Request {
  readonly Keys: readonly Key[];
  readonly ConsistentRead?: boolean;
}

type Done = { readonly result: object } | { readonly error: unknown };

/** An item for the trace: its kind, the beginning of its id (none if the id is random), its version. */
const itemOf = (item: Item): string => {
  const { pk, sk, id, version } = item;
  const [type = '', from = ''] = String(pk).split('#');
  if (version !== undefined)
    return `${id ? '' : `${type} `}${String(id ?? from).slice(0, 4)} v${version}`;
  const whose = type === 'person' ? ` ${from.slice(0, 4)}` : '';
  return `${type}${whose} ${String(sk).split('#')[0]}`;
};

/** A call for the trace. */
const brief = ({ name, input }: Sent): string => {
  const entries = input.Entries as readonly object[] | undefined;
  if (entries) return `${name} of ${entries.length}`;
  if (input.Item) return `${name} ${itemOf(input.Item as Item)}`;
  if (!input.TransactItems) return name;
  const actions = input.TransactItems as readonly Readonly<
    Record<'Put' | 'Delete', { readonly Item?: Item; readonly Key?: Item } | undefined>
  >[];
  const told: string[] = [];
  let presences = 0;
  let totals = 0;
  for (const { Put, Delete } of actions) {
    if (Delete?.Key) told.push(`no ${itemOf(Delete.Key)}`);
    else if (!Put?.Item) totals += 1;
    else if (Put.Item.version === undefined && Put.Item.revision !== undefined && !Put.Item.fields)
      presences += 1;
    else told.push(itemOf(Put.Item));
  }
  return `${name} of ${[
    ...told,
    ...(presences ? [`${presences} presences`] : []),
    ...(totals ? [`${totals} totals`] : []),
  ].join(', ')}`;
};

/** One second, the longest staleness of a read. */
const oldestSteps = 1000 / stepMs;

const mayBeStale = ({ name, input }: Sent): boolean => {
  if (name === 'BatchGet')
    return Object.values(input.RequestItems as Readonly<Record<string, Sent['input']>>).some(
      ({ ConsistentRead }) => !ConsistentRead,
    );
  return /^(Get|Query|Scan)$/.test(name) && !input.ConsistentRead;
};

/** A close makes so many calls that it would never come to its end if each failed as often as others. */
const callsSpared = 0.8;
const isOfLongRun = (who: string): boolean => who.startsWith('closer ');

/** What a run of a close stored is kept by the functions that read it, which share their memory here. */
const isKept = ({ name, input }: Sent): boolean =>
  input.TableName === 'closed' && /^(Get|Query)$/.test(name);

/** Executes a call when its turn comes, with its faults. */
export const createServices = (context: ServicesContext) => {
  const { machine, faults, random, store, stops, accept, note, mistake, before } = context;

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

  /**
   * A stale read. All items of a table's replica are equally old; each item of an index has its own age.
   */
  const stale = (sent: Sent): object => {
    const ages = new Map<string, number>();
    const all = random.between(1, oldestSteps);
    const ageOf = (id: string): number => {
      const age = ages.get(id) ?? random.between(0, oldestSteps);
      ages.set(id, age);
      return age;
    };
    return store.executeStale(sent, sent.input.IndexName ? ageOf : () => all, oldestSteps);
  };

  const execute = ({ name: who }: Invocation, sent: Sent): Done => {
    before?.(who, sent);
    try {
      if (sent.name === 'PutEvents') return { result: putEvents(sent) };
      if (mayBeStale(sent) && faults.strikes('staleRead')) {
        note(() => `  what ${who} reads is not of now`);
        return { result: stale(sent) };
      }
      return { result: store.execute(sent) };
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

  /** Reads each item at a different moment, as a batch of reads may. */
  const tornRead = (call: Call, table: string, { Keys: keys, ...how }: Request) => {
    const moments = new Map<number, Key[]>();
    for (const key of keys) {
      const moment = random.between(0, 8);
      moments.set(moment, [...(moments.get(moment) ?? []), key]);
    }
    const found: object[] = [];
    let open = moments.size;
    for (const [moment, Keys] of moments)
      machine.later(moment, () => {
        const input = { RequestItems: { [table]: { ...how, Keys } } };
        const done = execute(call.invocation, { name: 'BatchGet', input });
        open -= 1;
        // The call was already answered.
        if (open < 0) return;
        if ('error' in done) {
          open = 0;
          answer(call, done);
          return;
        }
        found.push(
          ...((done.result as { Responses: Record<string, object[]> }).Responses[table] ?? []),
        );
        if (open === 0)
          answer(call, { result: { Responses: { [table]: found }, UnprocessedKeys: {} } });
      });
  };

  const batchGet = (call: Call) => {
    const requests = call.sent.input.RequestItems as Record<string, Request>;
    const [[table, request] = ['', { Keys: [] }]] = Object.entries(requests);
    const { Keys } = request;
    if (Keys.length > 1 && faults.strikes('tornRead')) {
      note(() => `${call.invocation.name}: reads ${Keys.length} items, each at its own moment`);
      return tornRead(call, table, request);
    }
    if (Keys.length > 1 && faults.strikes('unprocessed')) {
      const done = execute(call.invocation, {
        name: 'BatchGet',
        input: { RequestItems: { [table]: { ...request, Keys: Keys.slice(1) } } },
      });
      if ('error' in done) return answer(call, done);
      const UnprocessedKeys = { [table]: { ...request, Keys: Keys.slice(0, 1) } };
      return answer(call, { result: { ...done.result, UnprocessedKeys } });
    }
    note(() => `${call.invocation.name}: reads ${Keys.length} items`);
    answer(call, execute(call.invocation, call.sent));
  };

  /** A write that was already sent when its function was stopped, and arrives later. */
  const zombie = (call: Call) => {
    note(() => `${call.invocation.name}: timed out with ${brief(call.sent)} under way`);
    freeze(call.invocation, 'timed out');
    // A follower's late write arrives before its message comes again. The projector's may come later,
    // because its laws do not depend on that.
    const late = isFollower(call.invocation.name) ? random.between(1, 4) : random.between(5, 150);
    machine.later(late, () => {
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
    // A follower whose message another function has received meanwhile is not stopped as well.
    const mayStop = !(invocation.over && isFollower(invocation.name));
    if (mayStop && stops.strikes(sent)) {
      note(() => `${what()}: stopped before it`);
      return freeze(invocation, 'stopped');
    }
    if (mayStop && faults.strikes('zombie')) return zombie(call);
    if (mayStop && faults.strikes('crashBefore')) {
      note(() => `${what()}: crashed before it`);
      return freeze(invocation, 'crashed');
    }
    if (sent.name === 'TransactWrite' && faults.strikes('conflict')) {
      note(() => `${what()}: TransactionConflict`);
      return answer(call, { error: cancelled('None', 'TransactionConflict') });
    }
    const done = execute(invocation, sent);
    if (mayStop && faults.strikes('crashAfter')) {
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

  /** A page of a scan ends after a random number of items. */
  const scan = (call: Call) => {
    const { name, input } = call.sent;
    const paged = { name, input: { ...input, Limit: random.between(3, 40) } };
    note(() => `${call.invocation.name}: scans ${input.TableName}`);
    answer(call, execute(call.invocation, paged));
  };

  /** A batch of writes may leave some unprocessed. */
  const batchWrite = (call: Call) => {
    const requests = call.sent.input.RequestItems as Record<string, readonly object[]>;
    const [[table = '', all = []] = []] = Object.entries(requests);
    if (all.length < 2 || !faults.strikes('unprocessed')) return write(call);
    const some = { name: 'BatchWrite', input: { RequestItems: { [table]: all.slice(1) } } };
    const done = execute(call.invocation, some);
    if ('error' in done) return answer(call, done);
    answer(call, { result: { UnprocessedItems: { [table]: all.slice(0, 1) } } });
  };

  const perform = (call: Call) => {
    const { sent } = call;
    if (sent.name === 'BatchGet') batchGet(call);
    else if (sent.name === 'BatchWrite') batchWrite(call);
    else if (sent.name === 'Scan') scan(call);
    else if (/^(Get|Query)$/.test(sent.name)) answer(call, execute(call.invocation, sent));
    else write(call);
  };

  return (call: Call) => {
    const { invocation, sent, reject } = call;
    // A call that a stopped function had sent is executed, and its answer is dropped.
    if (invocation.frozen) {
      execute(invocation, sent);
      // Another function may wait for the same read, and would wait for ever.
      if (isKept(sent)) reject(awsError('TimeoutError'));
      return;
    }
    if (isOfLongRun(invocation.name) && random.chance(callsSpared)) {
      if (sent.name === 'Scan') return scan(call);
      note(() => `${invocation.name}: ${brief(sent)}`);
      return answer(call, execute(invocation, sent));
    }
    if (faults.strikes('throttle')) {
      note(() => `${invocation.name}: ${brief(sent)} is throttled`);
      return answer(call, { error: awsError('ProvisionedThroughputExceededException') });
    }
    if (isOnQueue(invocation.name) && faults.strikes('overlap')) {
      note(() => `${invocation.name}: its messages are visible again while it works on`);
      finish(invocation, { error: new Error('visibility ran out') });
    }
    perform(call);
  };
};
