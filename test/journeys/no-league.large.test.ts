// No route, page, feed or file orders people, teams, organisations or areas by a figure. All are walked on a played season.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { isCommand, type Route } from '../../functions/http/contract.ts';
import { contracts } from '../../functions/reference/contracts.ts';
import type { Client } from '../../infra/season/client.ts';
import { adminClaims } from '../../infra/season/found-district.ts';
import { planSeason } from '../../infra/season/plan-season.ts';
import { startBrowser } from '../support/browser.ts';
import type { TestHost } from '../support/host.ts';
import {
  orderedBy,
  type Ranking,
  rankingOfTable,
  rankingsInJson,
  tablesInHtml,
} from '../support/leagues.ts';
import { startPlayedSeason } from '../support/played-season.ts';
import { partOf } from '../support/season-under-chaos.ts';
import { until } from '../support/until.ts';

const year = '2025';
const month = '2025-10';
const routes = Object.values(contracts)
  .flatMap((contract) => Object.values<Route>(contract))
  .filter((route) => !isCommand(route));

let district: TestHost;
let browser: Browser;
let page: Page;
let client: Client;
let admin: string;
/** The ids of subjects by their names, and all ids. */
const ids = new Map<string, string>();
const subjects = new Set<string>();
/** Something of each kind, by the first word of the path that it is found at. */
const one: Record<string, string> = {};

interface Named {
  readonly id: string;
  readonly name?: string;
}
const allOf = async (path: string, query = ''): Promise<readonly Named[]> => {
  const asked = `${path}?limit=100${query}`;
  const { items } = await client.get<{ items: readonly Named[] }>(asked, admin);
  for (const { id, name } of items) {
    subjects.add(id);
    if (name) ids.set(name, id);
  }
  return items;
};

beforeAll(async () => {
  const season = partOf(planSeason(Number(year)), 40);
  ({ district, client } = await startPlayedSeason(
    ...([Number(year), season, '2026-01-10T10:00:00+08:00'] as const),
  ));
  admin = await district.host.mintToken(adminClaims);
  const [areas, organisations] = [await allOf('/areas'), await allOf('/organisations')];
  const ofAreas = await Promise.all(areas.map(({ id }) => allOf('/volunteers', `&areaId=${id}`)));
  const volunteers = ofAreas.flat();
  one.areas = 'hongqi';
  one.organisations = organisations[1]?.id ?? '';
  one.volunteers = volunteers[0]?.id ?? '';
  // Teams whose numbers of members are in another order than the teams.
  for (const [at, name] of ['义诊队', '助老队', '环保队', '宣讲队', '文明队'].entries()) {
    const { id } = await client.post<Named>('/teams', admin, `team-${at}`, {
      ...{ name, specialty: 'medical', areaId: 'hongqi', joining: 'open' },
      organisationId: one.organisations,
    });
    for (const [n, { id: volunteerId }] of volunteers.slice(0, [2, 5, 1, 4, 3][at]).entries())
      await client.post(`/teams/${id}/members`, admin, `member-${at}-${n}`, { volunteerId });
    one.teams = id;
  }
  await district.host.untilIdle();
  await allOf('/teams');
  expect([areas.length, volunteers.length > 20]).toEqual([8, true]);
  const first = async (path: string): Promise<string> =>
    (await client.get<{ items: readonly Named[] }>(path, admin)).items[0]?.id ?? '';
  one.activities = await first(`/activities?month=${month}`);
  one.sheets = await first(`/activities/${one.activities}/sheets`);
  one.stories = await first('/stories');
  one['story-drafts'] = one.stories;
  const registers = await Promise.all(
    organisations.map(({ id }) => first(`/organisations/${id}/certificates`)),
  );
  one.certificates = registers.find((id) => id !== '') ?? '';
  for (const [path, body] of [
    [`/months/${year}-12`, { acceptOpen: true }],
    [`/years/${year}`, {}],
  ] as const) {
    await client.post(`${path}/close`, admin, `close${path}`, body);
    await until(
      async () => (await client.get<{ status: string }>(path)).status,
      (status) => status === 'closed' || status === 'restated',
    );
  }
  browser = await startBrowser();
  page = await browser.newPage({ baseURL: district.host.url });
  page.setDefaultTimeout(0);
  await page.goto('/pages');
  await page.locator('#claims').fill(JSON.stringify(adminClaims));
  await page.getByRole('button', { name: '登录 Sign in' }).click();
  await page.waitForURL('**/pages');
});
afterAll(async () => {
  await browser?.close();
  await district?.stop();
});

