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

/** What an aggregate's stream holds at a version, whatever is before it. */
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

/** The state that an event, or what a decider says happened, leaves its aggregate in. */
export const stateAfter = <State>({ type, data }: Fact | DomainEvent): State => {
  const { aggregate } = catalogue[type];
  const field = Object.values(aggregates).find((each) => each.type === aggregate)?.state ?? '';
  return (data as Readonly<Record<string, unknown>>)[field] as State;
};
