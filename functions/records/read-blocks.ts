import type { Activity } from '../../events/activities.ts';
import type { Organisation } from '../../events/organisations.ts';
import { sheetId } from '../../events/participation.ts';
import type { Commendation, Evaluation, RecordEntry, Training } from '../../events/records.ts';
import { entriesOfPerson, type PersonEntry, placeOf } from '../figures/person-entries.ts';
import { Problem } from '../refusals/problem.ts';
import {
  activityPartition,
  areaRows,
  organisationRows,
  volunteerPartition,
} from '../views/keys.ts';
import { listRows, rowsAt } from '../views/views.ts';
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

const totalsOf = (entries: readonly PersonEntry[]): Totals => {
  const sums = { verified: [0, 0], pending: [0, 0], rejected: [0, 0], voided: [0, 0] };
  for (const { status, creditedMinutes } of entries)
    sums[status] = [(sums[status][0] ?? 0) + 1, (sums[status][1] ?? 0) + creditedMinutes];
  return Object.fromEntries(
    Object.entries(sums).map(([status, [count = 0, minutes = 0]]) => [
      status,
      { entries: count, minutes, hours: hoursOf(minutes) },
    ]),
  ) as Totals;
};

/** A cursor comes from outside: it names the entry after which the page begins. */
const decode = (cursor: string): string => {
  const place = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, sheet, , ...rest] = place.split('|');
  if (!/^[\w-]+$/.test(cursor) || rest.length > 0 || !sheetId.safeParse(sheet).success)
    throw new Problem('invalid-cursor');
  return place;
};

/**
 * A page of a person's hours, newest first. The first page has the totals of all entries.
 * @throws Problem `invalid-cursor`
 */
export const readHours = async (volunteerIds: readonly string[], { limit, cursor }: Page) => {
  const all = await entriesOfPerson(volunteerIds);
  const after = cursor === undefined ? undefined : decode(cursor);
  const rest = after === undefined ? all : all.filter((entry) => placeOf(entry) < after);
  const hours = rest.slice(0, limit);
  const last = hours.at(-1);
  return {
    hours,
    next: last && rest.length > limit ? Buffer.from(placeOf(last)).toString('base64url') : null,
    totals: cursor === undefined ? totalsOf(all) : null,
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

export const serviceLine = (entry: PersonEntry, names: Names): ServiceLine => {
  const activity = names.activity(entry.activityId);
  return {
    sheetId: entry.sheetId,
    volunteerId: entry.volunteerId,
    activityId: entry.activityId,
    activity: activity?.title ?? null,
    content: activity?.content ?? null,
    date: entry.serviceDate,
    areaId: entry.areaId,
    area: names.area(entry.areaId),
    onDuty: entry.onDuty,
    minutes: entry.creditedMinutes,
    hours: hoursOf(entry.creditedMinutes),
    organisationId: entry.organisationId,
    organisation: names.organisation(entry.organisationId),
    responsibleId: activity?.responsibleId ?? null,
    status: entry.status,
    objected: entry.objectedOn !== null,
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
