import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { handler as api } from '../../../functions/activities/api.ts';
import { type Ask, ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  defineArea,
  foundTown,
  ledger,
  must,
  organiserOf,
  publish,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;

const feed = (query: Record<string, string> = {}, more: Partial<Ask> = {}) =>
  ask(api, { route: 'GET /feeds/activities.ics', query, ...more });
const titlesIn = (text: string): readonly string[] =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component).summary);

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  await defineArea('hongqi-01', { kind: 'community', name: '红旗社区', parentId: 'hongqi' });
  await defineArea('xinhua', { kind: 'subdistrict', name: '新华街道', parentId: 'demo' });
  const days = { startsOn: '2025-11-03', endsOn: '2025-11-03' };
  await publish(town.ours, { title: '社区的', areaId: 'hongqi-01', ...days });
  const { body } = await must('organisations', {
    route: 'POST /organisations',
    body: { kind: 'residents-committee', name: '新华居委会', areaId: 'xinhua' },
    token: admin,
  });
  await publish(body.id, { title: '别处的', areaId: 'xinhua', ...days });
  await publish(town.ours, { title: '早已过去的', startsOn: '2025-03-05', endsOn: '2025-03-05' });
  await deliver(await ledger());
});

test('it has what is near and to come, by first day; of an area, what lies in it', async () => {
  const { status, headers, body: text } = await feed();
  expect([status, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(titlesIn(text)).toEqual(['义诊', ...titlesIn(text).slice(1)]);
  expect([...titlesIn(text)].sort()).toEqual(['义诊', '别处的', '社区的'].sort());
  expect(titlesIn((await feed({ areaId: 'hongqi' })).body)).toEqual(['义诊', '社区的']);
  expect(titlesIn((await feed({ areaId: 'hongqi-01' })).body)).toEqual(['社区的']);
  expect((await feed({ areaId: 'nowhere' })).status).toBe(404);
});

test('what goes on is in it however long ago it began, and what is to come before what is over', async () => {
  await publish(town.ours, { title: '持续到年底', startsOn: '2025-01-05', endsOn: '2025-12-31' });
  for (let n = 0; n < 110; n += 1)
    await publish(town.ours, { title: `十月${n}`, startsOn: '2025-10-02', endsOn: '2025-10-02' });
  await deliver(await ledger());
  const titles = titlesIn((await feed()).body);
  expect(titles).toContain('社区的');
  expect(titles).toContain('义诊');
  const ofArea = titlesIn((await feed({ areaId: 'hongqi' })).body);
  expect(ofArea).toContain('社区的');
  expect(ofArea.length).toBeLessThanOrEqual(102);
});

test('who has it gets nothing again, until something changes', async () => {
  const { headers } = await feed();
  const known = { headers: { 'if-none-match': String(headers.etag) } };
  const again = await feed({}, known);
  expect([again.status, again.body, again.headers.etag]).toEqual([304, undefined, headers.etag]);
  await must('activities', {
    route: 'POST /activities/{id}/cancel',
    params: { id: town.activityId },
    body: { reason: '暴雨' },
    token: organiserOf(town.ours),
  });
  await deliver(await ledger());
  const changed = await feed({}, known);
  expect([changed.status, titlesIn(changed.body)[0]]).toEqual([200, '已取消：义诊']);
});

test('public lists have an ETag too', async () => {
  const list = (more: Partial<Ask> = {}) =>
    ask(api, { route: 'GET /activities', query: {}, ...more });
  const { headers } = await list();
  expect(headers.etag).toMatch(/^W\/"[\w-]{22}"$/);
  const known = await list({ headers: { 'if-none-match': `"other", ${headers.etag}` } });
  expect(known.status).toBe(304);
  expect((await list({ headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});
