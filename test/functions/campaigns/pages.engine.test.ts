import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Campaign } from '../../../events/campaigns.ts';
import { handler } from '../../../functions/campaigns/api.ts';
import { type Browsing, browsingAs, sentBy } from '../../support/browsing.ts';
import { freshTables } from '../../support/tables.ts';
import { foundTown, may } from '../../support/town.ts';

let admin: Browsing;
let organiser: Browsing;
beforeEach(async () => {
  await freshTables();
  await foundTown();
  admin = await browsingAs(['district-admin']);
  organiser = await browsingAs(['organiser']);
});

const pageOf = (name = '', year = '2025', method = 'GET') => ({
  route: `${method} /pages/campaigns/{year}${name}`,
  params: { year },
});
/** Sends the form of a page, once these fields have other values. */
const send = async (name: string, changes: Readonly<Record<string, string>>) => {
  const fields = sentBy((await admin.ask(handler, pageOf(name))).text);
  for (const [field, value] of Object.entries(changes)) fields.set(field, value);
  return admin.ask(handler, { ...pageOf(name, '2025', 'POST'), body: fields });
};
const read = async (year = '2025') =>
  (await may('campaigns', { route: 'GET /campaigns/{year}', params: { year } }))
    .body as Campaign & {
    readonly version: number;
  };

test('only those who may are led from the plan to revising and copying it', async () => {
  const links = ['/pages/campaigns/2025/revise', '/pages/campaigns/2025/copy'];
  for (const link of links) {
    expect((await admin.ask(handler, pageOf())).text).toContain(`href="${link}"`);
    expect((await organiser.ask(handler, pageOf())).text).not.toContain(`href="${link}"`);
  }
  const close = {
    ...{ route: 'POST /campaigns/{year}/close', params: { year: '2025' } },
    token: { sub: 'admin', role: 'district-admin' },
  };
  expect((await may('campaigns', close)).status).toBe(200);
  const { text } = await admin.ask(handler, pageOf());
  expect(links.map((link) => text.includes(`href="${link}"`))).toEqual([false, true]);
  expect((await admin.ask(handler, pageOf('/revise'))).status).toBe(409);
});

describe('the form of a revision', () => {
  test('as it stands changes nothing', async () => {
    const before = await read();
    const { status, headers } = await send('/revise', {});
    expect([status, headers.location]).toEqual([303, '/pages/campaigns/2025']);
    expect(await read()).toEqual(before);
  });

  test('revises the plan', async () => {
    const { version, themes } = await read();
    const at = themes.length;
    const { status } = await send('/revise', {
      ...{ slogan: '学雷锋，见行动', [`themes.${at}.title`]: '冬衣捐赠' },
      ...{ [`themes.${at}.months[]`]: '12', responsible: '红旗街道办事处' },
    });
    expect(status).toBe(303);
    const revised = await read();
    expect(revised).toMatchObject({ version: version + 1, slogan: '学雷锋，见行动' });
    expect(revised.responsibleUnit).toEqual({ name: '红旗街道办事处', organisationId: null });
    expect(revised.themes.slice(0, at)).toEqual(themes);
    expect(revised.themes[at]).toMatchObject({ key: 'THEME_01', title: '冬衣捐赠', months: [12] });
  });

  test.each([
    ['slogan', '电话13800138000', 400, 'f-slogan-fault'],
    ['themes.0.dates', '2026-03-05', 422, 'f-themes-0-dates-fault'],
    ['title', '', 400, 'f-title-fault'],
  ])('with %s “%s” is shown again, with words there', async (name, value, expected, id) => {
    const before = await read();
    const { status, text } = await send('/revise', { [name]: value, audience: '' });
    expect([status, text.includes(`id="${id}"`)]).toEqual([expected, true]);
    expect(sentBy(text).get(name)).toBe(value);
    expect(await read()).toEqual(before);
  });

  test('without a theme of which there are activities is shown again with it', async () => {
    const { themes } = await read();
    const at = themes.findIndex(({ key }) => key === 'FREE_CLINIC');
    const { status, text } = await send('/revise', { [`themes.${at}.title`]: '' });
    expect(status).toBe(409);
    expect(text).toContain(`“${themes[at]?.title}”下已发布过活动`);
    expect(sentBy(text).get(`themes.${at}.key`)).toBe('FREE_CLINIC');
  });

  test('that was filled in while somebody else revised the plan changes nothing', async () => {
    const { version } = await read();
    const { status, text } = await send('/revise', { version: String(version - 1), slogan: '迟' });
    expect([status, text.includes('有人修订了方案')]).toEqual([412, true]);
    expect(sentBy(text).get('slogan')).toBe('迟');
    expect((await read()).version).toBe(version);
  });
});

