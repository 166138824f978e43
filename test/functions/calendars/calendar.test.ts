// The calendar is read by ical.js, which shares no code with what writes it.
import { expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { testDistrict } from '../../support/district.ts';

process.env.DISTRICT = testDistrict;
const { renderPersonalFeed } = await import('../../../functions/calendars/calendar.ts');

type Entry = Parameters<typeof renderPersonalFeed>[0]['entries'][number];

const entry: Entry = {
  id: '0198c0de-0000-8000-8000-0000000000b1',
  version: 3,
  serviceDate: '2025-10-18',
  title: '红旗社区义诊',
  place: '红旗社区',
  status: 'verified',
  isCancelled: false,
};
const shown = (more: Partial<Entry>, locale: 'zh-CN' | 'en' = 'zh-CN') => {
  const { text } = renderPersonalFeed({ entries: [{ ...entry, ...more }] }, locale);
  const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent');
  if (!component) throw new Error('there is no event');
  const { uid, sequence, summary, description, location, startDate, endDate } = new ICAL.Event(
    component,
  );
  return {
    ...{ uid, sequence, summary, description, location },
    days: [startDate.isDate, String(startDate), String(endDate)],
    status: component.getFirstPropertyValue('status'),
  };
};

test('a day of service is an event of that day, with a UID that stays', () => {
  expect(shown({})).toEqual({
    uid: `${entry.id}@test.leifeng`,
    ...{ sequence: 3, summary: entry.title, description: '已查验', location: '红旗社区' },
    days: [true, '2025-10-18', '2025-10-19'],
    status: 'CONFIRMED',
  });
});

test.each([
  [{ status: 'pending' }, 'TENTATIVE', '红旗社区义诊', '待查验', 'waits to be verified'],
  [{ status: 'verified' }, 'CONFIRMED', '红旗社区义诊', '已查验', 'verified'],
  [{ status: 'rejected' }, 'CANCELLED', '已取消：红旗社区义诊', '未通过查验', 'not accepted'],
  [{ status: 'voided' }, 'CANCELLED', '已取消：红旗社区义诊', '已作废', 'struck out'],
  [{ isCancelled: true }, 'CANCELLED', '已取消：红旗社区义诊', '已查验', 'verified'],
  [{ title: null }, 'CONFIRMED', '志愿服务', '已查验', 'verified'],
] as const)('%j is shown as %s', (more, status, summary, description, english) => {
  expect(shown(more)).toMatchObject({ status, summary, description });
  expect(shown(more, 'en')).toMatchObject({ status, description: english });
  expect(shown(more).uid).toBe(shown({}).uid);
});

test('no cache but the reader’s own keeps it', () => {
  expect(renderPersonalFeed({ entries: [] }, 'en').headers).toEqual({
    'cache-control': 'private, no-cache',
  });
});
