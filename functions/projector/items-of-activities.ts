import {
  type ActivityItem,
  activityChild,
  activityItem,
  activityItemOf,
  nameOfSheet,
} from '../figures/activity-item.ts';
import { anybodyOn, sheetMeasures } from '../figures/children.ts';
import { addCounts, createAdditions } from '../figures/counts.ts';
import { activityKey, keyName, partnerMonthKey } from '../figures/layout.ts';
import { shortId } from '../figures/packing.ts';
import type { DatedChild } from '../figures/pages.ts';
import {
  type Partner,
  type PartnerMonth,
  partnerMonthItem,
  partnershipOf,
  partnerYearItem,
  withMonths,
} from '../figures/partner-year.ts';
import type { Limits } from '../figures/store.ts';
import type { ActivityFact, SheetFact } from './facts.ts';
import { itemsOfDocuments } from './items-of-documents.ts';
import { type Made, planned } from './made.ts';

/** A sheet on which anybody's time is verified: its activity was held, if it is verified. */
export interface HeldFact {
  readonly of: 'held';
  readonly activityId: string;
  readonly sheetId: string;
  readonly version: number;
}

/** Undefined when nobody's time on the sheet is verified. */
export const heldFactOf = ({ id, version, place, sums }: SheetFact): HeldFact | undefined =>
  anybodyOn({ measures: sheetMeasures(place, sums) })
    ? { of: 'held', activityId: place.activityId, sheetId: id, version }
    : undefined;

/** The items of the activities, all of them settled at their first revision. */
const activitiesOf = (
  activities: readonly ActivityFact[],
  held: readonly HeldFact[],
): ReadonlyMap<string, ActivityItem> => {
  const items = new Map<string, ActivityItem & { readonly sheets: Map<string, object> }>();
  const itemAt = (id: string) => {
    const empty = activityItemOf(activityKey(id), undefined);
    const item = items.get(id) ?? { ...empty, rev: 1, settled: 1, sheets: new Map() };
    items.set(id, item);
    return item;
  };
  for (const { activityId, sheetId, version } of held)
    itemAt(activityId).sheets.set(nameOfSheet(sheetId), { version, anybody: true });
  for (const { id, version, asOf, figures, places, partnerIds } of activities) {
    const known = itemAt(id);
    items.set(id, { ...known, version, asOf, figures, places, partnerIds });
  }
  return items;
};

/** The partners' years, each with the months in which the partner is or was named. */
const partnersOf = (activities: ReadonlyMap<string, ActivityItem>): readonly Partner[] => {
  const months = new Map<string, PartnerMonth & { readonly activities: Map<string, object> }>();
  for (const [id, { rev, figures, places, partnerIds }] of activities) {
    if (!figures) continue;
    for (const month of new Set(places.map((place) => place.slice(0, 7))))
      for (const partnerId of partnerIds) {
        const key = partnerMonthKey(partnerId, month);
        const known = months.get(keyName(key)) ?? { ...key, rev: 1, activities: new Map() };
        months.set(keyName(key), known);
        known.activities.set(id, partnershipOf(rev, figures, partnerId, month));
      }
  }
  const years = Map.groupBy(months.values(), ({ pk, sk }) => `${pk}|${sk.slice(0, 4)}`);
  return [...years.values()].map((own) => {
    const { pk = '', sk = '' } = own[0] ?? {};
    const year = { pk, sk: sk.slice(0, 4), rev: 1, presences: [] };
    return { months: own, year: withMonths(year, own) };
  });
};

/** The activities' items, their documents, and the months and years of their partners with their counts. */
export const itemsOfActivities = (
  activities: readonly ActivityFact[],
  held: readonly HeldFact[],
  limits: Limits,
): Made => {
  const items = activitiesOf(activities, held);
  const documents = new Map<string, Map<string, DatedChild>>();
  for (const [id, item] of items)
    for (const place of item.figures ? item.places : []) {
      const children = documents.get(place) ?? new Map<string, DatedChild>();
      documents.set(place, children);
      const child = activityChild(item, item.figures as ActivityFact['figures'], place);
      children.set(shortId(id), { child, asOf: item.asOf });
    }
  const partners = partnersOf(items);
  const additions = createAdditions();
  for (const { year } of partners) addCounts(additions, 'P', year.presences, 1);
  return {
    items: [
      ...[...items.values()].map((item) => planned(item, activityItem)),
      ...itemsOfDocuments('activities', documents, limits),
      ...partners.flatMap(({ months, year }) => [
        ...months.map((month) => planned(month, partnerMonthItem)),
        ...(year.presences.length > 0 ? [planned(year, partnerYearItem)] : []),
      ]),
    ],
    additions,
  };
};
