import type * as z from 'zod';
import { activityEvents } from './activities.ts';
import { type Aggregate, aggregates, versionOf } from './aggregates.ts';
import { campaignEvents } from './campaigns.ts';
import { complaintEvents } from './complaints.ts';
import { type Envelope, type EventDefinition, envelope } from './envelope.ts';
import { importEvents } from './imports.ts';
import { inboundEvents } from './inbound.ts';
import { organisationEvents } from './organisations.ts';
import { overdueEvents } from './overdue.ts';
import { participationEvents } from './participation.ts';
import { periodEvents } from './periods.ts';
import { publicityEvents } from './publicity.ts';
import { recognitionEvents } from './recognition.ts';
import { recordEvents } from './records.ts';
import { reportEvents } from './reports.ts';
import { starEvents } from './stars.ts';
import { teamEvents } from './teams.ts';
import { volunteerEvents } from './volunteers.ts';
import { webhookEvents } from './webhooks.ts';

/** All events. Types, validators, AsyncAPI and the bus patterns come from this list. */
export const catalogue = {
  ...campaignEvents,
  ...organisationEvents,
  ...activityEvents,
  ...volunteerEvents,
  ...importEvents,
  ...participationEvents,
  ...overdueEvents,
  ...recordEvents,
  ...teamEvents,
  ...webhookEvents,
  ...inboundEvents,
  ...reportEvents,
  ...periodEvents,
  ...publicityEvents,
  ...complaintEvents,
  ...recognitionEvents,
  ...starEvents,
};

export type EventType = keyof typeof catalogue;
export type AggregateType = (typeof catalogue)[EventType]['aggregate'];
/** The types of an aggregate's events. */
export type EventTypeOf<A extends AggregateType> = {
  [K in EventType]: (typeof catalogue)[K]['aggregate'] extends A ? K : never;
}[EventType];
export type EventData<T extends EventType> = Readonly<z.infer<(typeof catalogue)[T]['data']>>;

/** An event of one of the named types, in its envelope. */
export type DomainEvent<T extends EventType = EventType> = {
  [K in T]: Omit<Envelope, 'type'> & { readonly type: K; readonly data: EventData<K> };
}[T];

/** What a decider says happened. The envelope is added when it is appended. */
export type Fact<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly data: EventData<K> };
}[T];

export const eventTypes = Object.keys(catalogue) as EventType[];

/** The catalogue's entry for a type; undefined for an unknown type. */
const definitionOf = (type: string): EventDefinition | undefined =>
  Object.hasOwn(catalogue, type) ? catalogue[type as EventType] : undefined;

/** `Source` on the bus. */
export const sourceOf = (type: EventType): string => `leifeng.${catalogue[type].slice}`;

class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/**
 * Reads an event from outside. Drops unknown fields and turns data of an old version into the
 * current one. Refuses an unknown type, a type of another aggregate, a later version and broken
 * data.
 * @throws UnreadableEvent saying which, without repeating the data
 */
export const readEvent = (input: unknown): DomainEvent => {
  const head = envelope.safeParse(input);
  if (!head.success) throw new UnreadableEvent(`broken envelope: ${paths(head.error)}`);
  const definition = definitionOf(head.data.type);
  if (!definition) throw new UnreadableEvent(`unknown type ${head.data.type}`);
  const { type, schemaVersion, aggregate } = head.data;
  if (aggregate.type !== definition.aggregate)
    throw new UnreadableEvent(`broken envelope: ${type} of another aggregate`);
  const current = upcast(definition, head.data, (input as { data?: unknown }).data);
  const data = definition.data.safeParse(current);
  if (!data.success)
    throw new UnreadableEvent(`broken ${type} v${schemaVersion}: ${paths(data.error)}`);
  return { ...head.data, schemaVersion: definition.schemaVersion, data: data.data } as DomainEvent;
};

const byType: ReadonlyMap<string, Aggregate> = new Map(
  Object.values(aggregates).map((aggregate) => [aggregate.type, aggregate]),
);

/** An event's data in the current version: the upcasters are applied to its state one by one. */
const upcast = (
  { aggregate: aggregateType, behind }: EventDefinition,
  { type, schemaVersion, recordedAt }: Envelope,
  data: unknown,
): unknown => {
  const aggregate = byType.get(aggregateType);
  if (!aggregate) throw new Error(`${aggregateType} is no aggregate`);
  const version = schemaVersion < aggregate.numberedFrom ? schemaVersion + behind : schemaVersion;
  if (version > versionOf(aggregate))
    throw new UnreadableEvent(`unknown version ${type} v${schemaVersion}`);
  const steps = aggregate.upcasters.slice(version - 1);
  if (steps.length === 0) return data;
  try {
    const { [aggregate.state]: state, ...rest } = data as Record<string, State>;
    return {
      ...rest,
      [aggregate.state]: steps.reduce((now, step) => step(now, recordedAt), state as State),
    };
  } catch {
    throw new UnreadableEvent(`broken ${type} v${schemaVersion}`);
  }
};

type State = Parameters<Aggregate['upcasters'][number]>[0];

const paths = (error: z.core.$ZodError): string =>
  error.issues.map((issue) => `/${issue.path.join('/')}`).join(', ');
