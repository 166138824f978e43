// The table of steps in the Chinese README, played in a browser by the words that it names.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { offeredIn } from '../../infra/commands/local-district.ts';
import { planSeason } from '../../infra/season/plan-season.ts';
import { complaintsOf, screens, startBrowser } from '../support/browser.ts';
import type { TestHost } from '../support/host.ts';
import { startPlayedSeason } from '../support/played-season.ts';
import { partOf } from '../support/season-under-chaos.ts';
import { until } from '../support/until.ts';

const year = 2025;

interface Step {
  readonly action: string;
  /** What the page calls it. */
  readonly words: string;
  /** What the README says is seen then. */
  readonly seen: string;
}

const steps: readonly Step[] = [
  ...readFileSync('README.zh-CN.md', 'utf8').matchAll(
    /^\| \d+ \| (\S+) \| \*\*(.+?)\*\* \| (.+?) \|$/gm,
  ),
].map(([, action = '', words = '', seen = '']) => ({ action, words, seen }));

let district: TestHost;
let browser: Browser;

beforeAll(async () => {
  const now = `${year + 1}-01-15T10:00:00+08:00`;
  const played = await startPlayedSeason(year, partOf(planSeason(year), 12), now);
  district = played.district;
  writeFileSync(join(district.dataDir, 'persons.json'), offeredIn(played.organisations));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await district?.stop();
});

/** The link or button with these words: in the page itself where it is there too. */
const called = (page: Page, words: string) => {
  const inMain = page.locator('main');
  const exact = { name: words, exact: true };
  return (
    inMain
      .getByRole('link', exact)
      .or(inMain.getByRole('button', exact))
      // The sign-in page names a person's role in both languages.
      .or(inMain.getByRole('button', { name: new RegExp(`^${words} `) }))
      .first()
  );
};

const play = async (page: Page, { action, words }: Step): Promise<void> => {
  if (action === '打开') await page.goto(words);
  else if (action === '点击') await called(page, words).click();
  else if (action === '勾选') await page.getByLabel(words).check();
  else if (action === '刷新')
    await until(
      async () => {
        const again = called(page, words);
        const isThere = (await again.count()) > 0;
        if (isThere) await again.click();
        return isThere;
      },
      (isThere) => !isThere,
    );
  else throw new Error(`the README has an action that nobody can play: ${action}`);
};

/** What is seen after these steps, in the words of the page. */
const expected: Readonly<Record<number, RegExp>> = {
  1: /公开数据/,
  2: /本机登录/,
  3: /区级管理员/,
  4: /本年尚未关账/,
  5: /未办结的活动/,
  8: /本月已关账/,
  9: /本年尚未关账/,
  11: /本年已关账/,
  12: /2025年/,
};

test('the README leads from the start page to the summary of the year in twelve steps', async () => {
  expect(steps.length).toBeGreaterThan(6);
  expect(steps.length).toBeLessThanOrEqual(12);
  const context = await browser.newContext({
    ...{ viewport: screens.phone, locale: 'zh-CN', javaScriptEnabled: false },
    baseURL: district.host.url,
  });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  for (const [at, step] of steps.entries()) {
    await play(page, step);
    const text = (await page.locator('body').textContent()) ?? '';
    expect([at + 1, step.words, text]).toEqual([
      at + 1,
      step.words,
      expect.stringMatching(expected[at + 1] ?? /./),
    ]);
  }
  expect(complaints).toEqual([]);
  expect(new URL(page.url()).pathname).toBe(`/reports/${year}`);
  // Anybody reads it, without a session.
  const report = await fetch(`${district.host.url}/reports/${year}`);
  expect(report.status).toBe(200);
  expect(await report.json()).toMatchObject({ status: 'closed' });
  await context.close();
});

test('the season has a month that was corrected after its close', async () => {
  const answer = await fetch(`${district.host.url}/years/${year}`);
  const { months } = (await answer.json()) as { months: { period: string; status: string }[] };
  expect(months.filter(({ status }) => status === 'restated')).toHaveLength(1);
  expect(months.map(({ status }) => status)).not.toContain('open');
});
