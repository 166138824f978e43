import { AsyncLocalStorage } from 'node:async_hooks';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { apply } from '../../../functions/figures/apply.ts';
import type { Projected } from '../../../functions/figures/projected.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { type Sent, sentOf } from '../store-shapes.ts';
import { createDistrict, type District } from './district.ts';
import { fold } from './fold.ts';
import type { Schedule } from './schedules.ts';
import { differences, shownBy, wrongRows, wrongYears } from './shown.ts';

/**
 * Where a projector is stopped: before its nth request (the first, if it is not said) that writes an
 * item whose partition begins so, or between reading all else and such an item.
 */
export type Stop =
  | { readonly write: string; readonly nth?: number }
  | { readonly read: string; readonly nth?: number };

type Item = Readonly<Record<string, unknown>>;
type Send = (command: object) => Promise<object>;

interface Stopped {
  readonly stop: Stop;
  readonly reached: () => void;
  readonly gate: Promise<void>;
  left: number;
}
const running = new AsyncLocalStorage<Stopped>();

type Keyed = { readonly Item?: Item; readonly Key?: Item };

const writtenBy = ({ name, input }: Sent): readonly Item[] => {
  if (name === 'TransactWrite')
    return (input.TransactItems as readonly Readonly<Record<string, Keyed>>[]).flatMap((action) =>
      action.Put?.Item ? [action.Put.Item] : [],
    );
  return name === 'Put' ? [input.Item as Item] : [];
};

const beginsWith = (item: Item, partition: string): boolean =>
  String(item.pk).startsWith(partition);

/** Whether this request is the one before which the projector is stopped. */
const isStopped = (stopped: Stopped | undefined, items: readonly Item[], at: string): boolean => {
  if (!stopped || stopped.left === 0 || !items.some((item) => beginsWith(item, at))) return false;
  stopped.left -= 1;
  return stopped.left === 0;
};

const stopping =
  (send: Send): Send =>
  async (command) => {
    const stopped = running.getStore();
    const sent = sentOf(command);
    if (stopped && 'write' in stopped.stop) {
      if (isStopped(stopped, writtenBy(sent), stopped.stop.write)) {
        stopped.reached();
        await stopped.gate;
      }
      return send(command);
    }
    if (!stopped || sent.name !== 'BatchGet') return send(command);
    const { read: at } = stopped.stop as { readonly read: string };
    const [[table, { Keys }]] = Object.entries(
      sent.input.RequestItems as Record<string, { readonly Keys: readonly Item[] }>,
    ) as [[string, { readonly Keys: readonly Item[] }]];
    if (!isStopped(stopped, Keys, at)) return send(command);
    const part = async (keys: readonly Item[]): Promise<readonly unknown[]> => {
      if (keys.length === 0) return [];
      const RequestItems = { [table]: { Keys: [...keys], ConsistentRead: true } };
      const { Responses } = (await send(new BatchGetCommand({ RequestItems }))) as {
        readonly Responses: Readonly<Record<string, readonly unknown[]>>;
      };
      return Responses[table] ?? [];
    };
    const first = await part(Keys.filter((key) => !beginsWith(key, at)));
    stopped.reached();
    await stopped.gate;
    return {
      Responses: { [table]: [...first, ...(await part(Keys.filter((k) => beginsWith(k, at))))] },
    };
  };

const maxDeliveries = 10;

const deliver = async (events: readonly Projected[], { limits }: Schedule): Promise<void> => {
  let left = events;
  for (let deliveries = 1; left.length > 0; deliveries += 1) {
    const failures = await apply(left, 1, limits);
    if (deliveries === maxDeliveries && failures[0]) throw failures[0].error;
    left = failures.map(({ projected }) => projected);
  }
};

/** The events that this adds to the district. */
const newIn = (district: District, act: (district: District) => void): readonly Projected[] => {
  const { length } = district.events;
  act(district);
  return district.events.slice(length);
};

/** Starts to take events in, until they are stopped. `rest` is what follows, once the gate opens. */
const start = async (
  events: readonly Projected[],
  stop: Stop,
  schedule: Schedule,
  gate: Promise<void>,
): Promise<{ readonly rest: Promise<void> }> => {
  let reached: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const rest = running.run({ stop, reached, gate, left: stop.nth ?? 1 }, () =>
    deliver(events, schedule),
  );
  await Promise.race([stopped, rest]);
  return { rest };
};

/**
 * Follows a schedule on the store behind the functions' client.
 * @param views all items of the Views
 * @returns what is wrong afterwards
 */
export const follow = async (
  schedule: Schedule,
  views: () => Promise<readonly Item[]>,
): Promise<readonly string[]> => {
  const client = dynamodb as unknown as { send: Send };
  const { send } = client;
  client.send = stopping(send.bind(dynamodb));
  try {
    const district = createDistrict();
    for (const event of newIn(district, schedule.before)) await deliver([event], schedule);
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: { readonly rest: Promise<void> }[] = [];
    for (const { events, stop } of schedule.slow ?? [])
      slow.push(await start(newIn(district, events), stop, schedule, gate));
    for (const event of newIn(district, schedule.meanwhile ?? (() => {})))
      await deliver([event], schedule);
    open();
    for (const { rest } of slow) await rest;
    const items = await views();
    const { figures, broken } = shownBy(items);
    return [
      ...broken,
      ...differences(figures, fold(district)),
      ...wrongYears(items, district),
      ...wrongRows(items, district.events),
    ];
  } finally {
    client.send = send;
  }
};
