import { inGeneration } from '../views/generations.ts';
import { isListOfVolunteers } from '../views/keys.ts';
import type { Projected } from './engine.ts';
import { keptOf } from './line-key.ts';
import { hiddenOrder } from './line-order.ts';
import { lineKeyOf, type Presence } from './presence.ts';
import { type Delta, isDated, linesAttribute, sumAttribute } from './totals.ts';

/** An item of the Views, before `storedIn` adds the generation and hides its order. */
export type Item = Readonly<Record<string, unknown>>;

/** The item that holds an aggregate's row and line. */
export const lineItem = ({ event, projection }: Projected): Item => {
  const { pk, sk, row, list, flag, contribution } = projection;
  return {
    pk,
    sk,
    id: event.aggregate.id,
    version: event.aggregate.version,
    recordedAt: event.recordedAt,
    row,
    ...(list ? { list: list.name, listOrder: list.order } : {}),
    ...(flag ? { flag: flag.name, flagOrder: flag.order } : {}),
    ...(contribution ? keptOf(contribution, event.aggregate.id) : {}),
  };
};

export const presenceItem = (presence: Presence): Item => ({
  ...presence,
  ...lineKeyOf(presence),
});

/** A new item of totals. */
export const totalsItem = ({ pk, sk, measures, recordedAt }: Delta): Item => ({
  pk,
  sk,
  ...(isDated({ pk, sk }) ? { asOf: recordedAt } : {}),
  ...Object.fromEntries(
    [...measures].flatMap(([measure, { sum, lines }]) => [
      [sumAttribute(measure), sum],
      [linesAttribute(measure), lines],
    ]),
  ),
});

/**
 * The item as it is stored in a generation: each partition it names gets that generation's prefix,
 * and a line, or a volunteer in the list of an area, stands where `hiddenOrder` puts it.
 */
export const storedIn = (
  generation: number,
  orderKey: Uint8Array,
  item: Item,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      if (name === 'monthOrder')
        return [name, hiddenOrder(orderKey, String(item.month), String(value))];
      if (name === 'listOrder' && isListOfVolunteers(String(item.list)))
        return [name, hiddenOrder(orderKey, String(item.list), String(value))];
      const isPartition = ['pk', 'list', 'flag', 'month'].includes(name);
      return [name, isPartition ? inGeneration(generation, String(value)) : value];
    }),
  );
