import { type Aggregate, aggregates } from '../../events/aggregates.ts';
import type {
  AggregateType,
  DomainEvent,
  EventData,
  EventTypeOf,
  Fact,
} from '../../events/catalogue.ts';
import type { Role } from '../../events/envelope.ts';
import { type Sheet, sheetAfter } from '../../events/participation.ts';
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
  load,
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

/** The states of aggregates whose events carry only what changed: they are folded from all events. */
interface Folded {
  readonly sheet: Sheet;
}

/** How each of them is folded. */
const folds = { sheet: sheetAfter } as const satisfies {
  readonly [A in keyof Folded]: (
    before: Folded[A] | undefined,
    data: EventData<EventTypeOf<A>>,
  ) => Folded[A];
};

type Fold<State> = (before: State | undefined, data: never) => State;

/** An aggregate's state. Each of its events carries all of it, unless it is folded. */
export type StateOf<A extends AggregateType> = A extends keyof Folded
  ? Folded[A]
  : EventData<EventTypeOf<A>> extends infer Data
    ? Data extends Readonly<Record<Field<A>, infer State>>
      ? State
      : never
    : never;

/** What can happen to an aggregate. */
export type FactOf<A extends AggregateType> = Fact<EventTypeOf<A>>;

export interface Versioned<State> {
  readonly state: State;
  readonly version: number;
  /** The event of this version. */
  readonly event: DomainEvent;
  /** What the command that appended it also answered: see `Execution.more`. */
  readonly more: unknown;
}

/** Something that happens to another aggregate, decided on its state at this version. */
export interface AlsoAppend {
  readonly type: AggregateType;
  readonly id: string;
  readonly version: number;
  readonly fact: Fact;
}

/** A stream as it was read at one moment: its newest entry, and the state after any entry of it. */
export interface Reading<State> {
  readonly newest: LedgerEntry | undefined;
  /** The state after the newest entry; undefined when there is none. */
  readonly now: Versioned<State> | undefined;
  readonly after: (entry: LedgerEntry) => Versioned<State>;
  /** All entries, of a state that is folded from them. */
  readonly all: readonly LedgerEntry[] | undefined;
}

/** A command on one aggregate: who may run it, what it does, and what is written with it. */
export interface Execution<A extends AggregateType> {
  readonly request: CommandRequest & { readonly ifMatch: number | undefined };
  /** The stream, if it was read a moment ago: it is read again only when somebody else appended since. */
  readonly reading?: Reading<StateOf<A>>;
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
  /** Set when `decide` never gives null: then no note of an earlier request needs to be looked for. */
  readonly alwaysAppends?: boolean;
  /** What happens first, when the aggregate does not exist; without it that is `not-found`. */
  readonly begin?: () => FactOf<A> | null | Promise<FactOf<A> | null>;
  /** What happens; null when there is nothing to change. */
  readonly decide: (state: StateOf<A>) => FactOf<A> | null | Promise<FactOf<A> | null>;
  /**
   * What the answer says beside the state, as JSON; asked after `decide`. It is kept with the command's
   * key, so that a repetition gets it too.
   */
  readonly more?: () => unknown;
  /** What happens to other aggregates, appended in the same transaction. */
  readonly alsoAppend?: (state: StateOf<A>, fact: FactOf<A>) => Promise<readonly AlsoAppend[]>;
  /** What else is written in the same transaction. */
  readonly alsoWrite?: (state: StateOf<A>, fact: FactOf<A>) => Promise<readonly AlsoWrite[]>;
  /** What happens to other aggregates, and is written, when this one begins. */
  readonly beginWith?: () => Promise<{
    readonly appends: readonly AlsoAppend[];
    readonly writes: readonly AlsoWrite[];
  }>;
}

/** A command that creates an aggregate. */
export interface Creation<A extends AggregateType> {
  readonly request: CommandRequest;
  /** The role in which the actor may do this. Not asked about a repeated request, as of an `Execution`. */
  readonly authorise: () => Role | undefined | Promise<Role | undefined>;
  /** Checks what the request names, and says what happens. */
  readonly prepare: () => Promise<FactOf<A>>;
  /** What the answer says beside the state, as in an `Execution`; asked after `prepare`. */
  readonly more?: () => unknown;
  /** What else is written together with the event; asked after `prepare`. */
  readonly alsoWrite?: () => Promise<readonly AlsoWrite[]>;
}

