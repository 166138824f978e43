import { inGeneration } from '../views/generations.ts';
import type { Projected } from './engine.ts';
import { keptOf } from './line-key.ts';
import { lineKeyOf, type Presence } from './presence.ts';
import { type Delta, isDated, linesAttribute, sumAttribute } from './totals.ts';

/** Items of the Views as they are stored, but for the generation. */
export type Item = Readonly<Record<string, unknown>>;

/** An aggregate's row and line. */
export const lineItem = ({ event, projection }: Projected): Item => {
  const { pk, sk, row, list, contribution } = projection;
  return {
    pk,
    sk,
    id: event.aggregate.id,
    version: event.aggregate.version,
    recordedAt: event.recordedAt,
    row,
    ...(list ? { list: list.name, listOrder: list.order } : {}),
    ...(contribution ? keptOf(contribution, event.aggregate.id) : {}),
  };
};

export const presenceItem = (presence: Presence): Item => ({
  ...presence,
  ...lineKeyOf(presence),
});

/** An item of totals to which nothing was added before. */
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

/** The same in a generation: every partition that an item names becomes that generation's. */
export const movedTo = (generation: number, item: Item): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      ['pk', 'list', 'month'].includes(name) ? inGeneration(generation, String(value)) : value,
    ]),
  );
