import { inParallel } from '../runtime/batches.ts';
import type { Row } from '../views/projection.ts';
import { byAggregate, type Failures, type Projected } from './projected.ts';
import type { Store } from './store.ts';

/** A row as it is stored. */
export const rowItem = (
  { aggregate, recordedAt }: Projected['event'],
  { pk, sk, row, list, flag }: Row,
) => ({
  pk,
  sk,
  id: aggregate.id,
  version: aggregate.version,
  recordedAt,
  row,
  ...(list ? { list: list.name, listOrder: list.order } : {}),
  ...(flag ? { flag: flag.name, flagOrder: flag.order } : {}),
});

/** Rows that are written at the same time. */
const lanes = 64;

/** Puts the newest row of each aggregate, unless there is a newer one. */
export const applyRows = async (
  store: Store,
  all: readonly Projected[],
  failures: Failures,
): Promise<void> => {
  await inParallel(lanes, byAggregate(all), ([newest, ...earlier]) =>
    failures.attempt([newest, ...earlier], async () => {
      const { event, projection } = newest;
      if (projection.row) await store.saveRow(rowItem(event, projection.row));
    }),
  );
};
