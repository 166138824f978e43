import * as z from 'zod';
import { aggregate } from '../ledger/aggregate.ts';
import { dueByTime } from '../ledger/follow-up.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { chain } from '../runtime/chain.ts';
import { settings } from '../runtime/settings.ts';
import { logger } from '../runtime/telemetry.ts';
import { isWorkingDay } from '../sheets/working-days.ts';
import { allOverdue } from './overdue.ts';

/** The schedule's event: the time it was due, which is the only clock here. */
const due = z.object({ time: z.iso.datetime({ offset: true }) });

/**
 * Says on a working day what is overdue: an event for each organisation and area where something is, and
 * none for others. A repetition on the same day says nothing again.
 * @param at epoch milliseconds
 * @returns how many organisations and areas have something overdue
 */
export const remindOverdue = async (at: number): Promise<number> => {
  const today = localDateOf(at, settings().timezone);
  if (!isWorkingDay(today)) return 0;
  const all = await allOverdue(today);
  for (const overdue of all) {
    const fact = { type: 'RecordsOverdue', data: { overdue } } as const;
    await aggregate('overdue-records').execute(`${overdue.organisationId}~${overdue.areaId}`, {
      ...dueByTime('leifeng:overdue', at, `overdue-${today}`),
      begin: () => fact,
      decide: (before) => (before.on >= today ? null : fact),
    });
  }
  return all.length;
};

/** Runs each day. */
export const handler = chain<unknown, { readonly overdue: number }>().handler(async (event) => {
  const overdue = await remindOverdue(Date.parse(due.parse(event).time));
  if (overdue > 0) logger.info('overdue', { overdue });
  return { overdue };
});
