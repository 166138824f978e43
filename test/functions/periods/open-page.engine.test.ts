import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import { browsingAs } from '../../support/browsing.ts';
import { openPath } from '../../support/opening.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { foundTown, ledger, logHours } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
let sheetId: string;

beforeAll(async () => {
  await freshTables();
  town = await foundTown();
  sheetId = await logHours(town, town.volunteerId);
  await deliver(await ledger());
});

const linksIn = (page: string, start: string): readonly string[] =>
  [...page.matchAll(/<a href="([^"]+)"/g)]
    .map(([, href = '']) => href)
    .filter((href) => href.startsWith(start));

test('what is open leads from its count to the entries', async () => {
  const admin = await browsingAs(['district-admin']);
  const close = await openPath(admin, '/pages/months/2025-10/close');
  const lists = linksIn(close.text, '/pages/months/2025-10/open');
  expect(lists.map((href) => href.split('=')[1])).toEqual([
    ...['waitingEntries', 'activitiesNotCompleted'],
  ]);
  const [sheets = '', activities = ''] = lists;
  const ofSheets = await openPath(admin, sheets);
  expect(ofSheets.text).toContain(
    '>义诊</a></th><td>2025年10月18日</td><td>红旗社区居民委员会</td>',
  );
  const ofActivities = await openPath(admin, activities);
  expect(linksIn(ofActivities.text, '/pages/activities/')).toEqual([
    `/pages/activities/${town.activityId}`,
  ]);
  const [toSheet = ''] = linksIn(ofSheets.text, '/pages/activities/');
  const { text } = await openPath(admin, toSheet);
  expect(text).toContain('<h1>义诊</h1>');
  expect(text).toContain('已发布，未办结');
  expect(text).toContain('红旗社区居民委员会');
  // One line waits; none is verified, rejected or voided; nobody objects.
  expect(text).toMatch(
    /2025年10月18日 第1张<\/a><\/th><td class="n">1<\/td>(<td class="n">0<\/td>){5}<td class="n">1\.5<\/td>/,
  );
});

test.each([
  ['verifier', undefined, true],
  ['organiser', 'ours', true],
  ['organiser', undefined, false],
  ['auditor', undefined, false],
] as const)('to the %s of %s, sheets are listed: %s', async (role, of, seen) => {
  const somebody = await browsingAs([role], { organisationId: of ? town[of] : null });
  const path = '/pages/months/2025-10/open?what=waitingEntries';
  const { status, text } = await openPath(somebody, path);
  expect([status, text.includes(sheetId), text.includes('另有 1 件')]).toEqual([200, seen, !seen]);
});

test('whoever may not read a sheet sees its activity without its numbers', async () => {
  const stranger = await browsingAs(['organiser']);
  const { status, text } = await openPath(stranger, `/pages/activities/${town.activityId}`);
  expect(status).toBe(200);
  expect(text).toContain('2025年10月18日 第1张</a></th><td class="n">—</td>');
});

test.each(['~2025-10-18~2', '~2025-10-19~1'])('an activity has no sheet %s', async (end) => {
  const admin = await browsingAs(['district-admin']);
  const path = `/pages/activities/${town.activityId}?sheet=${town.activityId}${end}`;
  expect((await openPath(admin, path)).status).toBe(404);
});
