import { allOf, inParallel } from '../runtime/batches.ts';
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
import { activityKey, partnerYearKey } from './layout.ts';
import { type Change, countMembers } from './members.ts';
import { shortId } from './packing.ts';
import { type DatedChild, type MonthsName, pageWith, putChildren } from './pages.ts';
import {
  partnershipOf,
  partnerYearItem,
  partnerYearOf,
  presencesOfPartner,
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

/** Counts the partners that it has or ever had, in the years in which it is or ever was. */
const countPartners = async (
  store: Store,
  activityId: string,
  item: ActivityItem,
  figures: ActivityFigures,
): Promise<void> => {
  const years = new Set(item.places.map((place) => place.slice(0, 4)));
  const members = [...years].flatMap((year) =>
    item.partnerIds.map((partnerId) => ({ partnerId, year })),
  );
  await countMembers(
    store,
    members,
    async ({ partnerId, year }) => {
      const key = partnerYearKey(partnerId, year);
      const before = partnerYearOf(key, await store.read(key));
      if (item.rev <= (before.activities.get(activityId)?.version ?? 0)) return undefined;
      const partnership = partnershipOf(item.rev, figures, partnerId, year);
      const after = {
        ...before,
        activities: new Map([...before.activities, [activityId, partnership]]),
      };
      return {
        puts: [store.put(partnerYearItem(after))],
        count: (additions) =>
          moveCounts(additions, 'P', presencesOfPartner(before), presencesOfPartner(after)),
      };
    },
    (_, error) => {
      throw error;
    },
  );
};

/**
 * Writes what follows from an activity's item: its child at every place it ever had, and its partners.
 * All of it carries the item's revision. Whoever finds an item that is not settled does it again.
 */
const settle = async (store: Store, activityId: string, item: ActivityItem): Promise<void> => {
  const { figures } = item;
  if (item.settled >= item.rev || figures === null) return;
  // In one step for an area, since all its months write the year's document.
  const areas = new Map<string, Map<string, ReadonlyMap<string, DatedChild>>>();
  for (const place of item.places) {
    const [month = '', areaId = ''] = place.split('#');
    const child = { child: activityChild(item, figures, place), asOf: item.asOf };
    const name = `${month.slice(0, 4)}#${areaId}`;
    const months = areas.get(name) ?? new Map();
    areas.set(name, months.set(month, new Map([[shortId(activityId), child]])));
  }
  await allOf(
    [...areas].map(([name, months]) => {
      const [year = '', areaId = ''] = name.split('#');
      return putChildren(store, { kind: 'activities', year, areaId }, months);
    }),
  );
  await countPartners(store, activityId, item, figures);
  await store.settle(item);
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
  await inParallel(lanes, byAggregate(given), ([newest, ...earlier]) =>
    failures.attempt(
      [newest, ...earlier].map(({ projected }) => projected),
      async () => {
        const { id, version } = newest.event.aggregate;
        const item = await untilWritten(async () => {
          const before = await readActivity(store, id);
          if (version <= before.version) return before;
          const after = changed(before, withEvent(before, newest));
          await store.save(activityItem(after));
          return { ...after, rev: after.rev + 1 };
        });
        await settle(store, id, item);
      },
    ),
  );
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
  const left = new Map(activities);
  await countMembers(store, [...activities.keys()], plan, (ids, error) => {
    for (const id of ids) left.delete(id);
    failed(ids, error);
  });
  await allOf(
    [...left.keys()].map(async (id) => {
      const item = items.get(id);
      try {
        if (item) await settle(store, id, item);
      } catch (error) {
        failed([id], error);
      }
    }),
  );
};
