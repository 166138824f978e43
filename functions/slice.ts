import type { AggregateType, DomainEvent, EventType, EventTypeOf } from '../events/catalogue.ts';
import type { Contract } from './http/contract.ts';
import type { Partition } from './people/partitions.ts';
import type { Disclosure, Projection } from './views/projection.ts';

/** Actions of DynamoDB, as IAM names them. */
type Action = 'BatchGetItem' | 'BatchWriteItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query';

/** What a function may do with the tables: what is not named here, it may not. */
export interface Rights {
  /** Reads all of the Ledger, or the streams of these aggregates only. */
  readonly ledger?: 'reads' | readonly AggregateType[];
  /** Appends to the streams of these aggregates, and reads all of the Ledger. */
  readonly appends?: readonly AggregateType[];
  /** Reads rows of the Views, and these of their indexes. */
  readonly views?: readonly ('ByList' | 'ByMonth')[];
  /** Reads rows of the Views a hundred at a time, too. */
  readonly viewsInBatches?: true;
  /** Works with these partitions of People, and with the data keys of what is sealed there. */
  readonly people?: {
    readonly partitions: readonly Partition[];
    readonly actions: readonly Action[];
    /** Looks people up by keyed hashes of their numbers. */
    readonly indexes?: true;
    /** Partitions of which it reads single records, and does nothing else. */
    readonly reads?: readonly Partition[];
  };
  /** Told of the operator's webhook for notices, if there is one. */
  readonly noticesWebhook?: true;
}

/** The function behind a slice's routes, `api.ts`. Without `seconds` and `memorySize` as any other. */
export interface Http extends Rights {
  readonly seconds?: number;
  /** Megabytes. */
  readonly memorySize?: number;
}

/** A queue on the bus, and the function behind it. */
export interface SubscriberDescription extends Rights {
  /** The queue's name in the stack; the function's is the key of the description. */
  readonly queue: string;
  /** The handler's file in the slice's folder. */
  readonly file: `${string}.ts`;
  readonly on: readonly EventType[];
  /** How long the function may take with a batch. */
  readonly seconds: number;
  /** How long each event is held back, 900 at most; not at all unless told. */
  readonly delaySeconds?: number;
  /** How often the function gets an event before it is a dead letter: 5 times unless told. */
  readonly receives?: number;
}

/** What an event makes of its aggregate in the Views. */
export type Project<A extends AggregateType> = (event: DomainEvent<EventTypeOf<A>>) => Projection;

/**
 * All that the rest of the house knows of a slice: the stacks, the projector, the API's description,
 * what auditors see, and the tests read this and nothing else.
 */
export interface SliceDescription<
  Name extends string = string,
  Routes extends Contract = Contract,
  Own extends AggregateType = AggregateType,
  Kinds extends string = string,
> {
  /** The folder, and `leifeng.<name>` is the source of its events on the bus. */
  readonly name: Name;
  readonly contract: Routes;
  /** The aggregates it owns, and what each shows in the Views: null for nothing. */
  readonly aggregates: { readonly [A in Own]: Project<A> | null };
  /**
   * What lines show to whoever may not know people, by kind of line and field by field. A kind or a
   * field that is not named here is not shown.
   */
  readonly persons: Readonly<Record<Kinds, Disclosure>>;
  readonly http: Http;
  readonly subscribers: Readonly<Record<string, SubscriberDescription>>;
}

/** A slice that owns no aggregates, shows no lines and listens to nothing unless it says so. */
export const slice = <
  const Name extends string,
  Routes extends Contract,
  Own extends AggregateType = never,
  Kinds extends string = never,
>(
  description: Pick<SliceDescription<Name, Routes, Own, Kinds>, 'name' | 'contract' | 'http'> &
    Partial<SliceDescription<Name, Routes, Own, Kinds>>,
): SliceDescription<Name, Routes, Own, Kinds> => ({
  aggregates: {} as { readonly [A in Own]: Project<A> | null },
  persons: {} as Readonly<Record<Kinds, Disclosure>>,
  subscribers: {},
  ...description,
});
