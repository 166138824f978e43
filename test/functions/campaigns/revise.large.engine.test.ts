import '../../support/tables.ts';

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Campaign } from '../../../events/campaigns.ts';
import { around } from '../../support/faults.ts';
import type { Answer, Ask } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, may, must, organiserOf, plan, publish } from '../../support/town.ts';

let ours: string;
beforeEach(async () => {
  await freshTables();
  // It has published an activity of FREE_CLINIC.
  ({ ours } = await foundTown());
});
afterEach(() => {
  jest.restoreAllMocks();
});

const params = { year: '2025' };
const read = async (): Promise<Campaign & { version: number }> =>
  (await must('campaigns', { route: 'GET /campaigns/{year}', params })).body;
const revising = (body: object, more: Partial<Ask> = {}): Ask => ({
  route: 'PATCH /campaigns/{year}',
  params,
  body,
  token: admin,
  ...more,
});
const without = (themes: Campaign['themes'], key: string) =>
  themes.filter((theme) => theme.key !== key);
const told = ({ status, body }: Answer) => ({
  status,
  type: String(body.type).replace('urn:leifeng:problem:', ''),
  pointers: (body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer),
});
const close = { route: 'POST /campaigns/{year}/close', params, token: admin };

describe('a revision', () => {
  test('changes what is named, and the rest stays', async () => {
    const before = await read();
    const change = { title: '2025年学雷锋', themes: without(before.themes, 'LAUNCH') };
    const { body, headers } = await must('campaigns', revising(change));
    expect(body).toEqual({ ...before, ...change, version: 3 });
    expect(headers.etag).toBe('"3"');
    expect(await read()).toEqual(body);
  });

  test('that changes nothing is no event', async () => {
    const { version: _, status: __, year: ___, ...same } = await read();
    expect((await must('campaigns', revising(same))).body.version).toBe(2);
  });

  test('is for the version that was read, and for the district', async () => {
    const change = { title: '另一个' };
    const headers = { 'if-match': '"1"' };
    expect(told(await may('campaigns', revising(change, { headers })))).toMatchObject({
      status: 412,
      type: 'stale-version',
    });
    const token = organiserOf(ours);
    expect((await may('campaigns', revising(change, { token }))).status).toBe(403);
    expect((await may('campaigns', revising({}))).status).toBe(400);
    const elsewhere = { params: { year: '2031' } };
    expect((await may('campaigns', revising(change, elsewhere))).status).toBe(404);
  });

  test('of months, dates and units keeps them in order, and names units by their organisation', async () => {
    const theme = {
      key: 'FREE_CLINIC',
      title: '义诊',
      dates: ['2025-10-18', '2025-03-05'],
      units: [
        { organisationId: ours, role: 'lead' },
        { name: '青年志愿者', role: 'participating' },
      ],
    };
    const responsibleUnit = { name: '街道', organisationId: ours };
    const { body } = await must('campaigns', revising({ themes: [theme], responsibleUnit }));
    expect(body).toMatchObject({
      responsibleUnit,
      themes: [
        {
          months: [3, 10],
          dates: ['2025-03-05', '2025-10-18'],
          units: [
            { name: '红旗社区居民委员会', organisationId: ours, role: 'lead' },
            { name: '青年志愿者', organisationId: null, role: 'participating' },
          ],
        },
      ],
    });
  });

  test.each([
    [
      'an organisation that is not there',
      {
        units: [{ role: 'lead', organisationId: '0198c0de-0000-7000-8000-0000000000a9' }],
      },
      { status: 422, type: 'unknown-reference', pointers: ['#/themes/0/units/0/organisationId'] },
    ],
    [
      'a unit without a name',
      { units: [{ role: 'lead' }] },
      { status: 400, type: 'invalid-request', pointers: ['#/themes/0/units/0/name'] },
    ],
    [
      'neither months nor dates',
      { months: undefined },
      { status: 400, type: 'invalid-request', pointers: ['#/themes/0/months'] },
    ],
    [
      'a month that there is not',
      { months: [13] },
      { status: 400, type: 'invalid-request', pointers: ['#/themes/0/months/0'] },
    ],
    [
      'a date outside its months',
      { dates: ['2025-04-05'] },
      { status: 422, type: 'invalid-value', pointers: ['#/themes/0/dates'] },
    ],
  ])('with %s is refused', async (_, change, refusal) => {
    const theme = { key: 'FREE_CLINIC', title: '义诊', months: [3], ...change };
    expect(told(await may('campaigns', revising({ themes: [theme] })))).toEqual(refusal);
  });
});

