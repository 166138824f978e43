import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Route } from '../../functions/http/contract.ts';
import { apis } from '../../functions/reference/contracts.ts';
import type { Client } from '../../infra/season/client.ts';
import { adminClaims } from '../../infra/season/found-district.ts';
import { planSeason } from '../../infra/season/plan-season.ts';
import {
  accessibilityFaultsOf,
  complaintsOf,
  overflowOf,
  type Screen,
  screens,
  startBrowser,
} from '../support/browser.ts';
import type { TestHost } from '../support/host.ts';
import { startPlayedSeason } from '../support/played-season.ts';
import { partOf } from '../support/season-under-chaos.ts';

const year = 2025;
const languages = ['zh-CN', 'en'] as const;
/** Where `npm run screenshots` keeps the pictures; none are taken without it. */
const pictures = process.env.SCREENSHOTS;

const admin = { sub: 'admin-1', role: 'district-admin' };
const volunteer = { sub: `season-${year}-volunteer-0`, role: 'volunteer' };
const verifier = { sub: 'verifier-1', role: 'verifier' };
const nobody = { sub: 'nobody-1' };

/**
 * Every page, by the name of its picture: who opens it (nobody signed in for null), and where it is. Words in braces
 * stand for something of the season.
 */
const pages: Readonly<Record<string, readonly [claims: object | null, path: string]>> = {
  start: [null, '/'],
  year: [null, `/totals/${year}`],
  'year-of-area': [null, `/totals/${year}?areaId=hongqi`],
  'year-of-theme': [null, `/totals/${year}?theme=FREE_CLINIC`],
  month: [null, `/dashboards/${year}-10`],
  'empty-month': [null, `/dashboards/${year}-01`],
  plan: [null, `/campaigns/${year}`],
  areas: [null, '/areas'],
  verify: [null, '/verify'],
  'verify-mistyped': [null, '/verify?number=110105-0001-2026-482913-18'],
  'verify-unknown': [null, '/verify?number=110105-0001-2026-482913-81'],
  stories: [null, '/stories'],
  story: [null, '/stories/{story}'],
  'stars-notice': [null, '/stars/notice'],
  certificate: [null, '/certificates/{number}'],
  'certificate-on-paper': [admin, '/pages/certificates/{certificate}?reason=certificate'],
  certificates: [volunteer, '/pages/certificates'],
  complaints: [null, '/pages/complaints?page=/stories'],
  'complaint-state': [null, '/pages/complaints/state'],
  'not-found': [null, `/totals/${year}?areaId=nowhere`],
  home: [admin, '/pages'],
  'home-of-volunteer': [volunteer, '/pages'],
  'home-of-verifier': [verifier, '/pages'],
  record: [volunteer, '/pages/record'],
  'record-for-staff': [admin, '/pages/volunteers/{volunteer}/record?reason=certificate'],
  activity: [admin, '/pages/activities/{activity}'],
  activities: [admin, `/pages/months/${year}-12/open?what=activitiesNotCompleted`],
  lines: [admin, `/pages/dashboards/${year}-10/lines?metric=creditedMinutes`],
  'lines-of-year': [admin, `/pages/totals/${year}/lines?metric=distinctVolunteers`],
  bulletin: [null, `/bulletins/${year}-11`],
  'report-draft': [admin, `/pages/reports/${year}`],
  'bulletin-page': [admin, `/pages/bulletins/${year}-11`],
  'report-text': [admin, `/pages/reports/${year}/texts/next-year`],
  'hand-in-plan': [admin, '/pages/plans'],
  'own-plan': [admin, `/pages/campaigns/${year}`],
  'revise-plan': [admin, `/pages/campaigns/${year}/revise`],
  'copy-plan': [admin, `/pages/campaigns/${year}/copy`],
  'plan-signed-in': [admin, `/campaigns/${year}`],
  'close-month': [admin, `/pages/months/${year}-12/close`],
  'closed-month': [admin, `/pages/months/${year}-03/close`],
  'close-year': [admin, `/pages/years/${year}/close`],
  'close-empty-year': [admin, `/pages/years/${year - 1}/close`],
  forbidden: [nobody, `/pages/dashboards/${year}-10/lines?metric=creditedMinutes`],
};

