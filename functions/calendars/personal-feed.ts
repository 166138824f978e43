import type { Activity } from '../../events/activities.ts';
import type { Area } from '../../events/organisations.ts';
import { entriesOfPerson, type PersonEntry } from '../figures/person-entries.ts';
import type { UseCase } from '../http/serve.ts';
import { ownerOfCalendar } from '../people/calendars.ts';
import { acceptedPathOf, countedWith } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { dayMs, localDateOf, yearOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { activityPartition, areaRows } from '../views/keys.ts';
import { itemsAt, type ViewItem } from '../views/views.ts';
import type { calendars } from './contract.ts';

const daysBack = 365;
/** Days of service in a calendar, the newest. */
const most = 100;

/** The same for whatever leads nowhere, and without what was asked for, which may be a secret. */
const noSuchCalendar = (): Rejection =>
  new Rejection('not-found', { what: 'calendar', id: '***.ics' });

/**
 * The records whose service a calendar shows: those that the token of its person leads to.
 * @throws Rejection `not-found`
 */
const recordsBehind = async (file: string): Promise<readonly string[]> => {
  const first = file.endsWith('.ics') && (await ownerOfCalendar(file.slice(0, -'.ics'.length)));
  if (!first) throw noSuchCalendar();
  const path = await acceptedPathOf(first);
  const { id, volunteer } = path.at(-1) ?? path[0];
  const isGone = path.some((each) => (each.volunteer?.status ?? 'erased') === 'erased');
  if (!volunteer || isGone) throw noSuchCalendar();
  return countedWith(id, volunteer, { own: true });
};

/** The newest entries of the last year. */
const recentEntries = async (
  volunteerIds: readonly string[],
  at: number,
): Promise<readonly PersonEntry[]> => {
  const { timezone } = settings();
  const since = localDateOf(at - daysBack * dayMs, timezone);
  const years = [...new Set([localDateOf(at, timezone), since].map(yearOf))];
  const ofYears = await Promise.all(years.map((year) => entriesOfPerson(volunteerIds, year)));
  return ofYears
    .flat()
    .filter(({ serviceDate }) => serviceDate >= since)
    .slice(0, most);
};

const rowOf = <Row>(item: ViewItem | undefined): Row | undefined => item?.row as Row | undefined;

/** A volunteer's days of service, oldest first, for whoever has the calendar's secret. */
export const personalFeed: UseCase<typeof calendars.personalFeed> = async ({ params, at }) => {
  const entries = await recentEntries(await recordsBehind(params.file), at);
  const items = await itemsAt([
    ...entries.map(({ activityId }) => ({ pk: activityPartition(activityId), sk: 'activity' })),
    ...entries.map(({ areaId }) => ({ pk: areaRows, sk: areaId })),
  ]);
  return {
    body: {
      entries: entries.toReversed().map((entry) => {
        const item = items.get(`${activityPartition(entry.activityId)}|activity`);
        const activity = rowOf<Activity>(item);
        const area = rowOf<Area>(items.get(`${areaRows}|${entry.areaId}`));
        return {
          // Without the ids that it is made of: a URL may be given to a program of somebody else.
          id: derivedId('calendar', entry.sheetId, entry.volunteerId),
          version: entry.version + Number(item?.version ?? 0),
          serviceDate: entry.serviceDate,
          title: activity?.title ?? null,
          place: area?.name ?? entry.areaId,
          status: entry.status,
          isCancelled: activity?.status === 'cancelled',
        };
      }),
    },
  };
};
