import type { DomainEvent, Fact } from '../../events/catalogue.ts';
import type { Role } from '../../events/envelope.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { jitter } from '../runtime/dynamodb.ts';
import { type CommandRequest, commandBy } from './command.ts';
import {
  type Alongside,
  append,
  type Command,
  type Entry,
  entryOf,
  load,
  type Stream,
  VersionConflict,
} from './ledger.ts';

export interface Versioned<State> {
  readonly state: State;
  readonly version: number;
}

type Evolve<State> = (state: State | null, event: DomainEvent) => State;

const attempts = 3;

const fold = <State>(
  entries: readonly Entry[],
  evolve: Evolve<State>,
): Versioned<State> | undefined => {
  let state: State | null = null;
  for (const { event } of entries) state = evolve(state, event);
  return state === null ? undefined : { state, version: entries.length };
};

/** The answer an earlier request with the same key got, if there was one. */
const replay = <State>(
  entries: readonly Entry[],
  evolve: Evolve<State>,
  { idempotency }: Pick<Command, 'idempotency'>,
): Versioned<State> | undefined => {
  if (!idempotency) return undefined;
  const at = entries.findIndex((entry) => entry.idempotency?.key === idempotency.key);
  if (at < 0) return undefined;
  if (entries[at]?.idempotency?.hash !== idempotency.hash)
    throw new Problem('idempotency-key-reused');
  return fold(entries.slice(0, at + 1), evolve);
};

/** The present state of an aggregate, or undefined. */
export const find = async <State>(
  stream: Stream,
  evolve: Evolve<State>,
): Promise<Versioned<State> | undefined> => fold(await load(stream), evolve);

/** The present state of the aggregate a path names. @throws Rejection `not-found` */
export const get = async <State>(
  stream: Stream,
  evolve: Evolve<State>,
): Promise<Versioned<State>> => {
  const found = await find(stream, evolve);
  if (!found) throw new Rejection('not-found', { what: stream.type, id: stream.id });
  return found;
};

/** Something that happens to another aggregate, decided on its state at this version. */
export interface Together {
  readonly stream: Stream;
  readonly version: number;
  readonly fact: Fact;
}

export interface Execution<State> {
  readonly stream: Stream;
  readonly evolve: Evolve<State>;
  readonly request: CommandRequest & { readonly ifMatch: number | undefined };
  /** The role in which the actor may do this to the aggregate as it is; undefined means no. */
  readonly authorise: (state: State) => Role | undefined | Promise<Role | undefined>;
  /**
   * The role in which the actor may do this to whichever there might be; undefined means no. Whoever
   * has none is answered the same whether there is one or not. Left out where anybody may know.
   */
  readonly authoriseAbsent?: () => Role | undefined | Promise<Role | undefined>;
  /** What happens; null when there is nothing to change. */
  readonly decide: (state: State) => Fact | null | Promise<Fact | null>;
  /** What happens to other aggregates at once: appended together, all or none. */
  readonly together?: (state: State, fact: Fact) => Promise<readonly Together[]>;
  /** What is written to other tables together with the event. */
  readonly alongside?: (state: State, fact: Fact) => Promise<readonly Alongside[]>;
}

/**
 * Runs a command on an aggregate that exists: load, decide, append, and again when somebody was
 * faster. A retry with the same Idempotency-Key finds its own event and gets the same answer; that
 * costs no write, for the key lies in the event's row. A refusal is answered only after the stream
 * was looked at once more: what the request at the same moment did may be the reason for it.
 *
 * @throws Rejection `not-found`, `forbidden`, or whatever `authorise` and `decide` throw
 * @throws Problem `stale-version`, `idempotency-key-reused`, `conflict`
 */
export const execute = async <State>({
  stream,
  evolve,
  request,
  authorise,
  authoriseAbsent,
  decide,
  together,
  alongside,
}: Execution<State>): Promise<Versioned<State>> => {
  for (let attempt = 1; ; attempt += 1) {
    const entries = await load(stream);
    const replayed = replay(entries, evolve, request);
    if (replayed) return replayed;
    try {
      const current = fold(entries, evolve);
      if (!current) {
        if (authoriseAbsent && !(await authoriseAbsent())) throw new Rejection('forbidden');
        throw new Rejection('not-found', { what: stream.type, id: stream.id });
      }
      const command = commandBy(await authorise(current.state), request);
      if (request.ifMatch !== undefined && request.ifMatch !== current.version)
        throw new Problem('stale-version', { version: current.version });
      const fact = await decide(current.state);
      if (!fact) return current;
      const entry = entryOf(stream, current.version + 1, fact, command);
      const others = ((await together?.(current.state, fact)) ?? []).map((other) =>
        entryOf(other.stream, other.version + 1, other.fact, {
          ...command,
          idempotency: undefined,
        }),
      );
      await append([entry, ...others], await alongside?.(current.state, fact));
      return { state: evolve(current.state, entry.event), version: current.version + 1 };
    } catch (error) {
      const isOvertaken = error instanceof VersionConflict;
      if (isOvertaken && attempt < attempts) {
        await jitter(attempt);
        continue;
      }
      // Whatever stood in the way, the same request at the same moment may have done it already.
      const done = request.idempotency && replay(await load(stream), evolve, request);
      if (done) return done;
      throw isOvertaken ? new Problem('conflict') : error;
    }
  }
};

/**
 * Runs a command that begins up to 100 new aggregates, all or none. Their ids come from the
 * Idempotency-Key (or from what there can be only one of), so a retry meets its own first events:
 * only then are they read, and the happy path costs no read and no extra write.
 *
 * @param alongside what is written to other tables together with the events
 * @throws Rejection `already-exists`, or whatever `prepare` throws
 * @throws Problem `idempotency-key-reused`, `conflict`
 */
export const createAll = async <State>(
  streams: readonly Stream[],
  evolve: Evolve<State>,
  prepare: () => Promise<readonly Fact[]>,
  command: Command,
  alongside: () => Promise<readonly Alongside[]> = async () => [],
): Promise<readonly Versioned<State>[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const facts = await prepare();
      const entries = streams.map((stream, index) => {
        const fact = facts[index];
        if (!fact) throw new Error('fewer facts than streams');
        return entryOf(stream, 1, fact, command);
      });
      await append(entries, await alongside());
      return entries.map(({ event }) => ({ state: evolve(null, event), version: 1 }));
    } catch (error) {
      // Whatever stood in the way now, an earlier request with this key may have done it already.
      const [first] = streams;
      const existing = first ? await load(first) : [];
      if (first && replay(existing, evolve, command)) {
        const all = await Promise.all(streams.map(load));
        return all.map((entries) => {
          const replayed = replay(entries, evolve, command);
          if (!replayed) throw error;
          return replayed;
        });
      }
      if (!(error instanceof VersionConflict)) throw error;
      if (first && existing.length > 0)
        throw new Rejection('already-exists', { what: first.type, id: first.id });
      if (attempt === attempts) throw new Problem('conflict');
      await jitter(attempt);
    }
  }
};

/** `createAll` for one. */
export const create = async <State>(
  stream: Stream,
  evolve: Evolve<State>,
  prepare: () => Promise<Fact>,
  command: Command,
  alongside?: () => Promise<readonly Alongside[]>,
): Promise<Versioned<State>> => {
  const [created] = await createAll(
    [stream],
    evolve,
    async () => [await prepare()],
    command,
    alongside,
  );
  if (!created) throw new Error('nothing was created');
  return created;
};