/** HTML that the pages above do not open. */
const otherwise = [
  // Only programs send a token; a person opens the same view below /pages.
  'GET /volunteers/{id}/record',
  'GET /reports/{year}/draft',
  'GET /bulletins/{month}/draft',
  'GET /certificates/{id}/document',
  // The year is not closed yet: the clerk's year closes it and reads its summary.
  'GET /reports/{year}',
  // They lead to the issuer and back, by signing in.
  'GET /pages/sign-in',
  'GET /pages/callback',
];

/** The pictures in the clerk's year: pages of above, and the draft of a plan. */
const guide = 'docs/zh/clerks-year.md';
const images = 'docs/zh/images';
const inGuide = [
  ...readFileSync(guide, 'utf8').matchAll(/!\[[^\]]+\]\(images\/([\w-]+)\.jpg\)/g),
].map(([, name = '']) => name);
const draftOfPlan = 'read-plan';

/** Keeps what the large screen shows, for the clerk's year. */
const keepForGuide = async (page: Page, name: string): Promise<void> => {
  mkdirSync(images, { recursive: true });
  await page.screenshot({ path: join(images, `${name}.jpg`), type: 'jpeg', quality: 70 });
};

test('the pictures of the clerk’s year are there, and are of pages that the browser opens', () => {
  expect(inGuide.length).toBeGreaterThan(5);
  expect(readdirSync(images).sort()).toEqual(inGuide.map((name) => `${name}.jpg`).sort());
  for (const name of inGuide) expect([...Object.keys(pages), draftOfPlan]).toContain(name);
});

test('every page is among those that the browser opens', () => {
  const paths = Object.values(pages).map(([, path]) => path.split('?')[0] ?? '');
  const routes = apis
    .flatMap(({ contract }) => Object.values<Route>(contract))
    .filter(({ only, also }) => only === 'text/html' || also.includes('text/html'))
    .map(({ key }) => key)
    .filter((key) => key.startsWith('GET ') && !otherwise.includes(key));
  const isOpened = (key: string): boolean => {
    const form = new RegExp(`^${key.slice('GET '.length).replace(/\{\w+\}/g, '[^/]+')}$`);
    return paths.some((path) => form.test(path));
  };
  expect(routes.filter((key) => !isOpened(key))).toEqual([]);
  expect(routes.length).toBeGreaterThan(25);
});

let district: TestHost;
let browser: Browser;
/** What the words in braces stand for. */
let named: Readonly<Record<string, string>>;
const placeOf = (path: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => named[name] ?? '');

const nameThings = async (client: Client): Promise<Readonly<Record<string, string>>> => {
  const token = await district.host.mintToken(adminClaims);
  const idsAt = async (path: string) =>
    (await client.get<{ items: { id: string }[] }>(path, token)).items.map(({ id }) => id);
  const units = await idsAt('/organisations?limit=100');
  const registers = await Promise.all(
    units.map((id) =>
      client.get<{ items: { id: string; number: string; status: string; volunteerId: string }[] }>(
        ...([`/organisations/${id}/certificates`, token] as const),
      ),
    ),
  );
  const issued = registers.flatMap(({ items }) => items).find(({ status }) => status === 'issued');
  const [story = ''] = await idsAt('/stories');
  const [activity = ''] = await idsAt(`/activities?month=${year}-10`);
  return {
    ...{ story, activity, number: issued?.number ?? '', certificate: issued?.id ?? '' },
    volunteer: issued?.volunteerId ?? '',
  };
};

beforeAll(async () => {
  // The day after the season, which is the year that the pages are of.
  const now = `${year}-12-31T10:00:00+08:00`;
  const played = await startPlayedSeason(year, partOf(planSeason(year), 12), now);
  district = played.district;
  named = await nameThings(played.client);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await district?.stop();
});

const open = async (
  screen: Screen,
  language: string,
  withScripts = false,
): Promise<BrowserContext> => {
  const context = await browser.newContext({
    viewport: screens[screen],
    locale: language,
    javaScriptEnabled: withScripts,
    // The pages forbid every script; axe is one.
    bypassCSP: withScripts,
    baseURL: district.host.url,
  });
  // No deadline: a slow machine is no fault.
  context.setDefaultTimeout(0);
  return context;
};

/** Signs in as whoever has these claims, through the local issuer's own page. */
const signIn = async (page: Page, claims: object): Promise<void> => {
  await page.goto('/pages');
  await page.locator('#claims').fill(JSON.stringify(claims));
  await page.getByRole('button', { name: '登录 Sign in' }).click();
  await page.waitForURL('**/pages');
};

