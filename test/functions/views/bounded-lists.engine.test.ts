import '../../support/tables.ts';

import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { handler as activities } from '../../../functions/activities/api.ts';
import { project } from '../../../functions/activities/projection.ts';
import { handler as dashboards } from '../../../functions/dashboards/api.ts';
import { pageItem, yearItem } from '../../../functions/figures/documents.ts';
import { pageInYear, pageKey, yearKey } from '../../../functions/figures/layout.ts';
import { shortId } from '../../../functions/figures/packing.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { activityPartition } from '../../../functions/views/keys.ts';
import type { Row } from '../../../functions/views/projection.ts';
import { filteredReadSize, maxFilteredReads } from '../../../functions/views/views.ts';
import { type Ask, ask } from '../../support/http-event.ts';
import { putItems } from '../../support/put-items.ts';
import { activity, eventOf, idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

/** What goes over the wire: how many queries, and how many entries they read. */
let queries = 0;
let scanned = 0;
dynamodb.middlewareStack.add(
  (next, { commandName }) =>
    async (input) => {
      const result = await next(input);
      if (commandName === 'QueryCommand') {
        queries += 1;
        scanned += (result.output as { ScannedCount?: number }).ScannedCount ?? 0;
      }
      return result;
    },
  { step: 'initialize' },
);
afterEach(() => {
  queries = 0;
  scanned = 0;
});

const many = 1_320;
const rare = [3, 700, 1_319];

const themeOf = (n: number): string => (rare.includes(n) ? 'RARE' : 'FREE_CLINIC');

beforeAll(async () => {
  await freshTables();
  const numbers = Array.from({ length: many }, (_, n) => n);
  const month = activity.startsOn.slice(0, 7);
  const child = { version: 1, organisationId: activity.organisationId, teamId: null };
  await putItems([
    ...numbers.map((n) => {
      const { row, list } = project(
        eventOf(
          { type: 'ActivityPublished', data: { activity: { ...activity, theme: themeOf(n) } } },
          { id: idOf('b', n) },
        ),
      ).row as Row;
      const [pk, sk] = [activityPartition(idOf('b', n)), 'activity'];
      return {
        pk,
        sk,
        id: idOf('b', n),
        version: 1,
        row,
        list: list?.name,
        listOrder: list?.order,
      };
    }),
    pageItem({
      ...pageKey('activities', month, activity.areaId, 0),
      rev: 1,
      of: 1,
      asOf: '2025-10-18T06:00:00.000Z',
      children: new Map(
        numbers.map((n) => [
          shortId(idOf('b', n)),
          { ...child, theme: themeOf(n), measures: { activitiesPublished: 1 } },
        ]),
      ),
    }),
    yearItem({
      ...yearKey('activities', month.slice(0, 4), activity.areaId),
      rev: 1,
      asOf: '2025-10-18T06:00:00.000Z',
      pages: new Map([
        [
          pageInYear(month, 0),
          { rev: 1, themes: new Map([['RARE', { activitiesPublished: rare.length }]]) },
        ],
      ]),
    }),
  ]);
});

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

/** All pages of a list, with the most queries that one of them took. */
const pagesOf = async (handler: unknown, request: Ask) => {
  const ids: string[] = [];
  let [pages, most] = [0, 0];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    queries = 0;
    const { status, body } = await ask(handler, {
      ...request,
      query: { ...request.query, ...(cursor ? { cursor } : {}) },
    });
    expect(status).toBe(200);
    const { items, next } = body as Page;
    expect(items.length).toBeLessThanOrEqual(Number(request.query?.limit));
    ids.push(...items.map(({ id }) => id));
    pages += 1;
    most = Math.max(most, queries);
    cursor = next;
  }
  return { ids, pages, most };
};

test.each(['1', '2', '100'])(
  'a theme that nobody planned costs few queries, %s a page',
  async (limit) => {
    const { ids, pages, most } = await pagesOf(activities, {
      route: 'GET /activities',
      query: { theme: 'NOPE', limit },
    });
    expect(ids).toEqual([]);
    expect(most).toBeLessThanOrEqual(maxFilteredReads);
    expect(pages).toBe(Math.ceil(many / (filteredReadSize * maxFilteredReads)));
    // What DynamoDB read it did not read again.
    expect(scanned).toBe(many);
  },
);

test.each(['1', '2', '100'])(
  'what fits is found once, however far it lies apart, %s a page',
  async (limit) => {
    const { ids, most } = await pagesOf(activities, {
      route: 'GET /activities',
      query: { theme: 'RARE', limit },
    });
    expect([...ids].sort()).toEqual(rare.map((n) => idOf('b', n)));
    expect(most).toBeLessThanOrEqual(maxFilteredReads);
  },
);

test('without conditions a page is one query of what it shows', async () => {
  const { body } = await ask(activities, { route: 'GET /activities', query: { limit: '7' } });
  expect(body.items).toHaveLength(7);
  expect([queries, scanned]).toEqual([1, 8]);
});

test('the lines of a year are one query a month, one for the areas, and two that know a theme of no plan', async () => {
  const token = { sub: 'admin', role: 'district-admin' };
  const request = {
    route: 'GET /totals/{year}/lines',
    params: { year: '2025' },
    query: { metric: 'activitiesPublished', theme: 'RARE', limit: '1' },
    token,
  };
  const { ids, most } = await pagesOf(dashboards, request);
  expect([...ids].sort()).toEqual(rare.map((n) => idOf('b', n)));
  expect(most).toBeLessThanOrEqual(15);
});
