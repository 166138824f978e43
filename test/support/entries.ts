import { aggregates } from '../../events/aggregates.ts';
import { catalogue, type DomainEvent, type Fact } from '../../events/catalogue.ts';
import {
  type Command,
  entryAfter,
  firstEntry,
  type LedgerEntry,
  newestEntry,
  type Stream,
} from '../../functions/ledger/ledger.ts';

/** An entry for a version of an aggregate's stream, without regard to the versions before it. */
export const entryAt = (
  stream: Stream,
  version: number,
  fact: Fact,
  command: Command,
): LedgerEntry =>
  version === 1
    ? firstEntry(stream, fact, command)
    : entryAfter({ ...stream, version: version - 1 }, fact, command);

/** The newest event of a stream. */
export const newestEventOf = async (stream: Stream): Promise<DomainEvent | undefined> =>
  (await newestEntry(stream))?.event;

/** The aggregate's state after an event, or after a fact that a decider returned. */
export const stateAfter = <State>({ type, data }: Fact | DomainEvent): State => {
  const { aggregate } = catalogue[type];
  const field = Object.values(aggregates).find((each) => each.type === aggregate)?.state ?? '';
  return (data as Readonly<Record<string, unknown>>)[field] as State;
};

/** The newest event of each aggregate. */
export const newest = (events: readonly DomainEvent[]): readonly DomainEvent[] => {
  const found = new Map<string, DomainEvent>();
  for (const event of events) {
    const { type, id, version } = event.aggregate;
    const known = found.get(`${type}#${id}`);
    if (!known || known.aggregate.version < version) found.set(`${type}#${id}`, event);
  }
  return [...found.values()];
};
