import { ICalCalendar, ICalEventStatus } from 'ical-generator';

import type { Render } from '../http/answer.ts';
import { settings } from '../runtime/settings.ts';
import type { activities } from './contract.ts';

const dayMs = 86_400_000;

/** How often a calendar program asks for the feed. */
const refreshSeconds = 3_600;

/** The instant of a date's beginning in UTC: an event of whole days has dates, and no zone. */
const dayOf = (date: string): Date => new Date(`${date}T00:00:00Z`);

/**
 * Activities as iCalendar (RFC 5545), each of whole days, as activities have no hours. A UID stays the same,
 * and SEQUENCE rises, whatever changes; what is cancelled stays in and says so.
 */
export const renderCalendar: Render<typeof activities.activityFeed> = (
  { name, activities: all },
  locale,
) => {
  const { name: district } = settings();
  const zh = locale === 'zh-CN';
  const calendar = new ICalCalendar({
    name: zh ? `${name} 志愿服务活动` : `Volunteer activities: ${name}`,
    prodId: { company: 'leifeng', product: district, language: zh ? 'ZH' : 'EN' },
    ttl: refreshSeconds,
  });
  for (const each of all)
    calendar.createEvent({
      id: `${each.id}@${district}.leifeng`,
      sequence: each.version,
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
      description: each.content,
      location: each.areaId,
      categories: [{ name: each.theme }],
      status: each.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  return { text: calendar.toString(), headers: { 'cache-control': 'public, max-age=900' } };
};
