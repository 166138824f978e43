import type { Render } from '../http/answer.ts';
import { type CalendarEvent, calendarText } from '../http/icalendar.ts';
import type { calendars } from './contract.ts';

type Entry = Parameters<Render<typeof calendars.personalFeed>>[0]['entries'][number];

const words = {
  'zh-CN': {
    name: '我的志愿服务',
    activity: '志愿服务',
    status: { pending: '待查验', verified: '已查验', rejected: '未通过查验', voided: '已作废' },
  },
  en: {
    name: 'My volunteer service',
    activity: 'Volunteer service',
    status: {
      pending: 'waits to be verified',
      verified: 'verified',
      rejected: 'not accepted',
      voided: 'struck out',
    },
  },
} as const;

const statusOf = ({ status, isCancelled }: Entry): CalendarEvent['status'] => {
  if (isCancelled || status === 'rejected' || status === 'voided') return 'cancelled';
  return status === 'pending' ? 'tentative' : 'confirmed';
};

/** A person's days of service as a calendar. What does not count any more stays in and says so. */
export const renderPersonalFeed = (({ entries }, locale) => {
  const said = words[locale];
  const events = entries.map(
    (entry): CalendarEvent => ({
      id: entry.id,
      sequence: entry.version,
      // The Views do not keep when an entry was changed; SEQUENCE says that it was.
      changedAt: `${entry.serviceDate}T00:00:00.000Z`,
      startsOn: entry.serviceDate,
      endsOn: entry.serviceDate,
      title: entry.title ?? said.activity,
      description: said.status[entry.status],
      place: entry.place,
      status: statusOf(entry),
    }),
  );
  return {
    text: calendarText(said.name, events, locale),
    // For no cache but the program's own, which asks each time whether the URL is still good.
    headers: { 'cache-control': 'private, no-cache' },
  };
}) satisfies Render<typeof calendars.personalFeed>;