const queries: Readonly<Record<string, string>> = {
  reason: 'certificate',
  metric: 'creditedMinutes',
  what: 'activitiesNotCompleted',
  year,
  limit: '100',
};

/** The path of a route with something that there is, and with all that it wants to know. */
const pathOf = ({ key, query }: Route): string => {
  const [, pattern = ''] = key.split(' ');
  const kind = pattern.replace(/^\/pages/, '').split('/')[1] ?? '';
  const values: Readonly<Record<string, string | undefined>> = {
    ...{ year, month, id: one[kind], part: 'problems', list: `${year}-1` },
  };
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'none');
  const { shape = {} } = query as { readonly shape?: object };
  const asked = Object.entries({
    ...queries,
    // People are listed of an area.
    ...(['/volunteers', '/hours'].includes(pattern) ? { areaId: 'hongqi-01' } : {}),
  }).filter(([name]) => Object.hasOwn(shape, name));
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked)}`;
};

const rankingsIn = (type: string, text: string): readonly Ranking[] => {
  if (type.startsWith('application/json')) return rankingsInJson(JSON.parse(text), subjects);
  const tables = type.startsWith('text/csv')
    ? [parse(text, { bom: true, relax_column_count: true }) as string[][]]
    : tablesInHtml(text);
  return tables.map((table, at) => rankingOfTable(`table ${at}`, table, ids));
};

/** What a route answers in each of its readable forms. */
const answersOf = async (route: Route) => {
  const path = pathOf(route);
  if (route.access === 'session' || route.access === 'form') {
    const answer = await page.goto(path);
    return [{ path, status: answer?.status(), type: 'text/html', text: await page.content() }];
  }
  const forms = [route.only ?? 'application/json', ...route.also].filter((form) =>
    ['application/json', 'text/html', 'text/csv'].includes(form),
  );
  return Promise.all(
    forms.map(async (accept) => {
      const headers = {
        accept,
        ...(route.access === 'public' ? {} : { authorization: `Bearer ${admin}` }),
      };
      const answer = await fetch(`${district.host.url}${path}`, { headers });
      const type = answer.headers.get('content-type') ?? '';
      return { path, status: answer.status, type, text: await answer.text() };
    }),
  );
};

/** What the season has none of, or only the person reads; none of it is a list of several subjects. */
const notInTheSeason = [
  'GET /certificates/{number}',
  'GET /complaints/{number}',
  'GET /imports/{id}',
  'GET /imports/{id}/rows',
  'GET /inbound/{partner}',
  'GET /inbound/{partner}/batches',
  'GET /inbound/{partner}/batches/{id}',
  'GET /organisations/{id}/contact',
  'GET /pages/certificates',
  'GET /pages/record',
  'GET /volunteers/{id}/notices',
  'GET /volunteers/{id}/proofs',
  'GET /webhooks/{id}',
  'GET /webhooks/{id}/deliveries',
];

test('nothing that can be read is in the order of a figure', async () => {
  const faults: string[] = [];
  const refused: string[] = [];
  let longLists = 0;
  for (const route of routes.filter(({ access }) => access !== 'sign-in'))
    for (const { path, status, type, text } of await answersOf(route)) {
      if (status !== 200) {
        refused.push(route.key);
        continue;
      }
      for (const ranking of rankingsIn(type, text)) {
        if (ranking.rows.length > 3) longLists += 1;
        for (const figure of orderedBy(ranking))
          faults.push(`${path} (${type}) ${ranking.where}: by ${figure}`);
      }
    }
  expect(faults).toEqual([]);
  expect([...new Set(refused)].sort()).toEqual(notInTheSeason);
  expect(longLists).toBeGreaterThan(20);
});

test('no route can be asked for another order', () => {
  const names = routes.flatMap(({ key, query }) =>
    Object.keys((query as { readonly shape?: object }).shape ?? {}).map((name) => [key, name]),
  );
  expect(names.filter(([, name = '']) => /sort|order|rank|top|desc/i.test(name))).toEqual([]);
});
