import { type Aggregate, aggregates } from '../../events/aggregates.ts';
import type {
  AggregateType,
  DomainEvent,
  EventData,
  EventTypeOf,
  Fact,
} from '../../events/catalogue.ts';
import type { Role } from '../../events/envelope.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { jitter } from '../runtime/dynamodb.ts';
import { type CommandRequest, commandBy } from './command.ts';
import {
  type AlsoWrite,
  append,
  type Command,
  entryAfter,
  firstEntry,
  type LedgerEntry,
  newestEntry,
  noteUnchanged,
  repeatedEntry,
  unchangedEntry,
  VersionConflict,
} from './ledger.ts';

type Field<A extends AggregateType> = Extract<
  (typeof aggregates)[keyof typeof aggregates],
  { readonly type: A }
>['state'];

/** An aggregate's state. Each of its events carries all of it. */
export type StateOf<A extends AggregateType> =
  EventData<EventTypeOf<A>> extends infer Data
    ? Data extends Readonly<Record<Field<A>, infer State>>
      ? State
      : never
    : never;

/** What can happen to an aggregate. */
export type FactOf<A extends AggregateType> = Fact<EventTypeOf<A>>;

export interface Versioned<State> {
  readonly state: State;
  readonly version: number;
}

/** Something that happens to another aggregate, decided on its state at this version. */
export interface AlsoAppend {
  readonly type: AggregateType;
  readonly id: string;
  readonly version: number;
  readonly fact: Fact;
}

/** A command on one aggregate: who may run it, what it does, and what is written with it. */
export interface Execution<A extends AggregateType> {
  readonly request: CommandRequest & { readonly ifMatch: number | undefined };
  /**
   * The role in which the actor may do this to the aggregate as it is; undefined means no. It is not
   * asked about a repeated request, which gets its earlier answer whatever the actor may do by now.
   */
  readonly authorise: (state: StateOf<A>) => Role | undefined | Promise<Role | undefined>;
  /**
   * Asked when the aggregate does not exist: the role in which the actor could do this to such an
   * aggregate; undefined means no. An actor without a role gets `forbidden` either way, so the
   * answer does not tell whether it exists. Leave it out when anybody may know.
   */
  readonly authoriseAbsent?: () => Role | undefined | Promise<Role | undefined>;
  /** What happens first, when the aggregate does not exist; without it that is `not-found`. */
  readonly begin?: () => FactOf<A> | null | Promise<FactOf<A> | null>;
  /** What happens; null when there is nothing to change. */
  readonly decide: (state: StateOf<A>) => FactOf<A> | null | Promise<FactOf<A> | null>;
  /** What happens to other aggregates, appended in the same transaction. */
  readonly alsoAppend?: (state: StateOf<A>, fact: FactOf<A>) => Promise<readonly AlsoAppend[]>;
  /** What is written to other tables in the same transaction. */
  readonly alsoWrite?: (state: StateOf<A>, fact: FactOf<A>) => Promise<readonly AlsoWrite[]>;
}

/** A command that creates aggregates. */
export interface Creation<A extends AggregateType> {
  readonly request: CommandRequest;
  /** The role in which the actor may do this. Not asked about a repeated request, as of an `Execution`. */
  readonly authorise: () => Role | undefined | Promise<Role | undefined>;
  /** Checks what the request names, and says what happens. */
  readonly prepare: () => Promise<FactOf<A>>;
  /** What is written to other tables together with the events. */
  readonly alsoWrite?: () => Promise<readonly AlsoWrite[]>;
}

/** The same for several aggregates at once. */
export type Creations<A extends AggregateType> = Omit<Creation<A>, 'prepare'> & {
  readonly prepare: () => Promise<readonly FactOf<A>[]>;
};

const attempts = 3;