describe('the form of a copy', () => {
  test('copies the plan to the next year, and leads to it', async () => {
    const { status, headers } = await send('/copy', {});
    expect([status, headers.location]).toEqual([303, '/pages/campaigns/2026']);
    const [before, after] = [await read(), await read('2026')];
    expect(after).toMatchObject({ year: 2026, status: 'planned', version: 1 });
    expect(after.themes.map(({ key }) => key)).toEqual(before.themes.map(({ key }) => key));
  });

  test('takes digits of full width', async () => {
    const { status, headers } = await send('/copy', { year: '２０２７' });
    expect([status, headers.location]).toEqual([303, '/pages/campaigns/2027']);
  });

  test.each([
    ['2025', 409, '已存在'],
    ['1999', 400, 'id="f-year-fault"'],
    ['明年', 400, 'id="f-year-fault"'],
    ['2.026e3', 400, 'id="f-year-fault"'],
  ])('to %s is shown again', async (year, expected, words) => {
    const { status, text } = await send('/copy', { year });
    expect(status).toBe(expected);
    expect(text).toContain(words);
    expect(sentBy(text).get('year')).toBe(year);
    // A year that has a plan leads to it, and to its revision.
    const page = `href="/pages/campaigns/${year}`;
    expect([`${page}/revise"`, `${page}" `].map((link) => text.includes(link.trim()))).toEqual([
      ...(year === '2025' ? [true, true] : [false, false]),
    ]);
  });
});

test('the plan of a year that is planned already leads to that plan', async () => {
  const fields = sentBy((await admin.ask(handler, { route: 'GET /pages/plans' })).text);
  fields.set('text', '2025年学雷锋志愿服务活动方案\n一、义诊\n时间：3月');
  const read = await admin.ask(handler, { route: 'POST /pages/plans', body: fields });
  const draft = sentBy(read.text);
  // There is room for three more themes.
  expect(draft.has('themes.3.title')).toBe(true);
  expect(draft.has('themes.4.title')).toBe(false);
  const { status, text } = await admin.ask(handler, {
    ...{ route: 'POST /pages/plans/confirm', body: draft },
  });
  expect(status).toBe(409);
  expect(text).toContain('<a href="/pages/campaigns/2025">2025年度方案</a>');
  expect(text).toContain('<a href="/pages/campaigns/2025/revise">修订2025年度方案</a>');
});

test('a draft that is refused comes back without the people that its text names', async () => {
  const fields = sentBy((await admin.ask(handler, { route: 'GET /pages/plans' })).text);
  fields.set('text', '2025年学雷锋志愿服务活动方案\n一、义诊\n时间：3月');
  const read = await admin.ask(handler, { route: 'POST /pages/plans', body: fields });
  const draft = sentBy(read.text);
  draft.set('text', '3月：义诊，联系人张三 13800138000');
  draft.set('year', '明年');
  const { status, text } = await admin.ask(handler, {
    ...{ route: 'POST /pages/plans/confirm', body: draft },
  });
  expect(status).toBe(400);
  expect(text).toContain('3月：义诊');
  expect(text).not.toMatch(/张三|138001/);
});

test('the plan shows the unit that answers for it, and the days of its themes', async () => {
  const { status } = await send('/revise', {
    ...{ responsible: '区文明办', 'themes.0.dates': '2025-03-05 2025-03-06' },
  });
  expect(status).toBe(303);
  for (const page of [pageOf(), { route: 'GET /campaigns/{year}', params: { year: '2025' } }]) {
    const { text } = await admin.ask(handler, page);
    expect(text).toContain('责任单位：区文明办');
    expect(text).toContain('<dd>2025年3月5日、2025年3月6日</dd>');
  }
});

test('the public page says to whom the way to opening a plan is', async () => {
  const page = { route: 'GET /campaigns/{year}', params: { year: '2025' } };
  const link = (text: string) => /启动、修订或复制方案(（须登录）)?/.exec(text)?.[0];
  expect(link((await (await browsingAs(null)).ask(handler, page)).text)).toBe(
    '启动、修订或复制方案（须登录）',
  );
  expect(link((await admin.ask(handler, page)).text)).toBe('启动、修订或复制方案');
  expect(link((await organiser.ask(handler, page)).text)).toBeUndefined();
});
