import { inParallel } from '../runtime/batches.ts';
import { isListOfVolunteers } from '../views/keys.ts';
import type { Row } from '../views/projection.ts';
import { hiddenOrder, readLineOrder } from './line-order.ts';
import type { Failures, Projected } from './projected.ts';
import type { Store } from './store.ts';

/** A row's place in a list. That of a volunteer does not follow from their id. */
const orderIn = ({ name, order }: NonNullable<Row['list']>, orderKey: Uint8Array): string =>
  isListOfVolunteers(name) ? hiddenOrder(orderKey, name, order) : order;

/** A row as it is stored. */
export const rowItem = (
  { aggregate, recordedAt }: Projected['event'],
  { pk, sk, row, list, flag }: Row,
  orderKey: Uint8Array,
) => ({
  pk,
  sk,
  id: aggregate.id,
  version: aggregate.version,
  recordedAt,
  row,
  ...(list ? { list: list.name, listOrder: orderIn(list, orderKey) } : {}),
  ...(flag ? { flag: flag.name, flagOrder: flag.order } : {}),
});

/**
 * The events whose rows are to be shown, newest first, by the place of the row. Most aggregates have one
 * place for all their versions; each restatement has a place of its own, also when one takes another back.
 */
export const byPlace = (
  all: readonly Projected[],
): readonly (readonly [newest: Projected, ...earlier: Projected[]])[] => {
  const places = Map.groupBy(all, ({ event: { aggregate }, projection: { row } }) =>
    row ? `${row.pk}|${row.sk}` : `${aggregate.type}#${aggregate.id}`,
  );
  return [...places.values()].map(
    (group) =>
      group.sort((a, b) => b.event.aggregate.version - a.event.aggregate.version) as [Projected],
  );
};

/** Rows that are written at the same time. */
const lanes = 64;

/** Puts the newest row of each place, unless there is a newer one. */
export const applyRows = async (
  store: Store,
  all: readonly Projected[],
  failures: Failures,
): Promise<void> => {
  await inParallel(lanes, byPlace(all), ([newest, ...earlier]) =>
    failures.attempt([newest, ...earlier], async () => {
      const { event, projection } = newest;
      const { row } = projection;
      if (row) await store.saveRow(rowItem(event, row, await readLineOrder()));
    }),
  );
};
