import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Role } from '../../../events/envelope.ts';
import { xlsx } from '../../../functions/http/contract.ts';
import { handler } from '../../../functions/reports/api.ts';
import { reports } from '../../../functions/reports/contract.ts';
import { newSession } from '../../../functions/session/session.ts';
import { type Ask, httpEvent, noon } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import { ledger } from '../../support/town.ts';

let cookies: Readonly<Record<string, string>> = {};
beforeEach(async () => {
  await freshTables();
  const sessionOf = async (role: Role) => {
    const person = { id: `${role}-1`, roles: [role], organisationId: null, areaIds: null };
    const actor = { ...person, volunteerId: '0198c0de-0000-7000-8000-0000000000a1' };
    return (await newSession(actor, noon, noon + 3_600_000)).split(';')[0] ?? '';
  };
  cookies = {
    admin: await sessionOf('district-admin'),
    auditor: await sessionOf('auditor'),
    volunteer: await sessionOf('volunteer'),
  };
});

const asked = async (who: string, request: Ask) => {
  const event = httpEvent({
    ...request,
    headers: { accept: 'text/html', 'accept-language': 'zh-CN', ...request.headers },
  });
  const result = await handler({ ...event, cookies: [cookies[who] ?? ''] }, {
    getRemainingTimeInMillis: () => 10_000,
  } as never);
  return { ...result, headers: result.headers ?? {}, text: String(result.body ?? '') };
};
const page = (year = '2025'): Ask => ({ route: reports.reportPage.key, params: { year } });
const writing = { params: { year: '2025', part: 'problems' } };
const textPage: Ask = { route: reports.textPage.key, ...writing };
const hiddenIn = (text: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
const send = (who: string, fields: Readonly<Record<string, string>>) =>
  asked(who, {
    ...{ route: reports.writeTextOnPage.key, ...writing, key: null },
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...{ host: 'leifeng.example', origin: 'https://leifeng.example' },
      'sec-fetch-site': 'same-origin',
    },
  });
/** The hidden fields of the form as it stands. */
const formOf = async (who: string) => {
  const { text } = await asked(who, textPage);
  return { form: hiddenIn(text, 'form'), version: hiddenIn(text, 'version') };
};

describe('the page of a draft', () => {
  test('is for staff in a session, with links to its files and to what people write', async () => {
    const { statusCode, headers, text } = await asked('admin', page());
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    for (const href of [
      '/pages/reports/2025.xlsx',
      '/pages/reports/2025.csv',
      '/pages/reports/2025/texts/problems',
      '/campaigns/2025',
    ])
      expect(text).toContain(`href="${href}"`);
    expect(text).toMatch(/<h1>.*<h2>.*<h3>.*<table/s);
    const forAuditor = await asked('auditor', page());
    expect(forAuditor.statusCode).toBe(200);
    expect(forAuditor.text).not.toContain('/texts/problems');
    expect((await asked('volunteer', page())).statusCode).toBe(403);
    const bulletin = { route: reports.bulletinPage.key, params: { month: '2025-03' } };
    expect((await asked('auditor', bulletin)).text).toContain(
      'href="/pages/bulletins/2025-03.csv"',
    );
  });

  test('gives its files by the ending of its path', async () => {
    for (const [ending, type] of [
      ['xlsx', xlsx],
      ['csv', 'text/csv; charset=utf-8'],
    ] as const) {
      const { statusCode, headers } = await asked('auditor', page(`2025.${ending}`));
      expect([statusCode, headers['content-type']]).toEqual([200, type]);
      expect(headers['content-disposition']).toContain(`report-2025-draft.${ending}`);
    }
  });

  test('leads whoever has no session to the sign-in', async () => {
    const { statusCode, headers } = await asked('nobody', page('2025.xlsx'));
    expect([statusCode, headers.location]).toEqual([
      303,
      '/pages/sign-in?next=%2Fpages%2Freports%2F2025.xlsx',
    ]);
  });
});

describe('the form of a part that people write', () => {
  test('is written by the district, and the pages show who wrote it and when', async () => {
    const { statusCode, headers } = await send('admin', {
      ...(await formOf('admin')),
      text: '平时安排偏少。\r\n年底集中。',
    });
    expect([statusCode, headers.location]).toEqual([303, '/pages/reports/2025']);
    for (const shown of [page(), textPage]) {
      const { text } = await asked('admin', shown);
      expect(text).toContain('平时安排偏少。');
      expect(text).toContain('district-admin-1');
      expect(text).toContain('2025-10-18 14:00');
    }
  });

  test('is shown again with words at the field and what was put in', async () => {
    const { statusCode, text } = await send('admin', {
      ...(await formOf('admin')),
      text: '请联系13800138000',
    });
    expect(statusCode).toBe(400);
    expect(text).toMatch(
      /id="f-text-fault">[^<]+<\/p><textarea[^>]*aria-invalid="true"[^>]*>\n请联系/,
    );
    expect(await ledger()).toEqual([]);
  });

  test('that was opened before somebody else wrote overwrites nothing', async () => {
    const [mine, theirs] = [await formOf('admin'), await formOf('admin')];
    await send('admin', { ...theirs, text: '一' });
    const { statusCode, text } = await send('admin', { ...mine, text: '二' });
    expect(statusCode).toBe(412);
    expect(text).toContain('role="alert"');
    expect(text).toMatch(/<textarea[^>]*>\n二<\/textarea>/);
    expect(await ledger()).toHaveLength(1);
    await send('admin', {
      form: hiddenIn(text, 'form'),
      version: hiddenIn(text, 'version'),
      text: '二',
    });
    expect(await ledger()).toHaveLength(2);
  });

  test('is not for those who only read', async () => {
    expect((await asked('auditor', textPage)).statusCode).toBe(403);
  });
});
