import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { endOfSession, newSession, openSession } from '../../../functions/session/session.ts';
import { noon } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';

const hour = 60 * 60 * 1000;
const actor = {
  id: 'somebody-1',
  roles: ['organiser'] as const,
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  areaIds: ['hongqi-01'],
  volunteerId: 'is derived',
};

beforeEach(freshTables);

const begin = async (at = noon, tokenUntil = noon + 24 * hour): Promise<string> =>
  newSession(actor, at, tokenUntil);
/** The cookie as the browser sends it back. */
const sent = (cookie: string): string => cookie.split(';', 1)[0] ?? '';

describe('a session', () => {
  test('says who it is, in a cookie that only this host gets, and no script', async () => {
    const cookie = await begin();
    expect(cookie).toMatch(
      /^__Host-session=2025-10\.[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=28800$/,
    );
    const session = await openSession(['other=1', sent(cookie)], noon + hour);
    expect(session?.actor).toEqual({ ...actor, volunteerId: expect.stringMatching(/^[\w-]{36}$/) });
    expect(session?.secret).toMatch(/^[\w-]{32}$/);
    // Nothing of it can be read from the cookie.
    const bytes = Buffer.from(cookie.split(/[.;]/)[1] ?? '', 'base64url').toString('latin1');
    expect(bytes).not.toMatch(/somebody|organiser|hongqi/);
  });

  test('ends after eight hours, and with the token if that ends before', async () => {
    const long = sent(await begin());
    expect(await openSession([long], noon + 8 * hour - 1)).toBeDefined();
    expect(await openSession([long], noon + 8 * hour)).toBeUndefined();
    const short = await begin(noon, noon + hour);
    expect(short).toContain('Max-Age=3600');
    expect(await openSession([sent(short)], noon + hour - 1)).toBeDefined();
    expect(await openSession([sent(short)], noon + hour)).toBeUndefined();
  });

  test('goes on over the end of a month, and each month has a key of its own', async () => {
    const lastHour = Date.UTC(2025, 9, 31, 23);
    const cookie = sent(await begin(lastHour, lastHour + 24 * hour));
    expect(await openSession([cookie], lastHour + 2 * hour)).toBeDefined();
    expect(sent(await begin(lastHour + 2 * hour, lastHour + 24 * hour))).toContain('=2025-11.');
    // The key of another month does not open it.
    expect(
      await openSession([cookie.replace('2025-10', '2025-11')], lastHour + 2 * hour),
    ).toBeUndefined();
  });

  test('is none when a byte was changed, when it is there twice, or when there is no such key', async () => {
    const cookie = sent(await begin());
    const flipped = `${cookie.slice(0, -2)}${cookie.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const cookies of [
      [],
      ['__Host-session='],
      ['__Host-session=2025-10.'],
      ['__Host-session=2025-10.AAAA'],
      ['__Host-session=2025-09.AAAA'],
      ['__Host-session=nonsense'],
      [flipped],
      [cookie, cookie],
      [cookie.replace('__Host-session', 'session')],
    ])
      expect([cookies, await openSession(cookies, noon)]).toEqual([cookies, undefined]);
  });

  test('is none in a district where nobody ever signed in', async () => {
    expect(await openSession(['__Host-session=2025-10.AAAA'], noon)).toBeUndefined();
  });

  test('too many areas for a cookie are refused', async () => {
    const areaIds = Array.from({ length: 100 }, (_, at) => `a-rather-long-name-of-an-area-${at}`);
    await expect(newSession({ ...actor, areaIds }, noon, noon + hour)).rejects.toMatchObject({
      code: 'sign-in-failed',
    });
  });

  test('a token that has ended begins none', async () => {
    await expect(begin(noon, noon)).rejects.toMatchObject({ code: 'sign-in-failed' });
  });

  test('its end is a cookie that is over', () => {
    expect(endOfSession()).toMatch(/^__Host-session=; .*Max-Age=0$/);
  });
});
