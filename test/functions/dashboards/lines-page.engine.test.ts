import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import { type Browsing, browsingAs } from '../../support/browsing.ts';
import { openPath } from '../../support/opening.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { foundTown, ledger, logHours, must, verifierOf } from '../../support/town.ts';

let admin: Browsing;
let town: Awaited<ReturnType<typeof foundTown>>;
let sheetId: string;

beforeAll(async () => {
  await freshTables();
  town = await foundTown();
  sheetId = await logHours(town, town.volunteerId);
  await must('participation', {
    ...{ route: 'POST /sheets/{id}/verify', params: { id: sheetId } },
    ...{ body: { entries: 'all' }, token: verifierOf(town.theirs) },
  });
  await deliver(await ledger());
  admin = await browsingAs(['district-admin']);
});

/** The first row of the table of a page. */
const rowOf = async (metric: string, somebody = admin): Promise<string> => {
  const path = `/pages/dashboards/2025-10/lines?metric=${metric}`;
  const { status, text } = await openPath(somebody, path);
  expect(status).toBe(200);
  return /<tbody>(<tr.*?<\/tr>)/s.exec(text)?.[1] ?? '';
};

test('a sheet is called by its activity, its day and its unit, and leads to the activity', async () => {
  const row = await rowOf('creditedMinutes');
  const href = `/pages/activities/${town.activityId}?sheet=${encodeURIComponent(sheetId)}`;
  expect(row).toContain(`<th scope="row"><a href="${href}">义诊</a> <small>签到表</small></th>`);
  expect(row).toContain('<td>2025年10月18日</td><td>红旗社区居民委员会</td><td>红旗街道</td>');
  // The id is there for reference, at the end.
  expect(row).toMatch(new RegExp(`<td><small>${sheetId} v\\d+</small></td></tr>$`));
  expect((await openPath(admin, href)).status).toBe(200);
});

test('an activity is called by its title and its days', async () => {
  const row = await rowOf('activitiesPublished');
  expect(row).toContain(`<a href="/pages/activities/${town.activityId}">义诊</a>`);
  expect(row).toContain('<td>2025年10月17日至2025年10月18日</td>');
});

test('a person has no name, and the sheets they are on', async () => {
  const row = await rowOf('distinctVolunteers');
  expect(row).toMatch(/<th scope="row">志愿者<br><small><a href="[^"]+">2025年10月18日 义诊<\/a>/);
  const auditor = await browsingAs(['auditor']);
  const pseudonymous = await rowOf('distinctVolunteers', auditor);
  expect(pseudonymous).toContain('2025年10月18日 义诊');
  expect(pseudonymous).not.toContain(town.volunteerId);
});

test('a line of a ratio shows what it adds to both parts', async () => {
  expect(await rowOf('onTimeRecordShare')).toContain('<td class="n">1 / 1</td>');
  const { text } = await openPath(
    admin,
    '/pages/dashboards/2025-10/lines?metric=onTimeRecordShare',
  );
  expect(text).toContain('合计 100 %（1 / 1）');
});