const build = <A extends AggregateType>(type: A, { state: field }: Aggregate) => {
  type State = StateOf<A>;
  const stateOf = ({ data }: DomainEvent): State =>
    (data as unknown as Readonly<Record<string, State>>)[field] as State;
  const versioned = ({ event }: LedgerEntry): Versioned<State> => ({
    state: stateOf(event),
    version: event.aggregate.version,
  });
  const streamOf = (id: string) => ({ type, id });
  const missing = (id: string): Rejection => new Rejection('not-found', { what: type, id });

  /**
   * The answer that an earlier request with the same key got, if there was one. Of a missing aggregate
   * as much is read as of one that exists, so that a refusal does not tell by its time whether it does.
   */
  const answered = async (
    id: string,
    newest: LedgerEntry | undefined,
    idempotency: Command['idempotency'],
  ): Promise<Versioned<State> | undefined> => {
    if (!idempotency) return undefined;
    const { key, hash } = idempotency;
    const entry = await (newest ? repeatedEntry(newest, key) : unchangedEntry(streamOf(id), key));
    if (!entry) return undefined;
    if (entry.idempotency?.hash !== hash) throw new Problem('idempotency-key-reused');
    return versioned(entry);
  };

  /**
   * The present state, or undefined when there is no such aggregate.
   * @param consistent false costs half, but may miss an event appended in the last second
   */
  const find = async (id: string, consistent = true): Promise<Versioned<State> | undefined> => {
    const newest = await newestEntry(streamOf(id), consistent);
    return newest && versioned(newest);
  };

  /** Only the state that `find` returns. */
  const stateNow = async (id: string, consistent = true): Promise<State | undefined> =>
    (await find(id, consistent))?.state;

  /** `find`, for the aggregate that a path names. @throws Rejection `not-found` */
  const get = async (id: string): Promise<Versioned<State>> => {
    const found = await find(id);
    if (!found) throw missing(id);
    return found;
  };

  /**
   * The present state of an aggregate that a request's body names. For rules that depend on that
   * state, such as whether an activity was cancelled a moment ago.
   * @throws Rejection `unknown-reference` at the pointer
   */
  const reference = async (id: string, pointer: Pointer): Promise<State> => {
    const found = await find(id);
    if (!found) throw new Rejection('unknown-reference', { what: type, id }, pointer);
    return found.state;
  };

  /**
   * Like `reference`, but eventually consistent, at half the price. For when only existence
   * matters, or a field that never changes. An aggregate that is not found is read again
   * consistently, since it may have been created a moment ago.
   * @throws Rejection `unknown-reference` at the pointer
   */
  const referenceEventually = async (id: string, pointer: Pointer): Promise<State> =>
    (await stateNow(id, false)) ?? (await reference(id, pointer));

  /**
   * Runs a command on an existing aggregate: reads its newest event, decides and appends, and
   * starts again when another request appended first. A retry with the same Idempotency-Key finds
   * its own event and gets the same answer. This costs no write, because the event's row holds the
   * key; only a command that changes nothing writes a note of its key. Before a refusal is answered,
   * the stream is read once more: the same request, sent twice at once, may have caused it.
   *
   * @throws Rejection `not-found`, `forbidden`, or what `authorise` and `decide` throw
   * @throws Problem `stale-version`, `idempotency-key-reused`, `conflict`
   */
  const execute = async (
    id: string,
    { request, authorise, authoriseAbsent, begin, decide, alsoAppend, alsoWrite }: Execution<A>,
  ): Promise<Versioned<State>> => {
    for (let attempt = 1; ; attempt += 1) {
      const newest = await newestEntry(streamOf(id));
      const earlier = await answered(id, newest, request.idempotency);
      if (earlier) return earlier;
      try {
        if (!newest) {
          const role = await authoriseAbsent?.();
          if (authoriseAbsent && !role) throw new Rejection('forbidden');
          if (!begin) throw missing(id);
          const command = commandBy(role, request);
          if (request.ifMatch !== undefined) throw new Problem('stale-version', { version: 0 });
          const fact = await begin();
          if (!fact) throw new Error(`${type} begins with an event`);
          const first = firstEntry(streamOf(id), fact as Fact, command);
          await append([first]);
          return versioned(first);
        }
        const current = versioned(newest);
        const command = commandBy(await authorise(current.state), request);
        if (request.ifMatch !== undefined && request.ifMatch !== current.version)
          throw new Problem('stale-version', { version: current.version });
        const fact = await decide(current.state);
        if (!fact) {
          const { idempotency, decidesAgain } = request;
          const isFirst =
            !idempotency || decidesAgain || (await noteUnchanged(newest, idempotency));
          return isFirst ? current : ((await answered(id, newest, idempotency)) ?? current);
        }
        const entry = entryAfter(newest, fact as Fact, command);
        const others = ((await alsoAppend?.(current.state, fact)) ?? []).map((other) =>
          entryAfter(other, other.fact, { ...command, idempotency: undefined }),
        );
        await append([entry, ...others], await alsoWrite?.(current.state, fact));
        return versioned(entry);
      } catch (error) {
        const isOvertaken = error instanceof VersionConflict;
        if (isOvertaken && attempt < attempts) {
          await jitter(attempt);
          continue;
        }
        // The same request, sent twice at once, may have succeeded already.
        const done =
          request.idempotency &&
          (await answered(id, await newestEntry(streamOf(id)), request.idempotency));
        if (done) return done;
        throw isOvertaken ? new Problem('conflict') : error;
      }
    }
  };

  /**
   * Runs a command that creates up to 100 aggregates, all or none. Their ids are derived from the
   * Idempotency-Key (or from something unique), so a retry finds its own first events. They are
   * read only then: a first attempt costs no read and no extra write.
   *
   * @throws Rejection `forbidden`, `already-exists`, or what `prepare` throws
   * @throws Problem `idempotency-key-reused`, `conflict`
   */
  const createAll = async (
    ids: readonly string[],
    { request, authorise, prepare, alsoWrite }: Creations<A>,
  ): Promise<readonly Versioned<State>[]> => {
    const newestOf = (id: string) => newestEntry(streamOf(id));
    for (let attempt = 1; ; attempt += 1) {
      try {
        const command = commandBy(await authorise(), request);
        const facts = await prepare();
        const entries = ids.map((id, index) => {
          const fact = facts[index];
          if (!fact) throw new Error('fewer facts than ids');
          return firstEntry(streamOf(id), fact as Fact, command);
        });
        await append(entries, await alsoWrite?.());
        return entries.map(versioned);
      } catch (error) {
        // An earlier request with this key may have succeeded already.
        const [first] = ids;
        const there = first === undefined ? undefined : await newestOf(first);
        if (first !== undefined && there && (await answered(first, there, request.idempotency))) {
          const all = await Promise.all(
            ids.map(async (id) => answered(id, await newestOf(id), request.idempotency)),
          );
          return all.map((one) => {
            if (!one) throw error;
            return one;
          });
        }
        if (!(error instanceof VersionConflict)) throw error;
        if (first !== undefined && there)
          throw new Rejection('already-exists', { what: type, id: first });
        if (attempt === attempts) throw new Problem('conflict');
        await jitter(attempt);
      }
    }
  };

  /** `createAll` for one aggregate. */
  const create = async (
    id: string,
    { prepare, ...creation }: Creation<A>,
  ): Promise<Versioned<State>> => {
    const [created] = await createAll([id], {
      ...creation,
      prepare: async () => [await prepare()],
    });
    if (!created) throw new Error('nothing was created');
    return created;
  };

  return { find, stateNow, get, reference, referenceEventually, execute, create, createAll };
};

type Handles = { readonly [A in AggregateType]: ReturnType<typeof build<A>> };

const handles = Object.fromEntries(
  Object.values(aggregates).map((each) => [each.type, build(each.type, each)]),
) as unknown as Handles;

/** The operations on the streams of one type of aggregate. */
export const aggregate = <A extends AggregateType>(type: A): Handles[A] => handles[type];
