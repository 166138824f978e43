// A certificate of a season that was played on the local host: applied for, issued, printed, verified by everybody who has a
// way to, and revoked.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Browser } from 'playwright-core';
import type { Client } from '../../infra/season/client.ts';
import { adminClaims } from '../../infra/season/found-district.ts';
import { planSeason } from '../../infra/season/plan-season.ts';
import { areas } from '../../infra/season/town.ts';
import {
  accessibilityFaultsOf,
  complaintsOf,
  overflowOf,
  screens,
  startBrowser,
} from '../support/browser.ts';
import type { TestHost } from '../support/host.ts';
import { startPlayedSeason } from '../support/played-season.ts';
import { partOf } from '../support/season-under-chaos.ts';
import { expanded, openedByDid, statusIn } from '../support/third-parties.ts';
import { until } from '../support/until.ts';

const year = 2025;
let district: TestHost;
let browser: Browser;
let client: Client;
let admin: string;

beforeAll(async () => {
  const season = partOf(planSeason(year), 40);
  ({ district, client } = await startPlayedSeason(year, season, `${year}-12-31T10:00:00+08:00`));
  admin = await district.host.mintToken(adminClaims);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await district?.stop();
});

interface Line {
  readonly volunteerId: string;
  readonly activityId: string;
}

interface Listed {
  readonly number: string;
  readonly status: string;
  readonly statusList: string;
  readonly statusIndex: number;
}
const certificatesOf = async (volunteerId: string): Promise<readonly Listed[]> =>
  (await client.get<{ items: Listed[] }>(`/volunteers/${volunteerId}/certificates`, admin)).items;

/** Somebody with verified hours and without certificates, and the recording unit of the activity. */
const somebody = async (): Promise<{ readonly volunteerId: string; readonly issuerId: string }> => {
  const path = `/hours?areaId=${areas[0]?.id}&status=verified&limit=100`;
  for (let next: string | null = ''; next !== null; ) {
    const asked: string = next === '' ? path : `${path}&cursor=${encodeURIComponent(next)}`;
    const page: { items: (Line & { creditedMinutes: number })[]; next: string | null } =
      await client.get(asked, admin);
    for (const found of page.items.filter(({ creditedMinutes }) => creditedMinutes > 0)) {
      if ((await certificatesOf(found.volunteerId)).length > 0) continue;
      const activity = await client.get<{ recordingUnitId: string }>(
        `/activities/${found.activityId}`,
      );
      return { volunteerId: found.volunteerId, issuerId: activity.recordingUnitId };
    }
    next = page.next;
  }
  throw new Error('nobody in the season has verified hours');
};

const textOf = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await fetch(`${district.host.url}${path}`, { headers })).text();
const jsonOf = async (path: string) => JSON.parse(await textOf(path));

test('the season has a certificate of each standing, and all verify as what they are', async () => {
  const units = await client.get<{ items: { id: string }[] }>('/organisations?limit=100', admin);
  const registers = await Promise.all(
    units.items.map(({ id }) =>
      client.get<{ items: Listed[] }>(`/organisations/${id}/certificates`, admin),
    ),
  );
  const all = registers.flatMap(({ items }) => items);
  expect(all.map(({ status }) => status).sort()).toEqual(['issued', 'revoked', 'superseded']);
  for (const { number, status, statusList, statusIndex } of all) {
    expect((await jsonOf(`/certificates/${number}`)).status).toBe(status);
    const signed = await textOf(`/credentials/status/${statusList}`);
    // The key of a year is made when something is signed first.
    const list = await openedByDid(signed, await jsonOf('/.well-known/did.json'));
    expect((await statusIn(list, statusIndex)).isSet).toBe(status !== 'issued');
  }
});

test('the season tells of what took place, and its year of both', async () => {
  const { items } = await client.get<{ items: { id: string; kind: string }[] }>('/stories');
  expect(items.map(({ kind }) => kind)).toEqual(['practice-note', 'story', 'exemplar']);
  const texts = await Promise.all(
    items.map(({ id }) => textOf(`/stories/${id}`, { accept: 'text/html' })),
  );
  expect(texts[1]).toMatch(/十月，本社区本主题共\d+人次参加，服务[\d.]+小时。/);
  expect(texts[2]).toContain('陈志远坚持参加社区志愿服务');
  const { parts } = await client.get<{
    parts: { key: string; paragraphs: { text: string }[] }[];
  }>(`/reports/${year}/draft`, admin);
  const said = (key: string) =>
    parts.find((part) => part.key === key)?.paragraphs.map(({ text }) => text);
  expect(said('publicity')).toEqual([
    'stories published: 1; practice notes: 1; in news media: 1; in LED screens: 1.',
  ]);
  expect(said('recognition')?.[0]).toMatch(
    /^exemplars: 1; certificates of service issued: 3; of these superseded or revoked: 2/,
  );
});