const openPage = async (page: Page, [claims, path]: readonly [object | null, string]) => {
  if (claims) await signIn(page, claims);
  return page.goto(placeOf(path));
};

describe.each(Object.entries(pages))('the page %s', (name, [claims, path]) => {
  test.each(languages)('is whole without a script on each screen, in %s', async (language) => {
    for (const screen of ['phone', 'wide', 'paper'] as const) {
      const context = await open(screen, language);
      const page = await context.newPage();
      if (claims) await signIn(page, claims);
      const complaints = complaintsOf(page);
      if (screen === 'paper') await page.emulateMedia({ media: 'print' });
      const answer = await page.goto(placeOf(path));
      const refused = { 'not-found': 404, forbidden: 403 }[name];
      expect([screen, answer?.status()]).toEqual([screen, refused ?? 200]);
      expect(answer?.headers()['content-type']).toBe('text/html; charset=utf-8');
      // The browser itself notes an answer that is a refusal.
      expect(complaints.filter((each) => !(refused && /status of 40[34]/.test(each)))).toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect([screen, await overflowOf(page)]).toEqual([screen, 0]);
      if (screen === 'paper') expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(0);
      if (pictures) {
        mkdirSync(pictures, { recursive: true });
        const file = join(pictures, `${name}-${screen}-${language}.png`);
        await page.screenshot({ path: file, fullPage: true });
        if (screen === 'wide' && language === 'zh-CN' && inGuide.includes(name))
          await keepForGuide(page, name);
      }
      await context.close();
    }
  });

  test('has no fault that axe finds, on a phone and a wide screen', async () => {
    for (const screen of ['phone', 'wide'] as const) {
      const context = await open(screen, 'zh-CN', true);
      const page = await context.newPage();
      await openPage(page, [claims, path]);
      expect(await accessibilityFaultsOf(page)).toEqual([]);
      await context.close();
    }
  });
});

const plan = `2026年学雷锋志愿服务活动方案
一、义诊
时间：3月
责任单位：红旗社区卫生服务中心
联系人：雷小锋 13800138000
二、送法律进社区
时间：7月、8月
责任单位：司法所
三、敬老
内容：走访老人`;

