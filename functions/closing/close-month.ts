import type { DomainEvent, Fact } from '../../events/catalogue.ts';
import type { Closed, Period, StillOpen } from '../../events/periods.ts';
import { putProgress } from '../closed/store.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import type { Stream } from '../projector/facts.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { createFold, type Folded, scanLedger } from './fold.ts';
import { makeSources } from './make-sources.ts';
import { monthLeaves, personsIn } from './month-leaves.ts';
import { hashesOf } from './pseudonyms.ts';
import { putClosed } from './put-closed.ts';
import { openIn } from './still-open.ts';

const isAnyOpen = (open: StillOpen): boolean => Object.values(open).some((count) => count > 0);

/**
 * Reads what the Ledger says of a period, and says meanwhile how far it has come.
 * @param also gets every stream too
 */
export const foldPeriod = async (
  period: string,
  also: (stream: Stream) => void = () => {},
): Promise<Folded> => {
  const fold = createFold(period);
  await putProgress(period, { step: 'reading', rows: 0 });
  let read = 0;
  const take = (stream: Stream): void => {
    fold.take(stream);
    also(stream);
  };
  await scanLedger(take, async (rows) => {
    read = rows;
    await putProgress(period, { step: 'reading', rows });
  });
  await putProgress(period, { step: 'storing', rows: read });
  return fold.folded();
};

/** Those who took part: the persons that entries are counted for. */
const presentAmong = (leaves: ReturnType<typeof monthLeaves>): ReadonlySet<string> =>
  new Set(
    leaves.flatMap((leaf) =>
      leaf.kind === 'entry' && leaf.status === 'verified' && leaf.onDuty === 0 ? [leaf.person] : [],
    ),
  );

/** Stores what a month is closed with. @returns what the event of the close says */
const store = async (month: string, folded: Folded): Promise<Closed> => {
  const sources = makeSources(month, folded);
  const hashes = await hashesOf(personsIn(month, folded), folded.erased);
  const leaves = monthLeaves(month, folded, (id) => hashes.get(id) ?? '');
  const { versions } = folded;
  return putClosed({ period: month, sources, leaves, versions, present: presentAmong(leaves) }, 0);
};

/** Appends what became of a close, if the period is still being closed. */
export const settle = async (
  event: DomainEvent,
  next: (period: Period) => Fact<'MonthClosed' | 'MonthCloseStopped' | 'YearClosed'>,
): Promise<void> => {
  const { role } = event.actor;
  await aggregate('period').execute(event.aggregate.id, {
    request: followUp(event),
    authorise: () => role,
    decide: (period) => (period.status === 'closing' ? next(period) : null),
  });
};

/**
 * Closes a month: reads the Ledger, stores what the figures are made of and all leaves, and says so by an
 * event. It may be run again, also at the same time: each run stores under a name of its own, and the
 * first to append decides. When something is open that nobody has accepted, the month stays open.
 */
export const closeMonth = async (event: DomainEvent<'MonthCloseStarted'>): Promise<void> => {
  const month = event.aggregate.id;
  const before = await aggregate('period').stateNow(month);
  if (before?.status !== 'closing') return;
  const folded = await foldPeriod(month);
  const today = localDateOf(Date.parse(before.startedAt), settings().timezone);
  const open = openIn(month, folded, today);
  const mayClose = (period: Period): boolean => period.acceptOpen || !isAnyOpen(open);
  const closed = mayClose(before) ? await store(month, folded) : null;
  await settle(event, (period) =>
    closed && mayClose(period)
      ? { type: 'MonthClosed', data: { period: { ...period, status: 'closed', open, closed } } }
      : { type: 'MonthCloseStopped', data: { period: { ...period, status: 'open', open } } },
  );
};
