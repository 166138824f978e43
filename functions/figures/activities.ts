import { inParallel } from '../runtime/batches.ts';
import type { ActivityFigures } from '../views/projection.ts';
import {
  type ActivityItem,
  activityChild,
  activityItem,
  activityItemOf,
  nameOfSheet,
  placeName,
} from './activity-item.ts';
import { anybodyOn } from './children.ts';
import { moveCounts } from './counts.ts';
import { later, type Page } from './documents.ts';
import { activityKey, partnerMonthKey, partnerYearKey } from './layout.ts';
import { actionsFor, type Change, countMembers } from './members.ts';
import { shortId } from './packing.ts';
import { type DatedChild, type MonthsName, pageWith, putChildren } from './pages.ts';
import {
  partnerMonthItem,
  partnerMonthOf,
  partnershipOf,
  partnerYearItem,
  partnerYearOf,
  presencesInMonth,
  withMonths,
} from './partner-year.ts';
import { byAggregate, type Failures, type Given } from './projected.ts';
import { type Store, untilWritten } from './store.ts';

const lanes = 64;

const readActivity = async (store: Store, id: string): Promise<ActivityItem> => {
  const key = activityKey(id);
  return activityItemOf(key, await store.read(key));
};

/** What children and partners say of the activity. */
const derivedFrom = (item: ActivityItem): string =>
  JSON.stringify([
    item.figures,
    item.figures?.verified && [...item.sheets.values()].some(({ anybody }) => anybody),
  ]);

/**
 * The item to put after a change. When all was written that follows from the item before, and the same
 * follows from it now, nothing is left to write.
 */
const changed = (before: ActivityItem, after: ActivityItem): ActivityItem => {
  const isSettled = before.settled === before.rev && derivedFrom(before) === derivedFrom(after);
  return { ...after, settled: isSettled ? before.rev + 1 : before.settled };
};

/** An activity's item from which something follows that may not be written yet. */
interface Unsettled {
  readonly id: string;
  readonly item: ActivityItem;
  readonly figures: ActivityFigures;
}

type Fail = (activityIds: readonly string[], error: unknown) => void;

/** Puts the activities' children at every place they ever had, all of an area's year in one step. */
const putPlaces = async (store: Store, all: readonly Unsettled[], fail: Fail): Promise<void> => {
  const placed = all.flatMap(({ id, item, figures }) =>
    item.places.map((place) => {
      const [month = '', areaId = ''] = place.split('#');
      const child = { child: activityChild(item, figures, place), asOf: item.asOf };
      return { id, year: month.slice(0, 4), month, areaId, child };
    }),
  );
  const documents = Map.groupBy(placed, ({ year, areaId }) => `${year}#${areaId}`);
  await inParallel(lanes, [...documents.values()], async (group) => {
    const months = new Map<string, Map<string, DatedChild>>();
    for (const { id, month, child } of group)
      months.set(month, (months.get(month) ?? new Map()).set(shortId(id), child));
    const { year = '', areaId = '' } = group[0] ?? {};
    try {
      await putChildren(store, { kind: 'activities', year, areaId }, months);
    } catch (error) {
      fail(
        group.map(({ id }) => id),
        error,
      );
    }
  });
};

/** An activity's part in a partner's month. */
interface Part {
  readonly partnerId: string;
  /** `yyyy-mm` */
  readonly month: string;
  readonly activity: Unsettled;
}

/**
 * What changes for a partner when it takes part in these activities of a year. Where it takes part in a
 * month follows from the month's item, so the year is read only when that changes.
 */
