import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import type { Role } from '../../../events/envelope.ts';
import { browsingAs } from '../../support/browsing.ts';
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

test('a year without a plan has no link to one', async () => {
  await freshTables();
  const somebody = await browsingAs(['district-admin']);
  const seen = linksOn((await openPath(somebody, '/pages')).text);
  expect(seen).not.toContain('/pages/campaigns/2025');
  for (const path of seen)
    expect([path, (await openPath(somebody, path)).status]).toEqual([path, 200]);
});
