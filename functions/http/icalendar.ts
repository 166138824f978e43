import { ICalCalendar, ICalEventStatus } from 'ical-generator';
import type { Locale } from '../refusals/problem-types.ts';
import { dayMs } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';

/** How often a calendar program asks for a feed. */
const refreshSeconds = 3_600;

const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const;

/** An event of whole days. */
export interface CalendarEvent {
  /** Stays the same whatever changes. */
  readonly id: string;
  /** Rises with each change. */
  readonly sequence: number;
  /** RFC 3339. */
  readonly changedAt: string;
  /** Local dates. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly title: string;
  readonly description: string;
  readonly place: string;
  readonly category?: string;
  readonly status: keyof typeof statuses;
}

/** The instant of a date's beginning in UTC: an event of whole days has dates, and no zone. */
const dayOf = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** Events as iCalendar (RFC 5545). What is cancelled says so in its title too. */
export const calendarText = (
  name: string,
  events: readonly CalendarEvent[],
  locale: Locale,
): string => {
  const { name: district } = settings();
  const zh = locale === 'zh-CN';
  const calendar = new ICalCalendar({
    name,
    prodId: { company: 'leifeng', product: district, language: zh ? 'ZH' : 'EN' },
    ttl: refreshSeconds,
  });
  for (const { category, ...each } of events)
    calendar.createEvent({
      id: `${each.id}@${district}.leifeng`,
      sequence: each.sequence,
      stamp: new Date(each.changedAt),
      lastModified: new Date(each.changedAt),
      start: dayOf(each.startsOn),
      // DTEND is the first day after it.
      end: new Date(dayOf(each.endsOn).getTime() + dayMs),
      allDay: true,
      timezone: 'UTC',
      summary:
        each.status === 'cancelled'
          ? `${zh ? '已取消：' : 'Cancelled: '}${each.title}`
          : each.title,
      description: each.description,
      location: each.place,
      ...(category === undefined ? {} : { categories: [{ name: category }] }),
      status: statuses[each.status],
    });
  // RFC 5545, 3.1: every line ends with a line break, also the last.
  return `${calendar.toString()}\r\n`;
};
