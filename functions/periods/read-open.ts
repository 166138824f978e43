import type { Activity } from '../../events/activities.ts';
import type { StillOpen } from '../../events/periods.ts';
import { readAreaTree } from '../figures/area-tree.ts';
import { dateOfSheet } from '../figures/layout.ts';
import { longSheet } from '../figures/packing.ts';
import { yearOf } from '../runtime/calendar.ts';
import { isLateFor } from '../sheets/working-days.ts';
import { addUp } from '../totals/add-up.ts';
import { readDocuments, readPages } from '../totals/read-documents.ts';
import { activityList } from '../views/keys.ts';
import { listItems } from '../views/views.ts';

/** Activities that are read at a time. */
const activitiesAtATime = 500;

const statusesOf = async (month: string): Promise<readonly Activity['status'][]> => {
  const statuses: Activity['status'][] = [];
  let cursor: string | undefined;
  do {
    const page = await listItems({
      index: 'lists',
      partition: activityList,
      prefix: month,
      limit: activitiesAtATime,
      cursor,
    });
    statuses.push(...page.items.map(({ row }) => (row as Activity).status));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return statuses;
};

/** What a month has, as the Views say. */
export interface MonthWork {
  readonly open: StillOpen;
  /** Whether there is nothing in it: no activity, no sheet, and no figure of its own. */
  readonly isEmpty: boolean;
}

const hasFigures = async (month: string): Promise<boolean> => {
  const [{ documents }, tree] = await Promise.all([
    readDocuments(month, null),
    readAreaTree(Number(yearOf(month)), null),
  ]);
  const cell = { period: month, areaId: null, alone: false, theme: null };
  const { figures } = addUp({ documents, running: new Map(), tree }, cell);
  return Object.values(figures).some((value) => value !== 0);
};

/**
 * What is open in a month as the Views say, which may be late: for a person to see. What a close says was
 * open, the close reads from the Ledger.
 */
export const readWork = async (month: string, today: string): Promise<MonthWork> => {
  const [pages, statuses] = await Promise.all([readPages(month, null), statusesOf(month)]);
  const open = {
    ...{ waitingEntries: 0, waitingMinutes: 0, openObjections: 0, overdueRecords: 0 },
    activitiesNotCompleted: statuses.filter((each) => each === 'published' || each === 'rejected')
      .length,
    activitiesNotVerified: statuses.filter((each) => each === 'completed').length,
  };
  for (const { kind, page } of pages) {
    if (kind !== 'sheets') continue;
    for (const [short, { measures }] of page.children) {
      const { waiting = 0, pendingMinutes = 0, objected = 0 } = measures;
      open.waitingEntries += waiting;
      open.waitingMinutes += pendingMinutes;
      open.openObjections += objected;
      if (waiting > 0 && isLateFor(dateOfSheet(longSheet(short, yearOf(month))), today))
        open.overdueRecords += waiting;
    }
  }
  const hasSources = statuses.length > 0 || pages.some(({ page }) => page.children.size > 0);
  return { open, isEmpty: !hasSources && !(await hasFigures(month)) };
};