describe('a theme with activities', () => {
  test('stays in the plan; all else of it may change', async () => {
    const { themes } = await read();
    const renamed = themes.map((theme) =>
      theme.key === 'FREE_CLINIC' ? { ...theme, key: 'CLINIC' } : theme,
    );
    for (const changed of [without(themes, 'FREE_CLINIC'), renamed])
      expect(told(await may('campaigns', revising({ themes: changed })))).toEqual({
        status: 409,
        type: 'theme-in-use',
        pointers: ['#/themes'],
      });
    const moved = themes.map((theme) =>
      theme.key === 'FREE_CLINIC' ? { ...theme, title: '大型义诊', months: [9, 10] } : theme,
    );
    expect((await must('campaigns', revising({ themes: moved }))).body.themes).toEqual(moved);
  });

  test('is also one whose only activity was cancelled, and a routine service', async () => {
    const id = await publish(ours, { theme: 'TRAFFIC_COURTESY' });
    await must('activities', {
      route: 'POST /activities/{id}/cancel',
      params: { id },
      body: { reason: '暴雨' },
      token: organiserOf(ours),
    });
    expect(told(await may('campaigns', revising({ routines: [] })))).toEqual({
      status: 409,
      type: 'theme-in-use',
      pointers: ['#/routines'],
    });
  });

  test('is also one to which an activity was moved', async () => {
    const id = await publish(ours);
    await must('activities', {
      route: 'PATCH /activities/{id}',
      params: { id },
      body: { theme: 'WOMEN_CARE' },
      token: organiserOf(ours),
    });
    const { themes } = await read();
    const changed = without(themes, 'WOMEN_CARE');
    expect(told(await may('campaigns', revising({ themes: changed }))).type).toBe('theme-in-use');
  });
});

const publishing: Ask = {
  route: 'POST /activities',
  body: { ...plan, theme: 'WOMEN_CARE' },
  key: 'late-activity',
};

describe('the first activity of a theme, published while the theme is taken out', () => {
  test('is refused when the revision comes first', async () => {
    const { themes } = await read();
    let revised = false;
    around('TransactWriteCommand', {
      before: async () => {
        if (revised) return;
        revised = true;
        await must('campaigns', revising({ themes: without(themes, 'WOMEN_CARE') }));
      },
    });
    const body = { ...(publishing.body as object), organisationId: ours };
    const answer = await may('activities', { ...publishing, body, token: organiserOf(ours) });
    expect(told(answer)).toEqual({ status: 422, type: 'theme-not-planned', pointers: ['#/theme'] });
  });

  test('keeps the theme in the plan when it comes first', async () => {
    const { themes } = await read();
    let published = false;
    around('TransactWriteCommand', {
      before: async () => {
        if (published) return;
        published = true;
        await publish(ours, { theme: 'WOMEN_CARE' });
      },
    });
    const changed = without(themes, 'WOMEN_CARE');
    expect(told(await may('campaigns', revising({ themes: changed })))).toMatchObject({
      status: 409,
      type: 'theme-in-use',
    });
    expect((await read()).version).toBe(2);
  });

  test('by two at once is published by both', async () => {
    const both = await Promise.all(
      ['甲', '乙'].map((title) => publish(ours, { theme: 'WOMEN_CARE', title })),
    );
    expect(new Set(both).size).toBe(2);
  });
});

describe('a closed year', () => {
  test('takes no revision, no activity, and is closed once', async () => {
    const closed = await must('campaigns', close);
    expect(closed.body).toMatchObject({ status: 'closed', version: 3 });
    expect(told(await may('campaigns', close))).toMatchObject({
      status: 409,
      type: 'illegal-transition',
    });
    const { themes } = await read();
    const added = [...themes, { key: 'LATE', title: '补充主题', months: [12] }];
    const refused = await may('campaigns', revising({ themes: added }));
    expect([refused.status, refused.body.detail]).toEqual([409, '当前已关闭，不能修订。']);
    const body = { ...plan, organisationId: ours };
    const late = await may('activities', { ...publishing, body, token: organiserOf(ours) });
    expect(told(late)).toEqual({ status: 409, type: 'campaign-closed', pointers: ['#/startsOn'] });
  });

  test('lets what was published be changed, but not moved to another theme', async () => {
    const id = await publish(ours);
    await must('campaigns', close);
    const change = (body: object): Ask => ({
      route: 'PATCH /activities/{id}',
      params: { id },
      body,
      token: organiserOf(ours),
    });
    expect((await must('activities', change({ endsOn: '2025-10-17' }))).status).toBe(200);
    expect(told(await may('activities', change({ theme: 'WOMEN_CARE' })))).toMatchObject({
      status: 409,
      type: 'campaign-closed',
    });
  });
});
