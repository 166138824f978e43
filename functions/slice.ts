import type { AggregateType, DomainEvent, EventType, EventTypeOf } from '../events/catalogue.ts';
import type { Contract } from './http/contract.ts';
import type { Partition } from './people/partitions.ts';
import type { Projection } from './views/projection.ts';

/** Actions of DynamoDB on the items of a partition of People, or of Outbound, as IAM names them. */
export const itemActions = [
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'UpdateItem',
] as const;
/** Actions of KMS on the data keys of the sealed items: opening them, and making new ones. */
export const keyActions = ['Decrypt', 'GenerateDataKey'] as const;
type ItemAction = (typeof itemActions)[number];
type PeopleAction = ItemAction | (typeof keyActions)[number];

/** What a function may do with the tables. Rights that are not named are not granted. */
export interface Rights {
  /** Reads the whole Ledger, or only the streams of these aggregates. */
  readonly ledger?: 'reads' | readonly AggregateType[];
  /** Appends to the streams of these aggregates, and reads the whole Ledger. */
  readonly appends?: readonly AggregateType[];
  /** Makes its appends depend on the streams of these aggregates. */
  readonly checks?: readonly AggregateType[];
  /** Reads rows of the Views and these indexes. */
  readonly views?: readonly ('ByList' | 'ByFlag')[];
  /** May also read rows of the Views by BatchGetItem. */
  readonly viewsInBatches?: true;
  /** What it does in each partition of People. Keyed hashes need `hashKey: ['GetItem', 'Decrypt']`. */
  readonly people?: Readonly<Partial<Record<Partition, readonly PeopleAction[]>>>;
  /** May look people up by keyed hashes of their numbers. */
  readonly peopleIndexes?: true;
  /** Reads what periods were closed with. */
  readonly closed?: 'reads';
  /** What it does with the webhooks' deliveries in the table Outbound. */
  readonly outbound?: readonly ItemAction[];
  /** Knows the district's client at the identity provider, with which people sign in to pages. */
  readonly signsIn?: true;
  /** May put deliveries into the queue of the webhooks. */
  readonly delivers?: true;
}

/** The function behind a slice's routes, `api.ts`. `seconds` and `memorySize` have defaults. */
export interface Http extends Rights {
  readonly seconds?: number;
  /** Megabytes. */
  readonly memorySize?: number;
}

/**
 * A function that the bus invokes for each of its events. Its name in the stack is the key of the
 * description.
 */
export interface SubscriberDescription extends Rights {
  /** The handler's file in the slice's folder. */
  readonly file: `${string}.ts`;
  readonly on: readonly EventType[];
  /** The function's timeout for an event. */
  readonly seconds: number;
}

/** Turns an event into what the Views show of its aggregate. */
export type Project<A extends AggregateType> = (event: DomainEvent<EventTypeOf<A>>) => Projection;

/**
 * All that other code knows of a slice: the stacks, the projector, the API's description, the rules
 * for auditors and the tests read only this.
 */
export interface SliceDescription<
  Name extends string = string,
  Routes extends Contract = Contract,
  Own extends AggregateType = AggregateType,
> {
  /** The folder's name; `leifeng.<name>` is the source of the slice's events on the bus. */
  readonly name: Name;
  /** The setting without which a district has none of the slice's functions. */
  readonly setting: 'webhooks' | 'inbound' | undefined;
  readonly contract: Routes;
  /** The aggregates it owns, with the projection of each; null when nothing is projected. */
  readonly aggregates: { readonly [A in Own]: Project<A> | null };
  readonly http: Http;
  readonly subscribers: Readonly<Record<string, SubscriberDescription>>;
}

/** Describes a slice. By default it owns no aggregates and has no subscribers. */
export const slice = <
  const Name extends string,
  Routes extends Contract,
  Own extends AggregateType = never,
>(
  description: Pick<SliceDescription<Name, Routes, Own>, 'name' | 'contract' | 'http'> &
    Partial<SliceDescription<Name, Routes, Own>>,
): SliceDescription<Name, Routes, Own> => ({
  aggregates: {} as { readonly [A in Own]: Project<A> | null },
  subscribers: {},
  setting: undefined,
  ...description,
});