/** The command with what its answer says beside the state. */
const withMore = (command: Command, more: Execution<AggregateType>['more']): Command =>
  more && command.idempotency
    ? { ...command, idempotency: { ...command.idempotency, more: more() } }
    : command;

const attempts = 3;

const build = <A extends AggregateType>(type: A, { state: field }: Aggregate) => {
  type State = StateOf<A>;
  const fold = (folds as unknown as Readonly<Record<string, Fold<State>>>)[type];
  const stateOf = ({ data }: DomainEvent): State =>
    (data as unknown as Readonly<Record<string, State>>)[field] as State;
  const streamOf = (id: string) => ({ type, id });
  const missing = (id: string): Rejection => new Rejection('not-found', { what: type, id });

  /** The state after an entry, and after these before it if the state is folded. */
  const stateAfter = (before: readonly LedgerEntry[], entry: LedgerEntry): Versioned<State> => {
    const { version } = entry.event.aggregate;
    const { event, idempotency } = entry;
    const rest = { version, event, more: idempotency?.more };
    if (!fold) return { ...rest, state: stateOf(event) };
    const earlier = before.filter((each) => each.event.aggregate.version < version);
    const state = [...earlier, entry].reduce<State | undefined>(
      (now, { event }) => fold(now, event.data as never),
      undefined,
    );
    return { ...rest, state: state as State };
  };

  /** Reads a stream once: the newest event, or all of them if the state is folded. */
  const read = async (id: string, consistent = true): Promise<Reading<State>> => {
    const all = fold
      ? await load(streamOf(id), consistent)
      : [await newestEntry(streamOf(id), consistent)].flatMap((entry) => entry ?? []);
    const newest = all.at(-1);
    const after = (entry: LedgerEntry) => stateAfter(all, entry);
    return { newest, now: newest && after(newest), after, all: fold && all };
  };

  /**
   * The answer that an earlier request with the same key got, if there was one. Of a missing aggregate
   * as much is read as of one that exists, so that a refusal does not tell by its time whether it does.
   */
  const answered = async (
    id: string,
    { newest, after, all }: Reading<State>,
    idempotency: Command['idempotency'],
    alwaysAppends = false,
  ): Promise<Versioned<State> | undefined> => {
    if (!idempotency) return undefined;
    const { key, hash } = idempotency;
    const appended = all?.find((each) => each.idempotency?.key === key);
    if (all && !appended && alwaysAppends) return undefined;
    const entry =
      appended ??
      (await (newest && !all ? repeatedEntry(newest, key) : unchangedEntry(streamOf(id), key)));
    if (!entry) return undefined;
    if (entry.idempotency?.hash !== hash) throw new Problem('idempotency-key-reused');
    return after(entry);
  };

  /**
   * The present state, or undefined when there is no such aggregate.
   * @param consistent false costs half, but may miss an event appended in the last second
   */
  const find = async (id: string, consistent = true): Promise<Versioned<State> | undefined> => {
    const { now } = await read(id, consistent);
    return now;
  };

  /** The state after the event of this version; undefined when there is no such event. */
  const findAt = async (id: string, version: number): Promise<Versioned<State> | undefined> => {
    const all = await load(streamOf(id));
    const entry = all.find(({ event }) => event.aggregate.version === version);
    return entry && stateAfter(all, entry);
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

  /** A folded state's entries need no marks of earlier keys: all of them are read anyway. */
  const next = (
    id: string,
    newest: LedgerEntry,
    fact: FactOf<A>,
    command: Command,
  ): LedgerEntry => {
    const { version } = newest.event.aggregate;
    return entryAfter(fold ? { type, id, version } : newest, fact as Fact, command);
  };

  const othersBy = (command: Command, others: readonly AlsoAppend[]): readonly LedgerEntry[] =>
    others.map((other) => entryAfter(other, other.fact, { ...command, idempotency: undefined }));

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
    {
      request,
      reading: known,
      authorise,
      authoriseAbsent,
      begin,
      decide,
      more,
      alsoAppend,
      alsoWrite,
      beginWith,
      alwaysAppends = false,
    }: Execution<A>,
  ): Promise<Versioned<State>> => {
    const ofRequest = request.alsoWrite ?? [];
    for (let attempt = 1; ; attempt += 1) {
      const reading = (attempt === 1 && known) || (await read(id));
      const { newest, now, after } = reading;
      const earlier = await answered(id, reading, request.idempotency, alwaysAppends);
      if (earlier) return earlier;
      try {
        if (!newest || !now) {
          const role = await authoriseAbsent?.();
          if (authoriseAbsent && !role) throw new Rejection('forbidden');
          if (!begin) throw missing(id);
          const command = commandBy(role, request);
          if (request.ifMatch !== undefined) throw new Problem('stale-version', { version: 0 });
          const fact = await begin();
          if (!fact) throw new Error(`${type} begins with an event`);
          const first = firstEntry(streamOf(id), fact as Fact, withMore(command, more));
          const { appends = [], writes = [] } = (await beginWith?.()) ?? {};
          await append([first, ...othersBy(command, appends)], [...writes, ...ofRequest]);
          return after(first);
        }
        const command = commandBy(await authorise(now.state), request);
        if (request.ifMatch !== undefined && request.ifMatch !== now.version)
          throw new Problem('stale-version', { version: now.version });
        const fact = await decide(now.state);
        if (!fact) {
          const { idempotency, decidesAgain } = request;
          const isFirst =
            !idempotency || decidesAgain || (await noteUnchanged(newest, idempotency));
          const unchanged = { ...now, more: undefined };
          // The first one may have found a newer state than this one.
          return isFirst
            ? unchanged
            : ((await answered(id, await read(id), idempotency)) ?? unchanged);
        }
        const entry = next(id, newest, fact, withMore(command, more));
        const others = othersBy(command, (await alsoAppend?.(now.state, fact)) ?? []);
        const own = (await alsoWrite?.(now.state, fact)) ?? [];
        await append([entry, ...others], [...own, ...ofRequest]);
        return after(entry);
      } catch (error) {
        const isOvertaken = error instanceof VersionConflict;
        if (isOvertaken && attempt < attempts) {
          await jitter(attempt);
          continue;
        }
        // The same request, sent twice at once, may have succeeded already.
        const done =
          request.idempotency && (await answered(id, await read(id), request.idempotency));
        if (done) return done;
        throw isOvertaken ? new Problem('conflict') : error;
      }
    }
  };

  /**
   * Runs a command that creates an aggregate. Its id is derived from the Idempotency-Key (or from
   * something unique), so a retry finds its own first event. It is read only then: a first attempt
   * costs no read and no extra write.
   *
   * @throws Rejection `forbidden`, `already-exists`, or what `prepare` throws
   * @throws Problem `idempotency-key-reused`, `conflict`
   */
  const create = async (
    id: string,
    { request, authorise, prepare, more, alsoWrite }: Creation<A>,
  ): Promise<Versioned<State>> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const command = commandBy(await authorise(), request);
        const fact = (await prepare()) as Fact;
        const first = firstEntry(streamOf(id), fact, withMore(command, more));
        const own = (await alsoWrite?.()) ?? [];
        await append([first], [...own, ...(request.alsoWrite ?? [])]);
        return stateAfter([], first);
      } catch (error) {
        // An earlier request with this key may have succeeded already.
        const reading = await read(id);
        const earlier = reading.newest && (await answered(id, reading, request.idempotency));
        if (earlier) return earlier;
        if (!(error instanceof VersionConflict)) throw error;
        if (reading.newest) throw new Rejection('already-exists', { what: type, id });
        if (attempt === attempts) throw new Problem('conflict');
        await jitter(attempt);
      }
    }
  };

  return {
    read,
    answered,
    find,
    findAt,
    stateNow,
    get,
    reference,
    referenceEventually,
    execute,
    create,
  };
};

type Handles = { readonly [A in AggregateType]: ReturnType<typeof build<A>> };

const handles = Object.fromEntries(
  Object.values(aggregates).map((each) => [each.type, build(each.type, each)]),
) as unknown as Handles;

/** The operations on the streams of one type of aggregate. */
export const aggregate = <A extends AggregateType>(type: A): Handles[A] => handles[type];