describe('a plan', () => {
  test.each(languages)(
    'is read, mended, confirmed and opened without a script, in %s',
    async (language) => {
      const own = language === 'en' ? 2027 : 2026;
      const context = await open('phone', language);
      const page = await context.newPage();
      await signIn(page, admin);
      const complaints = complaintsOf(page);
      await page.goto('/pages/plans');
      await page.locator('[name="text"]').fill(plan.replace('2026', String(own)));
      await page.locator('main form button').click();
      expect(await overflowOf(page)).toBe(0);
      if (pictures && language === 'zh-CN') {
        await page.setViewportSize(screens.wide);
        await keepForGuide(page, draftOfPlan);
        await page.setViewportSize(screens.phone);
      }
      expect(await page.locator('mark').allTextContents()).toEqual(
        expect.arrayContaining(['义诊']),
      );
      expect(await page.content()).not.toMatch(/13800138000|雷小锋/);
      expect(await page.locator('[name="year"]').inputValue()).toBe(String(own));
      expect(await page.locator('[name="themes.1.title"]').inputValue()).toBe('送法律进社区');
      // The third theme has no month, so the form is shown again with everything that was put in.
      await page.locator('[name="slogan"]').fill('学雷锋，见行动');
      await page.locator('main form button').click();
      expect(await page.locator('.fault').count()).toBe(1);
      expect(await page.locator('[name="slogan"]').inputValue()).toBe('学雷锋，见行动');
      expect(await page.locator('mark').allTextContents()).toEqual(
        expect.arrayContaining(['义诊']),
      );
      await page.locator('[name="themes.2.months[]"][value="10"]').check();
      await page.locator('main form button').click();
      expect(new URL(page.url()).pathname).toBe(`/pages/campaigns/${own}`);
      const answer = await fetch(`${district.host.url}/campaigns/${own}`);
      const { themes, slogan, status } = (await answer.json()) as {
        themes: { months: number[]; units: object[] }[];
        slogan: string;
        status: string;
      };
      expect([slogan, status]).toEqual(['学雷锋，见行动', 'planned']);
      expect(themes.map(({ months }) => months)).toEqual([[3], [7, 8], [10]]);
      expect(themes[0]?.units).toEqual([
        { name: '红旗社区卫生服务中心', role: 'responsible', organisationId: null },
      ]);
      await page.locator('main form button').click();
      expect(new URL(page.url()).pathname).toBe(`/pages/campaigns/${own}`);
      expect(await page.locator('.note.good').count()).toBe(1);
      // It is revised, and copied to the year after the next.
      await page.locator(`main a[href="/pages/campaigns/${own}/revise"]`).click();
      await page.locator('[name="themes.3.title"]').fill('冬衣捐赠');
      await page.locator('main form button').click();
      expect(await page.locator('#f-themes-3-months-fault').count()).toBe(1);
      expect(await page.locator('[name="themes.3.title"]').inputValue()).toBe('冬衣捐赠');
      await page.locator('[name="themes.3.months[]"][value="12"]').check();
      await page.locator('main form button').click();
      expect(new URL(page.url()).pathname).toBe(`/pages/campaigns/${own}`);
      expect(await page.getByRole('heading', { name: '冬衣捐赠' }).count()).toBe(1);
      await page.locator(`main a[href="/pages/campaigns/${own}/copy"]`).click();
      await page.locator('[name="year"]').fill(String(own + 2));
      await page.locator('main form button').click();
      expect(new URL(page.url()).pathname).toBe(`/pages/campaigns/${own + 2}`);
      expect(await page.getByRole('heading', { name: '冬衣捐赠' }).count()).toBe(1);
      expect(complaints.filter((each) => !/status of 400/.test(each))).toEqual([]);
      await context.close();
    },
  );

  test('that is too long is shown again with what to do, and is read once it is shorter', async () => {
    const context = await open('phone', 'zh-CN');
    const page = await context.newPage();
    await signIn(page, admin);
    await page.goto('/pages/plans');
    const long = `${plan}\n${'走访慰问。'.repeat(6_000)}`;
    await page.locator('[name="text"]').fill(long);
    const [answer] = await Promise.all([
      page.waitForResponse((each) => each.request().method() === 'POST'),
      page.locator('main form button').click(),
    ]);
    expect(answer.status()).toBe(413);
    expect(await page.locator('#f-text-fault').textContent()).toContain('.docx');
    expect(await page.locator('[name="text"]').inputValue()).toBe(long);
    await page.locator('[name="text"]').fill(plan);
    await page.locator('main form button').click();
    expect(await page.locator('[name="themes.1.title"]').inputValue()).toBe('送法律进社区');
    await context.close();
  });

  test('of a year that is planned is refused, and what was put in is kept', async () => {
    const context = await open('wide', 'zh-CN', true);
    const page = await context.newPage();
    await signIn(page, admin);
    await page.goto('/pages/plans');
    await page.locator('[name="text"]').fill(plan.replace('2026', String(year)));
    await page.locator('main form button').click();
    expect(await accessibilityFaultsOf(page)).toEqual([]);
    await page.locator('[name="themes.2.title"]').fill('');
    await page.locator('main form button').click();
    expect(await page.locator('.note.bad').count()).toBe(1);
    expect(await page.locator('[name="themes.0.title"]').inputValue()).toBe('义诊');
    expect(await accessibilityFaultsOf(page)).toEqual([]);
    await context.close();
  });
});

test('a line leads to the page of its activity, which fits a phone and has no fault', async () => {
  const context = await open('phone', 'zh-CN', true);
  const page = await context.newPage();
  await signIn(page, admin);
  await page.goto(`/pages/dashboards/${year}-10/lines?metric=creditedMinutes`);
  await page.locator('tbody th a').first().click();
  expect(new URL(page.url()).pathname).toMatch(/^\/pages\/activities\/[0-9a-f-]{36}$/);
  expect(await overflowOf(page)).toBe(0);
  expect(await accessibilityFaultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: '全部签到表' }).click();
  expect(await page.getByRole('link', { name: /第1张$/ }).count()).toBeGreaterThan(0);
  await context.close();
});

