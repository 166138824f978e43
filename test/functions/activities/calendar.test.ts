// The calendar is read by ical.js, which shares no code with what writes it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { testDistrict } from '../../support/district.ts';

process.env.DISTRICT = testDistrict;
const { renderCalendar } = await import('../../../functions/activities/calendar.ts');

type Feed = Parameters<typeof renderCalendar>[0];
type Entry = Feed['activities'][number];

const entry: Entry = {
  id: '0198c0de-0000-7000-8000-0000000000b1',
  version: 3,
  changedAt: '2025-10-01T06:00:00.000Z',
  title: '红旗社区义诊',
  content: '为居民测血压、测血糖，发放健康手册',
  startsOn: '2025-10-18',
  endsOn: '2025-10-19',
  status: 'published',
  place: '新华社区',
  theme: 'FREE_CLINIC',
};
const textOf = (activities: readonly Entry[], locale: 'zh-CN' | 'en' = 'zh-CN'): string =>
  renderCalendar({ name: '红旗街道', activities: [...activities] }, locale).text;
const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));

test('an activity is an event of whole days, with a UID that stays', () => {
  const [event] = eventsOf(textOf([entry]));
  expect(event).toMatchObject({
    uid: `${entry.id}@test.leifeng`,
    summary: entry.title,
    description: entry.content,
    location: '新华社区',
    sequence: 3,
  });
  expect([event?.startDate.isDate, String(event?.startDate), String(event?.endDate)]).toEqual([
    ...[true, '2025-10-18', '2025-10-20'],
  ]);
  expect(event?.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
});

test('what is cancelled stays, and says so', () => {
  const cancelled: Entry = { ...entry, status: 'cancelled', version: 4 };
  for (const [locale, word] of [
    ['zh-CN', '已取消：'],
    ['en', 'Cancelled: '],
  ] as const) {
    const [event] = eventsOf(textOf([cancelled], locale));
    expect(event?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(event).toMatchObject({ summary: `${word}${entry.title}`, sequence: 4 });
    expect(event?.uid).toBe(eventsOf(textOf([entry], locale))[0]?.uid);
  }
});

test('any text comes out as it went in, in lines of 75 bytes', () => {
  const words = fc.string({ unit: fc.constantFrom(...'志愿服务,;:\\"\n\t😀é x'), maxLength: 300 });
  fc.assert(
    fc.property(words, words, (title, content) => {
      const text = textOf([{ ...entry, title, content }]);
      expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
      const [event] = eventsOf(text);
      expect(event?.summary ?? '').toBe(title);
      expect(event?.description ?? '').toBe(content);
    }),
  );
});

test('the same activities give the same bytes, and ten thousand a calendar', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({
    ...entry,
    id: `0198c0de-0000-7000-8000-${String(at).padStart(12, '0')}`,
  }));
  const text = textOf(many);
  expect(textOf(many)).toBe(text);
  expect(new Set(eventsOf(text).map(({ uid }) => uid)).size).toBe(10_000);
  expect(textOf([])).toContain('BEGIN:VCALENDAR');
});
