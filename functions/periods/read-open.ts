import type { Activity } from '../../events/activities.ts';
import type { StillOpen } from '../../events/periods.ts';
import { readAreaTree } from '../figures/area-tree.ts';
import { dateOfSheet } from '../figures/layout.ts';
import { longSheet } from '../figures/packing.ts';
import type { Source } from '../figures/source-names.ts';
import { yearOf } from '../runtime/calendar.ts';
import { isLateFor } from '../sheets/working-days.ts';
import { addUp } from '../totals/add-up.ts';
import { readDocuments, readPages } from '../totals/read-documents.ts';
import { activityList } from '../views/keys.ts';
import { listItems } from '../views/views.ts';

/** What can be open in a month, besides minutes. */
export type OpenKind = Exclude<keyof StillOpen, 'waitingMinutes'>;

/** A sheet or an activity with something open, and how much of what. */
export interface OpenThing extends Source {
  readonly kind: 'sheet' | 'activity';
  readonly areaId: string;
  readonly counts: Readonly<Partial<StillOpen>>;
}

/** Activities that are read at a time. */
const activitiesAtATime = 500;

const openIn = ({ status }: Activity): Partial<StillOpen> | undefined => {
  if (status === 'published' || status === 'rejected') return { activitiesNotCompleted: 1 };
  return status === 'completed' ? { activitiesNotVerified: 1 } : undefined;
};

/** The activities that begin in a month: how many there are, and those that are open. */
const activitiesOf = async (month: string) => {
  const open: OpenThing[] = [];
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await listItems({
      index: 'lists',
      partition: activityList,
      prefix: month,
      limit: activitiesAtATime,
      cursor,
    });
    count += page.items.length;
    for (const { id, row } of page.items) {
      const { areaId, organisationId } = row as Activity;
      const counts = openIn(row as Activity);
      if (counts) open.push({ kind: 'activity', id: String(id), organisationId, areaId, counts });
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return { count, open };
};

type Pages = Awaited<ReturnType<typeof readPages>>;

/** The sheets of a month with something open. */
const openSheets = (pages: Pages, month: string, today: string): readonly OpenThing[] =>
  pages.flatMap(({ kind, areaId, page }) =>
    kind === 'sheets'
      ? [...page.children].flatMap(([short, { measures, organisationId }]): OpenThing[] => {
          const { waiting = 0, pendingMinutes = 0, objected = 0 } = measures;
          if (waiting === 0 && pendingMinutes === 0 && objected === 0) return [];
          const id = longSheet(short, yearOf(month));
          const isLate = isLateFor(dateOfSheet(id), today);
          const counts = {
            ...{
              waitingEntries: waiting,
              waitingMinutes: pendingMinutes,
              openObjections: objected,
            },
            overdueRecords: isLate ? waiting : 0,
          };
          return [{ kind: 'sheet', id, organisationId, areaId, counts }];
        })
      : [],
  );

/** What a month has, as the Views say. */
export interface MonthWork {
  readonly open: StillOpen;
  /** The sheets and activities of which `open` is the sum. */
  readonly things: readonly OpenThing[];
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
  const [pages, activities] = await Promise.all([readPages(month, null), activitiesOf(month)]);
  const things = [...openSheets(pages, month, today), ...activities.open];
  const sum = (name: keyof StillOpen): number =>
    things.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
  const hasSources = activities.count > 0 || pages.some(({ page }) => page.children.size > 0);
  return {
    open: {
      waitingEntries: sum('waitingEntries'),
      waitingMinutes: sum('waitingMinutes'),
      openObjections: sum('openObjections'),
      activitiesNotCompleted: sum('activitiesNotCompleted'),
      activitiesNotVerified: sum('activitiesNotVerified'),
      overdueRecords: sum('overdueRecords'),
    },
    things,
    isEmpty: !hasSources && !(await hasFigures(month)),
  };
};
