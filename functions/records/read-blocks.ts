import type { Activity } from '../../events/activities.ts';
import type { Organisation } from '../../events/organisations.ts';
import type { Hours } from '../../events/participation.ts';
import type { Commendation, Evaluation, RecordEntry, Training } from '../../events/records.ts';
import {
  activityPartition,
  areaRows,
  listOfVolunteer,
  organisationRows,
  volunteerPartition,
} from '../views/keys.ts';
import { cursorAfter, listItems, listRows, rowsAt, type ViewItem } from '../views/views.ts';
import { blockPrefix } from './projection.ts';
import { hoursOf, type RecordAnswer, type ServiceLine } from './record-answer.ts';

export interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}
type Listed<Row> = Row & { readonly id: string };
type Totals = NonNullable<NonNullable<RecordAnswer['service']>['totals']>;

/** More entries than anybody has: with this limit a list is read to its end. */
export const all = 1_000_000;

const totalsOf = (items: readonly ViewItem[]): Totals => {
  const sums = { verified: [0, 0], pending: [0, 0], rejected: [0, 0], voided: [0, 0] };
  for (const { row } of items) {
    const { status, creditedMinutes } = row as Hours;
    sums[status] = [(sums[status][0] ?? 0) + 1, (sums[status][1] ?? 0) + creditedMinutes];
  }
  return Object.fromEntries(
    Object.entries(sums).map(([status, [entries = 0, minutes = 0]]) => [
      status,
      { entries, minutes, hours: hoursOf(minutes) },
    ]),
  ) as Totals;
};

/**
 * A page of a volunteer's hours, newest first. The first page has the totals of all entries, which
 * the same query reads: one request for each megabyte, which is some 1,500 entries. Later pages
 * read only what they show.
 */
export const readHours = async (volunteerId: string, { limit, cursor }: Page) => {
  const list = {
    index: 'lists',
    partition: listOfVolunteer(volunteerId),
    descending: true,
  } as const;
  const { items, next } = await listItems({ ...list, cursor, limit: cursor ? limit : all });
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return {
    hours: shown.map(({ id, row }) => ({ id: String(id), ...(row as Hours) })),
    next: last && items.length > limit ? cursorAfter('lists', last) : next,
    totals: cursor ? null : totalsOf(items),
  };
};

/** A page of one kind of entry, newest first, by one query. */
export const readEntries = <Entry extends RecordEntry>(
  volunteerId: string,
  kind: Entry['kind'],
  page: Page,
) =>
  listRows<Entry>({
    index: 'items',
    partition: volunteerPartition(volunteerId),
    prefix: blockPrefix(kind),
    descending: true,
    ...page,
  });

/** The names of activities, organisations and areas, if the Views have them. */
export interface Names {
  readonly activity: (id: string) => Activity | undefined;
  readonly organisation: (id: string) => string | null;
  readonly area: (id: string) => string | null;
}

/**
 * Looks up the names of all ids in entries, with one request for each 100 different ids. A page of
 * thirty services has at most ninety ids, usually a few dozen.
 */
export const readNames = async (wanted: {
  readonly activities: readonly string[];
  readonly organisations: readonly string[];
  readonly areas: readonly string[];
}): Promise<Names> => {
  const rows = await rowsAt([
    ...wanted.activities.map((id) => ({ pk: activityPartition(id), sk: 'activity' })),
    ...wanted.organisations.map((id) => ({ pk: organisationRows, sk: id })),
    ...wanted.areas.map((id) => ({ pk: areaRows, sk: id })),
  ]);
  const nameAt = (pk: string, sk: string) =>
    (rows.get(`${pk}|${sk}`) as Pick<Organisation, 'name'> | undefined)?.name ?? null;
  return {
    activity: (id) => rows.get(`${activityPartition(id)}|activity`) as Activity | undefined,
    organisation: (id) => nameAt(organisationRows, id),
    area: (id) => nameAt(areaRows, id),
  };
};

export const serviceLine = (hours: Listed<Hours>, names: Names): ServiceLine => {
  const activity = names.activity(hours.activityId);
  return {
    id: hours.id,
    activityId: hours.activityId,
    activity: activity?.title ?? null,
    content: activity?.content ?? null,
    date: hours.serviceDate,
    areaId: hours.areaId,
    area: names.area(hours.areaId),
    minutes: hours.creditedMinutes,
    hours: hoursOf(hours.creditedMinutes),
    organisationId: hours.organisationId,
    organisation: names.organisation(hours.organisationId),
    responsibleId: activity?.responsibleId ?? null,
    status: hours.status,
    objected: hours.objected,
  };
};

export const trainingRow = (entry: Listed<Training>, names: Names) => ({
  ...entry,
  organisation: names.organisation(entry.organisationId),
  studyHours: hoursOf(entry.studyMinutes),
});

export const commendationRow = (entry: Listed<Commendation>, names: Names) => ({
  ...entry,
  organisation: names.organisation(entry.organisationId),
});

export const evaluationRow = (entry: Listed<Evaluation>, names: Names) => ({
  ...entry,
  organisation: names.organisation(entry.organisationId),
  activity: entry.activityId === null ? null : (names.activity(entry.activityId)?.title ?? null),
});
