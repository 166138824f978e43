import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import type { Role } from '../../../events/envelope.ts';
import { browsingAs } from '../../support/browsing.ts';
import { appendClosed } from '../../support/closing.ts';
import { openPath } from '../../support/opening.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { foundTown, ledger, logHours } from '../../support/town.ts';

beforeAll(async () => {
  await freshTables();
  const town = await foundTown();
  await logHours(town, town.volunteerId);
  await deliver(await ledger());
  ours = town.ours;
});
let ours = '';

/** The links in the content of a page. */
const linksOn = (page: string): readonly string[] => {
  const [, content = ''] = /<main[^>]*>([\s\S]*)<\/main>/.exec(page) ?? [];
  return [...content.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
};

const forAll = ['/totals/2025', '/pages/campaigns/2025'];
const forStaff = [
  ...forAll,
  ...['2025-10', '2025-09'].flatMap((month) => [
    `/pages/months/${month}/close`,
    `/pages/dashboards/${month}/lines?metric=activitiesPublished`,
    `/pages/bulletins/${month}`,
  ]),
  ...['2025', '2024'].flatMap((year) => [`/pages/years/${year}/close`, `/pages/reports/${year}`]),
];
const forDistrict = [...forStaff, '/pages/plans'];
const waiting = '/pages/dashboards/2025-10/lines?metric=pendingMinutes';

test.each<[Role, readonly string[]]>([
  ['district-admin', [...forDistrict, waiting]],
  ['organiser', [...forStaff, waiting]],
  ['verifier', [...forStaff, waiting]],
  ['auditor', forStaff],
  ['volunteer', forAll],
  ['requester', forAll],
  ['partner', forAll],
])('%s sees the links that they may follow', async (role, expected) => {
  const somebody = await browsingAs([role], { organisationId: ours });
  const home = await openPath(somebody, '/pages');
  const seen = linksOn(home.text);
  expect([...seen].sort()).toEqual([...expected].sort());
  for (const path of forDistrict) {
    const { status } = await openPath(somebody, path);
    expect([path, status === 200]).toEqual([path, seen.includes(path)]);
  }
  for (const path of seen)
    expect([path, (await openPath(somebody, path)).status]).toEqual([path, 200]);
});

/** The words of the links in a page's content. */
const wordsOn = (page: string): string =>
  [...page.matchAll(/<a href="[^"]+">([^<]+)<\/a>/g)].map(([, words]) => words).join(' ');

test('what is closed is not offered as if it were open, nor what is not over to be closed', async () => {
  const admin = await browsingAs(['district-admin']);
  const before = wordsOn((await openPath(admin, '/pages')).text);
  expect(before).toMatch(/2025年10月未办事项.*2025年9月关账.*2025年未办事项.*2024年关账/);
  await appendClosed('2024');
  await appendClosed('2025-09');
  await deliver(await ledger());
  const after = (await openPath(admin, '/pages')).text;
  expect(wordsOn(after)).not.toMatch(/2025年9月关账|2024年关账|2024年度工作总结初稿/);
  expect(linksOn(after)).toEqual(expect.arrayContaining(['/bulletins/2025-09', '/reports/2024']));
});

test('a volunteer without a record is told how to get one', async () => {
  const [volunteer, admin] = [
    await browsingAs(['volunteer']),
    await browsingAs(['district-admin']),
  ];
  expect((await openPath(volunteer, '/pages')).text).toContain(
    '请向所在社区居民委员会或服务队登记',
  );
  expect((await openPath(admin, '/pages')).text).not.toContain('请向所在社区居民委员会');
});

test('a year without a plan has no link to one', async () => {
  await freshTables();
  const somebody = await browsingAs(['district-admin']);
  const seen = linksOn((await openPath(somebody, '/pages')).text);
  expect(seen).not.toContain('/pages/campaigns/2025');
  for (const path of seen)
    expect([path, (await openPath(somebody, path)).status]).toEqual([path, 200]);
});
