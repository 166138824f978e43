import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createClient } from '../../infra/season/client.ts';
import { foundDistrict } from '../../infra/season/found-district.ts';
import { startTestHost, type TestHost } from '../support/host.ts';
import { nameOf, residentIdOf } from '../support/people.ts';
import { gb18030, xlsx } from '../support/sheets.ts';

const count = 120;
const headings = ['姓名', '身份证号', '手机'];
const rows = Array.from({ length: count }, (_, n) => [
  nameOf(n),
  residentIdOf('1985-05-05', n),
  `139${String(n).padStart(8, '0')}`,
]);
const file = [headings, ...rows].map((cells) => cells.join(',')).join('\r\n');
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let running: TestHost;
let token: string;

beforeAll(async () => {
  running = await startTestHost();
  const { host } = running;
  const organisations = await foundDistrict(createClient(host.url), host.mintToken, [2025]);
  token = await host.mintToken({
    sub: 'o1',
    role: 'organiser',
    organisation: organisations.get('hongqi-01') ?? '',
  });
  // The areas are in the Views a moment after they were defined.
  await host.untilIdle();
});
afterAll(() => running?.stop());

const hand = async (body: Uint8Array, type: string, key: string, dryRun: boolean) => {
  const query = `consentVersion=2025-1&areaId=hongqi-01&dryRun=${dryRun}`;
  const response = await fetch(`${running.host.url}/volunteers/import?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type, 'idempotency-key': key },
    body: Buffer.from(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: read as a client reads it
  return { status: response.status, body: (await response.json()) as any };
};
const get = async (path: string) => {
  const response = await fetch(`${running.host.url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  // biome-ignore lint/suspicious/noExplicitAny: read as a client reads it
  return (await response.json()) as any;
};

test('a clerk’s list becomes records that wait for their people, and a second time none', async () => {
  const dry = await hand(gb18030(file), 'text/csv', 'dry', true);
  expect(dry).toMatchObject({ status: 200, body: { id: null, rows: count, refused: 0 } });

  const first = await hand(gb18030(file), 'text/csv', 'first', false);
  expect(first.status).toBe(202);
  const done = async (id: string) => {
    await running.host.untilIdle();
    return get(`/imports/${id}`);
  };
  expect(await done(first.body.id)).toMatchObject({
    done: true,
    registered: count,
    alreadyRegistered: 0,
  });
  const { items, next } = await get(`/imports/${first.body.id}/rows`);
  expect([items.length, next]).toEqual([50, '2']);
  const volunteer = await get(`/volunteers/${items[0].volunteerId}`);
  expect(volunteer).toMatchObject({ status: 'pending', registeredBy: 'import' });

  // The people are known now, and compared with their records.
  const changed = gb18030(file.replace('13900000001', '13900000999'));
  const again = await hand(changed, 'text/csv', 'again', true);
  expect(again.body).toMatchObject({ accepted: count, flagged: count });
  expect(again.body.report[1].flags).toMatchObject([
    { code: 'already-registered' },
    { code: 'differs', columns: ['phone'] },
  ]);

  const second = await hand(xlsx([headings, ...rows]), xlsxType, 'second', false);
  expect(second.status).toBe(202);
  expect(await done(second.body.id)).toMatchObject({
    done: true,
    registered: 0,
    alreadyRegistered: count,
  });
});

test('what is no list is refused by what it is, and one that is too large by its size', async () => {
  const json = await hand(Buffer.from('{}'), 'application/json', 'json', true);
  expect([json.status, json.body.type]).toEqual([422, 'urn:leifeng:problem:unreadable-file']);
  const large = await hand(Buffer.alloc(4 * 1024 * 1024 + 1, 'a'), 'text/csv', 'large', true);
  expect([large.status, large.body.type]).toEqual([413, 'urn:leifeng:problem:body-too-large']);
});
