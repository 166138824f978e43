import type { Overdue } from '../../events/overdue.ts';
import { type Child, pageOf } from '../figures/documents.ts';
import { dateOfSheet, documentName, monthPartition } from '../figures/layout.ts';
import { longSheet } from '../figures/packing.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { yearOf } from '../runtime/calendar.ts';
import { dayRules, yearsOfService } from '../sheets/day-rules.ts';
import { isLateFor, lastDayWithin } from '../sheets/working-days.ts';
import { listItems, type ViewItem } from '../views/views.ts';

/** What says of a line whether it waits. */
interface Waiting {
  readonly status: string;
  readonly serviceDate: string;
  /** Since when its person objects; null when they do not, or were answered. */
  readonly objectedOn: string | null;
}

/** Whether a line, or an objection to it, waits longer than it should. */
export const isOverdue = ({ status, serviceDate, objectedOn }: Waiting, today: string): boolean =>
  (status === 'pending' && isLateFor(serviceDate, today)) ||
  (objectedOn !== null && today > lastDayWithin(dayRules.workingDaysToAnswer, objectedOn));

const isPageOfSheets = ({ sk }: ViewItem): boolean => {
  const { holds, kind } = documentName(sk);
  return holds === 'page' && kind === 'sheets';
};

/** Pages that are read at a time. */
const pagesAtATime = 50;

/** All sheets of a year, with the area they are of. */
async function* sheetsOf(year: string) {
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await listItems({
      index: 'items',
      partition: monthPartition(year),
      accepts: isPageOfSheets,
      limit: pagesAtATime,
      ...(cursor === '' ? {} : { cursor }),
    });
    for (const item of page.items) {
      const { node: areaId } = documentName(item.sk);
      for (const [short, child] of pageOf({ pk: item.pk, sk: item.sk }, item).children)
        yield { id: longSheet(short, year), areaId, child };
    }
    cursor = page.next;
  }
}

/**
 * The lines of a sheet that are overdue. The documents of the figures say how many lines wait, but not since
 * when somebody objects: then the sheet is read.
 */
const linesOverdue = async (id: string, { measures }: Child, today: string): Promise<number> => {
  const serviceDate = dateOfSheet(id);
  const { waiting = 0, objected = 0 } = measures;
  if (objected === 0) return waiting > 0 && isLateFor(serviceDate, today) ? waiting : 0;
  const sheet = await aggregate('sheet').stateNow(id, false);
  return [...(sheet?.entries.values() ?? [])].filter(({ status, objection }) =>
    isOverdue({ status, serviceDate, objectedOn: objection?.on ?? null }, today),
  ).length;
};

/** What is overdue on a day, by organisation and area; nothing where nothing is. */
export const allOverdue = async (today: string): Promise<readonly Overdue[]> => {
  const found = new Map<string, Overdue>();
  for (const year of yearsOfService(Number(yearOf(today))))
    for await (const { id, areaId, child } of sheetsOf(year)) {
      const lines = await linesOverdue(id, child, today);
      if (lines === 0) continue;
      const { organisationId } = child;
      const name = `${organisationId}~${areaId}`;
      const serviceDate = dateOfSheet(id);
      const before = found.get(name);
      found.set(name, {
        ...{ organisationId, areaId, on: today },
        lines: (before?.lines ?? 0) + lines,
        sheets: (before?.sheets ?? 0) + 1,
        oldest: before && before.oldest < serviceDate ? before.oldest : serviceDate,
      });
    }
  return [...found.values()];
};
