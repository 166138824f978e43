import type { DomainEvent } from '../../events/catalogue.ts';
import { putProgress, readVersions } from '../closed/store.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { newestOf, type Stream } from '../projector/facts.ts';
import { inParallel } from '../runtime/batches.ts';
import { upTo } from './contributions.ts';
import { createFold, nameOf, scanLedger } from './fold.ts';
import { lastEventAround, restateHeld } from './held.ts';
import { isRegrouping, restateMonth, restatePersons } from './restate.ts';

/** Restatements that are looked for at the same time. */
const lanes = 16;

/**
 * Reads the Ledger once more after a month was closed, and restates what is newer than the close: what
 * was appended while the close read, whose own follower found the month not closed yet.
 */
export const restateNewer = async (event: DomainEvent<'MonthClosed'>): Promise<void> => {
  const month = event.aggregate.id;
  const run = (await aggregate('period').stateNow(month))?.closed?.run;
  if (run === undefined) throw new Error('a month that was closed stays closed');
  const closedWith = await readVersions(run);
  const readAt = (stream: Stream): number =>
    closedWith.get(nameOf(newestOf(stream).event.aggregate)) ?? 0;
  const fold = createFold(month);
  const newer: Stream[] = [];
  await scanLedger(
    (stream) => {
      const concerns = fold.take(stream) || stream.some((each) => isRegrouping(each.event));
      if (concerns && newestOf(stream).event.aggregate.version > readAt(stream)) newer.push(stream);
    },
    (rows) => putProgress(month, { step: 'checking', rows }),
  );
  await inParallel(lanes, newer, async (stream) => {
    for (const { event } of stream) {
      if (event.aggregate.version <= readAt(stream)) continue;
      const until = upTo(stream, event.aggregate.version);
      if (until) await restateMonth(month, run, until);
      if (isRegrouping(event)) await restatePersons(event, [{ month, run }]);
    }
  });
  await inParallel(lanes, fold.folded().activities, async ({ id }) => {
    const cause = await lastEventAround(id);
    if (cause) await restateHeld(month, run, id, cause);
  });
};
