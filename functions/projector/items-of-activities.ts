import {
  type ActivityItem,
  activityChild,
  activityItem,
  activityItemOf,
  nameOfSheet,
} from '../figures/activity-item.ts';
import { anybodyOn, sheetMeasures } from '../figures/children.ts';
import { addCounts, createAdditions } from '../figures/counts.ts';
import { activityKey, keyName, partnerYearKey } from '../figures/layout.ts';
import { shortId } from '../figures/packing.ts';
import type { DatedChild } from '../figures/pages.ts';
import {
  type PartnerYear,
  partnershipOf,
  partnerYearItem,
  presencesOfPartner,
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
  anybodyOn({ measures: sheetMeasures(sums) })
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

const partnersOf = (activities: ReadonlyMap<string, ActivityItem>): readonly PartnerYear[] => {
  const years = new Map<string, PartnerYear & { readonly activities: Map<string, object> }>();
  for (const [id, { rev, figures, places, partnerIds }] of activities) {
    if (!figures) continue;
    for (const year of new Set(places.map((place) => place.slice(0, 4))))
      for (const partnerId of partnerIds) {
        const key = partnerYearKey(partnerId, year);
        const known = years.get(keyName(key)) ?? { ...key, rev: 1, activities: new Map() };
        years.set(keyName(key), known);
        known.activities.set(id, partnershipOf(rev, figures, partnerId, year));
      }
  }
  return [...years.values()];
};

/** The activities' items, their documents, and the years of their partners with their counts. */
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
  for (const partner of partners) addCounts(additions, 'P', presencesOfPartner(partner), 1);
  return {
    items: [
      ...[...items.values()].map((item) => planned(item, activityItem)),
      ...itemsOfDocuments('activities', documents, limits),
      ...partners.map((partner) => planned(partner, partnerYearItem)),
    ],
    additions,
  };
};