test('a certificate that is issued verifies everywhere, and once revoked it fails everywhere', async () => {
  const { url } = district.host;
  const { volunteerId, issuerId } = await somebody();
  const clerk = await district.host.mintToken({
    ...{ sub: 'clerk-1', role: 'organiser', organisation: issuerId },
  });
  const days = { issuerId, from: `${year}-01-01`, until: `${year}-12-31` };
  const applied = await client.post<{ id: string }>(
    ...([`/volunteers/${volunteerId}/certificates`, clerk, 'apply', days] as const),
  );
  const { id } = applied;
  // The season's people have registered without a name.
  const named = await fetch(`${url}/volunteers/${volunteerId}/person`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: '雷小锋' }),
  });
  expect(named.status).toBe(200);
  const issued = await client.post<{ number: string; minutes: number }>(
    ...([`/certificates/${id}/issue`, clerk, 'issue'] as const),
  );
  expect(issued.minutes).toBeGreaterThan(0);
  const document = await client.get<{ code: string; verifyUrl: string }>(
    `/certificates/${id}/document?reason=certificate`,
    clerk,
  );
  expect(document.verifyUrl.startsWith(`${url}/verify?`)).toBe(true);

  // In a browser: what the QR code leads to, and the paper.
  const path = document.verifyUrl.slice(url.length);
  for (const screen of ['phone', 'paper'] as const) {
    const context = await browser.newContext({ viewport: screens[screen], baseURL: url });
    context.setDefaultTimeout(0);
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(path);
    const said = await page.locator('main').textContent();
    expect(said).toContain(issued.number);
    expect(said).toContain('有效');
    expect([screen, await overflowOf(page)]).toEqual([screen, 0]);
    await page.goto('/pages');
    await page.locator('#claims').fill(JSON.stringify(adminClaims));
    await page.getByRole('button', { name: '登录 Sign in' }).click();
    await page.waitForURL('**/pages');
    if (screen === 'paper') await page.emulateMedia({ media: 'print' });
    await page.goto(`/pages/certificates/${id}?reason=certificate`);
    const paper = await page.locator('main').textContent();
    expect(paper).toContain('本证明由系统签名，可在线查验；加盖印章以记录单位为准');
    expect(paper).not.toContain('盖章');
    expect(await page.locator('svg.qr').count()).toBe(1);
    expect([screen, await overflowOf(page)]).toEqual([screen, 0]);
    expect(complaints).toEqual([]);
    if (screen === 'paper') {
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      // What the browser prints is taken as the file with the seal.
      const put = await fetch(`${url}/certificates/${id}/sealed-file`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${clerk}`, 'content-type': 'application/pdf' },
        body: new Uint8Array(pdf),
      });
      expect([put.status, await put.json()]).toEqual([200, expect.objectContaining({ id })]);
      const got = await fetch(`${url}/certificates/${id}/sealed-file?reason=certificate`, {
        headers: { authorization: `Bearer ${clerk}` },
      });
      expect(Buffer.from(await got.arrayBuffer()).equals(pdf)).toBe(true);
    }
    await context.close();
  }
  const context = await browser.newContext({ bypassCSP: true, baseURL: url });
  const page = await context.newPage();
  await page.goto(path);
  expect(await accessibilityFaultsOf(page)).toEqual([]);
  await context.close();

  // As a credential, by `jose` and by programs of others.
  const jwt = await textOf(`/certificates/${id}/document?reason=certificate`, {
    ...{ authorization: `Bearer ${clerk}`, accept: 'application/vc+jwt' },
  });
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', url));
  const { payload } = await jwtVerify(jwt, keys, { algorithms: ['EdDSA'] });
  await expanded(payload);
  const { statusListCredential, statusListIndex } = payload.credentialStatus as {
    readonly statusListCredential: string;
    readonly statusListIndex: string;
  };
  const isSet = async (): Promise<boolean> => {
    const did = await jsonOf('/.well-known/did.json');
    expect((await openedByDid(jwt, did)).id).toBe(`urn:uuid:${id}`);
    const list = await openedByDid(await textOf(statusListCredential.slice(url.length)), did);
    return (await statusIn(list, Number(statusListIndex))).isSet;
  };
  expect(await isSet()).toBe(false);

  await client.post(`/certificates/${id}/revoke`, clerk, 'revoke', { reason: '出具有误' });
  expect(await isSet()).toBe(true);
  expect((await jsonOf(`/certificates/${issued.number}`)).status).toBe('revoked');
  expect(await textOf(`/verify?number=${issued.number}`, { accept: 'text/html' })).toContain(
    '已撤销',
  );

  // The person is erased: the follower makes all of it unavailable.
  await fetch(`${url}/volunteers/${volunteerId}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${admin}` },
  });
  await until(
    async () => (await jsonOf(`/certificates/${issued.number}`)).status as string,
    (status) => status === 'unavailable',
  );
});
