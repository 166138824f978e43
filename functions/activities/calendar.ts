import type { Render } from '../http/answer.ts';
import { calendarText } from '../http/icalendar.ts';
import type { activities } from './contract.ts';

/** Activities as a calendar, each of whole days, as activities have no hours. */
export const renderCalendar = (({ name, activities: all }, locale) => {
  const title = locale === 'zh-CN' ? `${name} 志愿服务活动` : `Volunteer activities: ${name}`;
  const events = all.map(({ id, version, content, theme, status, ...each }) => ({
    ...each,
    id,
    sequence: version,
    description: content,
    category: theme,
    status: status === 'cancelled' ? ('cancelled' as const) : ('confirmed' as const),
  }));
  return {
    text: calendarText(title, events, locale),
    headers: { 'cache-control': 'public, max-age=900' },
  };
}) satisfies Render<typeof activities.activityFeed>;
