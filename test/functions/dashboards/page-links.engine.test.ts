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
});

/** The links of a public page that lead to pages for some only; anybody may complain. */
const ownLinks = (page: string): readonly string[] =>
  [...page.matchAll(/<a [^>]*?href="(\/pages\/(?!complaints)[^"]+)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );

test.each<[Role]>([['volunteer'], ['requester'], ['partner'], ['verifier'], ['auditor']])(
  'a public page has no link that the %s who signed in may not follow',
  async (role) => {
    const somebody = await browsingAs([role]);
    for (const path of ['/dashboards/2025-10', '/totals/2025']) {
      const { text } = await openPath(somebody, path);
      const links = ownLinks(text);
      expect(links.length > 0).toBe(['verifier', 'auditor'].includes(role));
      for (const link of [...new Set(links)].slice(-3))
        expect([link, (await openPath(somebody, link)).status]).toEqual([link, 200]);
      expect(text).not.toContain('须登录');
    }
  },
);

test('to whoever has not signed in it says for whom they are', async () => {
  const nobody = await browsingAs(null);
  const { text } = await openPath(nobody, '/dashboards/2025-10');
  expect(ownLinks(text)).toContain('/pages/months/2025-10/close');
  for (const words of ['明细', '本月工作简报初稿', '关账'])
    expect(text).toContain(`${words}（须登录，限工作人员）`);
});
