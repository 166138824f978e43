// A partner's machine hands registrations and hours in over HTTP, by the senders of docs/inbound.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fingerprint } from '../../functions/runtime/ids.ts';
import { startTestHost, type TestHost } from '../support/host.ts';
import { readLedger } from '../support/recompute.ts';
import { foundRoll, type Roll } from '../support/roll.ts';
import { until } from '../support/until.ts';

const year = new Date().getFullYear() - 1;
const day = `${year}-04-12`;
const folder = mkdtempSync(join(tmpdir(), 'leifeng-inbound-'));

let running: TestHost;
let roll: Roll;
let partner: { readonly id: string; readonly secret: string };

interface Called {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
  readonly body: any;
}
const call = async (
  method: string,
  path: string,
  body?: object,
  token = roll.admin,
): Promise<Called> => {
  const response = await fetch(`${running.host.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': fingerprint(method, path, JSON.stringify(body) ?? ''),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json() };
};

const page = readFileSync('docs/inbound.md', 'utf8');

beforeAll(async () => {
  running = await startTestHost();
  roll = await foundRoll(running.host.url, (claims) => running.host.mintToken(claims), day);
  await running.host.untilIdle();
  // The partner of the page.
  const [, setUp = ''] =
    /'Idempotency-Key: city-platform' -d '(\{[\s\S]*?\})'\n```/.exec(page) ?? [];
  partner = (await call('POST', '/inbound', JSON.parse(setUp))).body;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await running.stop();
});

/** Hands events in by a sender of the page. Gives what it printed. */
const handIn = async (command: string, file: string, events: readonly object[]) => {
  const path = join(folder, 'events.json');
  writeFileSync(path, JSON.stringify(events));
  const child = spawn(command, [join('docs/inbound', file), path], {
    env: {
      ...process.env,
      ...{ BASE: running.host.url, PARTNER: partner.id, SECRET: partner.secret },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const said = await text(child.stdout);
  await exited;
  return JSON.parse(said);
};

const event = (id: string, type: string, data: object) => ({
  ...{ specversion: '1.0', id, source: '/volunteer-platform', type, data },
});
const people = [
  { name: '雷小锋', phone: '13800138000' },
  { name: '王芳', phone: '13800138001' },
];
const joins = people.map((person, n) =>
  event(`join-${n}`, 'cn.example.join', { areaId: 'hongqi-01', consentVersion: '2025-1', person }),
);
const signins = () =>
  people.map(({ name: xm, phone: mobile }, n) =>
    event(`signin-${n}`, 'cn.example.signin', {
      activity: roll.activityId,
      day,
      mobile,
      xm,
      minutes: 150,
    }),
  );

const creditedIn = async (month: string): Promise<number | null> =>
  (await call('GET', `/dashboards/${month}`)).body.metrics.creditedMinutes.value;

test('people are registered, and confirm with the code that the machine was given', async () => {
  const { applied, results } = await handIn(process.execPath, 'hand-in.ts', joins);
  expect(applied).toBe(2);
  for (const [n, { volunteerId, confirmationCode }] of results.entries()) {
    const token = await running.host.mintToken({ sub: `new-${n}`, role: 'volunteer' });
    const body = { code: confirmationCode, consentVersion: '2025-1' };
    const confirmed = await call('POST', `/volunteers/${volunteerId}/confirm`, body, token);
    expect(confirmed).toMatchObject({ status: 200, body: { status: 'active' } });
  }
});

test('a batch of hours that is replayed five times changes the figures once', async () => {
  const first = await handIn(process.execPath, 'hand-in.ts', signins());
  expect(first).toMatchObject({ items: 2, applied: 2, refused: 0 });
  for (const [command, file] of [
    [process.execPath, 'hand-in.ts'],
    ['python3', 'hand_in.py'],
    ['python3', 'hand_in.py'],
    [process.execPath, 'hand-in.ts'],
  ] as const)
    expect(await handIn(command, file, signins())).toEqual(first);
  await running.host.untilIdle();
  expect(await creditedIn(day.slice(0, 7))).toBeNull();
  const { body: listed } = await call('GET', '/organisations');
  const { body: activity } = await call('GET', `/activities/${roll.activityId}`);
  const another = listed.items.find(({ id }: { id: string }) => id !== activity.organisationId);
  const claims = { sub: 'verifier-2', role: 'verifier', organisation: another.id };
  const verifier = await running.host.mintToken(claims);
  const sheet = `/sheets/${first.results[0].sheetId}`;
  await call('POST', `${sheet}/verify`, { entries: 'all' }, verifier);
  await until(
    () => creditedIn(day.slice(0, 7)),
    (minutes) => minutes === 300,
  );
  expect(await handIn(process.execPath, 'hand-in.ts', signins())).toEqual(first);
  await running.host.untilIdle();
  expect(await creditedIn(day.slice(0, 7))).toBe(300);
  const { body } = await call('GET', `/inbound/${partner.id}/batches`);
  expect(body.items.map(({ items }: { items: number }) => items)).toEqual([2, 2]);
});

test('no event and no log has a name, a phone or the secret', async () => {
  const events = JSON.stringify(await readLedger(running.host.dynamodbEndpoint));
  for (const secret of [...people.flatMap(({ name, phone }) => [name, phone]), partner.secret])
    expect(events).not.toContain(secret);
});

test.each([
  ['an anonymous request', {}],
  [
    'a forged signature',
    {
      'webhook-id': 'msg_forged',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
    },
  ],
])('%s is refused, with its reason, and nothing of it is read', async (_, headers) => {
  const response = await fetch(`${running.host.url}/inbound/${partner.id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"not": json',
  });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Signature');
  expect(await response.json()).toMatchObject({ type: 'urn:leifeng:problem:invalid-signature' });
});

test('a body of ten megabytes is refused by its size', async () => {
  const response = await fetch(`${running.host.url}/inbound/${partner.id}`, {
    method: 'POST',
    body: 'x'.repeat(9 * 1024 * 1024),
  });
  expect(response.status).toBe(413);
});