const planPartner = async (store: Store, parts: readonly Part[]): Promise<Change | undefined> => {
  const months = await Promise.all(
    [...Map.groupBy(parts, ({ month }) => month)].map(async ([month, own]) => {
      const key = partnerMonthKey(own[0]?.partnerId ?? '', month);
      const before = partnerMonthOf(key, await store.read(key));
      const newer = own.filter(
        ({ activity: { id, item } }) => item.rev > (before.activities.get(id)?.version ?? 0),
      );
      const activities = new Map(before.activities);
      for (const { partnerId, activity } of newer) {
        const { id, item, figures } = activity;
        activities.set(id, partnershipOf(item.rev, figures, partnerId, month));
      }
      return { before, after: { ...before, activities }, isChanged: newer.length > 0 };
    }),
  );
  const changed = months.filter(({ isChanged }) => isChanged);
  const moved = changed.filter(
    ({ before, after }) =>
      JSON.stringify(presencesInMonth(before)) !== JSON.stringify(presencesInMonth(after)),
  );
  const puts = changed.map(({ after }) => store.put(partnerMonthItem(after)));
  if (moved.length === 0) return puts.length > 0 ? { puts } : undefined;
  const { partnerId = '', month = '' } = parts[0] ?? {};
  const key = partnerYearKey(partnerId, month.slice(0, 4));
  const year = partnerYearOf(key, await store.read(key));
  const newYear = withMonths(
    year,
    moved.map(({ after }) => after),
  );
  return {
    puts: [...puts, store.put(partnerYearItem(newYear))],
    count: (additions) => moveCounts(additions, 'P', year.presences, newYear.presences),
  };
};

/** As many of these parts as one transaction has room for, from the first on, and what changes. */
const planSome = async (
  store: Store,
  parts: readonly Part[],
): Promise<{ readonly taken: number; readonly change: Change | undefined }> => {
  const change = await planPartner(store, parts);
  const fits = change === undefined || actionsFor(change) <= store.limits.actions;
  return fits || parts.length === 1
    ? { taken: parts.length, change }
    : planSome(store, parts.slice(0, Math.ceil(parts.length / 2)));
};

/**
 * Counts the partners that the activities have or ever had, in the months in which they are or ever
 * were: each partner's year with as many activities at once as a transaction has room for. An activity
 * that was moved changes twice as many counts as a new one.
 */
const countPartners = async (
  store: Store,
  all: readonly Unsettled[],
  fail: Fail,
): Promise<void> => {
  const parts = all.flatMap((activity) =>
    [...new Set(activity.item.places.map((place) => place.slice(0, 7)))].flatMap((month) =>
      activity.item.partnerIds.map((partnerId): Part => ({ partnerId, month, activity })),
    ),
  );
  const years = Map.groupBy(parts, ({ partnerId, month }) => `${partnerId}#${month.slice(0, 4)}`);
  for (let left: readonly (readonly Part[])[] = [...years.values()]; left.length > 0; ) {
    const done = new Map<readonly Part[], number>();
    await countMembers(
      store,
      left,
      async (own) => {
        const { taken, change } = await planSome(store, own.slice(0, store.limits.entriesOfPerson));
        done.set(own, taken);
        return change;
      },
      (failed, error) => {
        for (const own of failed) done.set(own, own.length);
        fail(
          failed.flatMap((own) => own.map(({ activity }) => activity.id)),
          error,
        );
      },
    );
    left = left
      .map((own) => own.slice(done.get(own) ?? own.length))
      .filter((own) => own.length > 0);
  }
};

/**
 * Writes what follows from the activities' items: their children, and their partners. All of it carries
 * the items' revisions. Whoever finds an item that is not settled does it again.
 * @param failed gets activities for which something could not be written
 */
const settle = async (
  store: Store,
  items: ReadonlyMap<string, ActivityItem>,
  failed: Fail,
): Promise<void> => {
  const all = [...items].flatMap(([id, item]): readonly Unsettled[] =>
    item.settled >= item.rev || item.figures === null ? [] : [{ id, item, figures: item.figures }],
  );
  const left = new Map(all.map(({ id, item }) => [id, item]));
  const fail: Fail = (ids, error) => {
    for (const id of ids) left.delete(id);
    failed(ids, error);
  };
  await putPlaces(store, all, fail);
  await countPartners(store, all, fail);
  await inParallel(lanes, [...left], async ([id, item]) => {
    try {
      await store.settle(item);
    } catch (error) {
      fail([id], error);
    }
  });
};