test('the empty months of a year are closed together, then the year', async () => {
  const context = await open('phone', 'zh-CN');
  const page = await context.newPage();
  await signIn(page, admin);
  const path = `/pages/years/${year - 1}/close`;
  await page.goto(path);
  await page.getByRole('button', { name: '空白月份一并关账' }).click();
  await district.host.untilIdle();
  await page.goto(path);
  await page.getByRole('button', { name: '年度关账' }).click();
  await district.host.untilIdle();
  await page.goto(path);
  expect(await page.getByText('本年已关账。').count()).toBe(1);
  await context.close();
});

test('a close that is refused says so on the same page', async () => {
  const context = await open('phone', 'zh-CN');
  const page = await context.newPage();
  await signIn(page, { sub: 'organiser-1', role: 'organiser' });
  await page.goto(`/pages/months/${year}-12/close`);
  expect(await page.locator('main form').count()).toBe(0);
  await page.context().clearCookies();
  await signIn(page, admin);
  // December is not over on the day of the pages.
  await page.goto(`/pages/months/${year}-12/close`);
  expect(await page.locator('main form').count()).toBe(0);
  expect(await page.locator('.note').first().textContent()).toContain('尚未结束');
  // Another month is closed in one window while its page stands open in another.
  const path = `/pages/months/${year - 2}-05/close`;
  await page.goto(path);
  const other = await context.newPage();
  await other.goto(path);
  await other.locator('main button').click();
  await district.host.untilIdle();
  await page.locator('main button').click();
  expect(await page.locator('.note.bad').count()).toBe(1);
  await context.close();
});

describe('a session', () => {
  test('begins at the issuer, leads back to the page, and ends', async () => {
    const context = await open('phone', 'zh-CN');
    const page = await context.newPage();
    const lines = `/pages/dashboards/${year}-10/lines?metric=participations`;
    await page.goto(lines);
    expect(new URL(page.url()).pathname).toBe('/oidc/authorize');
    await page.locator('#claims').fill(JSON.stringify(admin));
    await page.getByRole('button', { name: '登录 Sign in' }).click();
    expect(page.url()).toBe(`${district.host.url}${lines}`);
    const [cookie, ...others] = await context.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({
      ...{ name: '__Host-session', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' },
    });
    // The head of a public page knows it too.
    await page.goto(`/totals/${year}`);
    await page.getByRole('link', { name: '已登录 · 我的事项' }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await context.cookies()).toEqual([]);
    expect(await page.getByRole('link', { name: '已登录 · 我的事项' }).count()).toBe(0);
    await page.goto('/pages');
    expect(new URL(page.url()).pathname).toBe('/oidc/authorize');
    await context.close();
  });

  test('the language of a page is switched by its link', async () => {
    const context = await open('phone', 'zh-CN');
    const page = await context.newPage();
    await page.goto(`/totals/${year}?theme=FREE_CLINIC`);
    await page.getByRole('link', { name: 'English' }).click();
    expect(page.url()).toBe(`${district.host.url}/totals/${year}?theme=FREE_CLINIC&lang=en`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await context.close();
  });
});

describe('a dashboard', () => {
  const read = async (path: string, accept?: string): Promise<string> => {
    const answer = await fetch(
      `${district.host.url}${path}`,
      accept ? { headers: { accept } } : {},
    );
    return answer.text();
  };

  const sizesOf = async (path: string) => {
    const [json, page] = await Promise.all([read(path), read(path, 'text/html')]);
    const [style = ''] = /<style>.*?<\/style>/s.exec(page) ?? [];
    return [json, page, style].map((text) => Buffer.byteLength(text)) as [number, number, number];
  };

  test.each([`/totals/${year}`, `/totals/${year}?areaId=hongqi`])(
    '%s is at most twice as long as a page as in JSON',
    async (path) => {
      const [json, page] = await sizesOf(path);
      expect(page).toBeLessThanOrEqual(2 * json);
    },
  );

  test('a month with one activity is so without the style sheet, which is the same in all pages', async () => {
    const [json, page, style] = await sizesOf(`/dashboards/${year}-10`);
    expect(page - style).toBeLessThanOrEqual(2 * json);
    expect(style).toBeLessThanOrEqual(6_000);
  });

  test('shows each figure of the JSON', async () => {
    const [json, page] = await Promise.all([
      read(`/totals/${year}`),
      read(`/totals/${year}`, 'text/html'),
    ]);
    const { metrics } = JSON.parse(json);
    for (const name of ['activitiesHeld', 'participations', 'distinctVolunteers'])
      expect(page).toMatch(new RegExp(`>${metrics[name].value}[ <]`));
  });
});
