// EventBridge's PutEvents. It answers once the queue of every matched target has the event on disk.
import { randomUUID } from 'node:crypto';
import { lastPart } from '../assembly/arns.ts';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Clock } from '../compute/clock.ts';
import type { Faults } from '../compute/faults.ts';
import type { Actions } from '../edge/actions.ts';
import type { Queues } from './queues.ts';

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  /** Seconds since the epoch. */
  readonly Time?: number;
}

type EntryResult =
  | { readonly EventId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

export interface BusEvent {
  readonly event: {
    readonly id: string;
    readonly 'detail-type': string;
    readonly source: string;
    readonly time: string;
    readonly detail: object;
  };
  readonly queues: readonly string[];
}

const ENTRY_LIMIT = 256 * 1024;
const REQUEST_LIMIT = 1024 * 1024;

const invalid = (name: string, reason: string): EntryResult => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}`,
});

const sizeOf = ({ Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number =>
  Buffer.byteLength([Source, DetailType, Detail, ...Resources].join(''));

const parseObject = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

export const createBus = (
  blueprint: Pick<Blueprint, 'buses' | 'rules' | 'region' | 'account'>,
  queues: Queues,
  clock: Clock,
  faults: Faults,
  onEvent: (event: BusEvent) => void = () => undefined,
) => {
  const put = (entry: Entry): EntryResult => {
    const { Source, DetailType, Detail, EventBusName = 'default', Resources = [], Time } = entry;
    if (!Source) return invalid('Source', 'Source is a required argument.');
    if (!DetailType) return invalid('DetailType', 'DetailType is a required argument.');
    if (!Detail) return invalid('Detail', 'Detail is a required argument.');
    const detail = parseObject(Detail);
    if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const bus = lastPart(EventBusName);
    if (!blueprint.buses.includes(bus)) {
      return invalid('EventBusName', `There is no bus ${EventBusName}.`);
    }
    if (faults.failsEntry()) {
      return { ErrorCode: 'InternalFailure', ErrorMessage: 'A failure asked for by faults.' };
    }
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': DetailType,
      source: Source,
      account: blueprint.account,
      time: `${new Date(Time ? Time * 1000 : clock.now()).toISOString().slice(0, 19)}Z`,
      region: blueprint.region,
      resources: Resources,
      detail,
    };
    const targets = blueprint.rules
      .filter((rule) => rule.bus === bus && rule.matches(event))
      .flatMap((rule) => rule.queues);
    const body = JSON.stringify(event);
    queues.send(targets.map((queue) => ({ queue, body })));
    onEvent({ event, queues: targets });
    return { EventId: event.id };
  };

  /** Throws a RangeError for a request that EventBridge refuses as a whole. */
  return (entries: readonly Entry[]): { FailedEntryCount: number; Entries: EntryResult[] } => {
    if (entries.length < 1 || entries.length > 10) {
      throw new RangeError('1 to 10 entries are allowed in a request.');
    }
    const sizes = entries.map(sizeOf);
    if (sizes.some((size) => size > ENTRY_LIMIT) || sizes.reduce((a, b) => a + b) > REQUEST_LIMIT) {
      throw new RangeError('Total size of the entries in the request is over the limit.');
    }
    const results = entries.map(put);
    const failed = results.filter((result) => 'ErrorCode' in result).length;
    return { FailedEntryCount: failed, Entries: results };
  };
};

export const createBusActions = (putEvents: ReturnType<typeof createBus>): Actions => ({
  'AWSEvents.PutEvents': ({ Entries = [] }) => putEvents(Entries as readonly Entry[]),
});