const withEvent = (before: ActivityItem, { event, figures }: Given<'activity'>): ActivityItem => ({
  ...before,
  version: event.aggregate.version,
  asOf: later(before.asOf, event.recordedAt),
  figures,
  places: [...new Set([...before.places, placeName(figures.month, figures.areaId)])],
  partnerIds: [...new Set([...before.partnerIds, ...figures.partnerIds])],
});

/** Takes in what activities are. */
export const applyActivities = async (
  store: Store,
  given: readonly Given<'activity'>[],
  failures: Failures,
): Promise<void> => {
  const groups = byAggregate(given);
  const projectedOf = new Map(
    groups.map((group) => [group[0].event.aggregate.id, group.map(({ projected }) => projected)]),
  );
  const items = new Map<string, ActivityItem>();
  await inParallel(lanes, groups, ([newest]) => {
    const { id, version } = newest.event.aggregate;
    return failures.attempt(projectedOf.get(id) ?? [], async () => {
      const item = await untilWritten(async () => {
        const before = await readActivity(store, id);
        if (version <= before.version) return before;
        const after = changed(before, withEvent(before, newest));
        await store.save(activityItem(after));
        return { ...after, rev: after.rev + 1 };
      });
      items.set(id, item);
    });
  });
  await settle(store, items, (ids, error) => {
    for (const id of ids) failures.fail(projectedOf.get(id) ?? [], error);
  });
};

/** A sheet, and the page that holds its child. */
export interface SheetInPage {
  readonly sheetId: string;
  readonly short: string;
  readonly document: MonthsName;
  readonly page: Page;
}

/**
 * Notes on activities whether anybody's time is verified on these sheets. That is read from a sheet's
 * child, never from an event, which may be an old one; and the page is checked, since a newer child
 * may come at the same moment.
 *
 * @param activities their sheets, by activity
 * @param failed gets activities that cannot be written
 */
export const noteSheets = async (
  store: Store,
  activities: ReadonlyMap<string, readonly SheetInPage[]>,
  failed: (activityIds: readonly string[], error: unknown) => void,
): Promise<void> => {
  const items = new Map<string, ActivityItem>();
  const planned = new Set<string>();
  const pagesOf = (id: string, sheets: readonly SheetInPage[]): Promise<readonly Page[]> => {
    // Planned again: somebody else wrote one of them.
    const again = planned.has(id);
    planned.add(id);
    return Promise.all(
      sheets.map(({ document, short, page }) => (again ? pageWith(store, document, short) : page)),
    );
  };
  const plan = async (id: string): Promise<Change | undefined> => {
    const sheets = activities.get(id) ?? [];
    const [before, pages] = await Promise.all([readActivity(store, id), pagesOf(id, sheets)]);
    const noted = new Map(before.sheets);
    const checks: Page[] = [];
    for (const [at, { sheetId, short }] of sheets.entries()) {
      const page = pages[at] as Page;
      const child = page.children.get(short);
      const name = nameOfSheet(sheetId);
      const { version = 0, anybody = false } = before.sheets.get(name) ?? {};
      if (!child || child.version <= version || anybodyOn(child) === anybody) continue;
      noted.set(name, { version: child.version, anybody: !anybody });
      checks.push(page);
    }
    if (checks.length === 0) {
      items.set(id, before);
      return undefined;
    }
    const after = changed(before, { ...before, sheets: noted });
    items.set(id, { ...after, rev: after.rev + 1 });
    return { puts: [store.put(activityItem(after))], checks };
  };
  await countMembers(store, [...activities.keys()], plan, (ids, error) => {
    for (const id of ids) items.delete(id);
    failed(ids, error);
  });
  await settle(store, items, failed);
};
