// Ten receivers, some of which fail by a script: every event is delivered or listed, and none is starved.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { DomainEvent } from '../../events/catalogue.ts';
import { localDateOf } from '../../functions/runtime/calendar.ts';
import { fingerprint } from '../../functions/runtime/ids.ts';
import { isWorkingDay } from '../../functions/sheets/working-days.ts';
import { daysAfter } from '../../infra/season/plan-season.ts';
import { startTestHost, type TestHost } from '../support/host.ts';
import { type Receiver, type Script, startReceiver } from '../support/receivers.ts';
import { readLedger } from '../support/recompute.ts';
import { foundRoll, type Roll } from '../support/roll.ts';
import { until } from '../support/until.ts';

const year = new Date().getFullYear() - 1;
const day = `${year}-04-12`;

const scripts: Readonly<Record<string, Script>> = {
  good: () => undefined,
  'good, for all of it': () => undefined,
  'good, for another area only': () => undefined,
  'failing once': ({ before }, response) => {
    if (before === 0) response.writeHead(500).end('not yet');
  },
  'busy at first': ({ before }, response) => {
    if (before < 2) response.writeHead(429, { 'retry-after': '30' }).end();
  },
  'hanging in its answer': (_, response) => {
    response.writeHead(200);
    response.write('half of it');
  },
  'moved elsewhere': (_, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  },
  'breaking once': ({ before }, response) => {
    if (before === 0) response.destroy();
  },
  'wanting no more': (_, response) => {
    response.writeHead(410).end();
  },
  'not there': () => undefined,
};
type Name = keyof typeof scripts;

interface Hook {
  readonly id: string;
  readonly secret: string;
}

let running: TestHost;
let roll: Roll;
const receivers = new Map<Name, Receiver>();
const hooks = new Map<Name, Hook>();
let robot: Receiver;
let begun = '';
let events: readonly DomainEvent[] = [];

const call = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${running.host.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${roll.admin}`,
      'content-type': 'application/json',
      'idempotency-key': fingerprint(method, path, JSON.stringify(body) ?? ''),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (response.status > 299) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer as Answer;
};

interface Delivery {
  readonly id: string;
  readonly status: 'delivered' | 'waiting' | 'failed';
  readonly problem: string | null;
  readonly attempts: number;
}
const deliveriesOf = async (name: Name): Promise<readonly Delivery[]> => {
  const all: Delivery[] = [];
  let cursor = '';
  do {
    const { items, next } = await call<{ items: Delivery[]; next: string | null }>(
      'GET',
      `/webhooks/${hooks.get(name)?.id}/deliveries?limit=100${cursor}`,
    );
    all.push(...items);
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  return all;
};

/** Lets time pass for what waits, and runs the look at what is due. */
const pass = async (minutes: number): Promise<void> => {
  const clock = `${running.host.url}/_local/clock`;
  const { now } = (await (await fetch(clock)).json()) as { now: string };
  const body = JSON.stringify({ now: new Date(Date.parse(now) + minutes * 60_000).toISOString() });
  await fetch(clock, { method: 'PUT', body });
  const { schedules } = await running.host.status();
  const [due] = Object.keys(schedules).filter((each) => each.includes('DueEveryMinute'));
  await fetch(`${running.host.url}/_local/schedules/${due}/run`, { method: 'POST' });
  await running.host.untilIdle();
};

beforeAll(async () => {
  running = await startTestHost();
  roll = await foundRoll(running.host.url, (claims) => running.host.mintToken(claims), day);
  await running.host.untilIdle();
  for (const [name, script] of Object.entries(scripts))
    receivers.set(name, await startReceiver(script));
  receivers.get('not there')?.close();
  const filters: Readonly<Record<string, object>> = {
    'good, for all of it': { content: 'full' },
    'good, for another area only': { areaIds: ['hongqi-02'] },
  };
  const types = ['HoursLogged', 'HoursVerified'];
  for (const [name, { url }] of receivers) {
    const body = { url, types, description: '接收方', ...filters[name] };
    hooks.set(name, await call<Hook>('POST', '/webhooks', body));
  }
  robot = await startReceiver((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":0}');
  });
  const group = { kind: 'wecom', description: '街道群', types: ['RecordsOverdue'] };
  await call('POST', '/webhooks', { ...group, url: robot.url, areaIds: ['hongqi'] });
  // From now on every container has the list with all of them.
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  begun = new Date().toISOString();
  await roll.verify(await roll.log('one', 20));
  await running.host.untilIdle();
  events = (await readLedger(running.host.dynamodbEndpoint)).filter(
    ({ recordedAt, type }) => recordedAt > begun && type.startsWith('Hours'),
  );
});
afterAll(async () => {
  for (const receiver of receivers.values()) receiver.close();
  robot?.close();
  await running?.stop();
});

const gotOf = (name: Name) => receivers.get(name)?.got ?? [];
const idsGot = (name: Name): readonly string[] =>
  gotOf(name).map(({ headers }) => headers['webhook-id'] ?? '');

test('who is well has everything, while others fail; who asked for less has less', async () => {
  expect(events.length).toBeGreaterThan(1);
  for (const name of ['good', 'good, for all of it', 'hanging in its answer'])
    for (const { id } of events) expect(idsGot(name)).toContain(id);
  expect(gotOf('good, for another area only')).toEqual([]);
  for (const receiver of receivers.values()) expect(receiver.most()).toBeLessThanOrEqual(1);
});

test('whoever pulls has the same, in order for each sheet', async () => {
  const types = 'types=HoursLogged,HoursVerified&limit=3';
  const pulled: { id: string; data: { aggregate: { id: string; version: number } } }[] = [];
  let from = '';
  for (let pages = 0; pages < 50; pages += 1) {
    const answer = await call<{ items: typeof pulled; next: string; retryAfterSeconds: number }>(
      'GET',
      `/events?${types}${from}`,
    );
    pulled.push(...answer.items);
    from = `&after=${answer.next}`;
    if (answer.retryAfterSeconds > 0) break;
  }
  expect(pulled.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
  const versions = new Map<string, number>();
  for (const { data } of pulled) {
    const { id, version } = data.aggregate;
    expect(version).toBe((versions.get(id) ?? 0) + 1);
    versions.set(id, version);
  }
});

test('whoever lets the request wait has what happens meanwhile', async () => {
  interface Page {
    readonly items: readonly { readonly subject: string }[];
    readonly next: string;
  }
  const types = 'types=AreaDefined';
  let { next } = await call<Page>('GET', `/events?${types}`);
  const waiting = async (): Promise<Page['items']> => {
    const page = await call<Page>('GET', `/events?${types}&waitSeconds=20&after=${next}`);
    next = page.next;
    return page.items.length > 0 ? page.items : waiting();
  };
  const came = waiting();
  const area = { kind: 'community', name: '新来社区', parentId: 'hongqi' };
  await call('PUT', '/areas/hongqi-77', area);
  expect(await came).toMatchObject([{ subject: 'area/hongqi-77' }]);
});

test('every signature is good by the reference library, and for its own webhook only', () => {
  const other = new Webhook(hooks.get('good')?.secret ?? '');
  for (const name of receivers.keys()) {
    const own = new Webhook(hooks.get(name)?.secret ?? '');
    for (const { body, headers } of gotOf(name)) {
      expect(own.verify(body, headers)).toMatchObject({ specversion: '1.0' });
      if (name !== 'good') expect(() => other.verify(body, headers)).toThrow();
    }
  }
});

test('thin events name nobody; full ones have what the bus has', () => {
  const people = new Set(JSON.stringify(events).match(/(?<="volunteerId":")[^"]+/g));
  expect(people.size).toBe(10);
  for (const { body } of gotOf('good'))
    for (const person of people) expect(body).not.toContain(person);
  const full = gotOf('good, for all of it').map(({ body }) => JSON.parse(body));
  expect(full.map(({ data }) => data.event)).toEqual(
    full.map(({ id }) => events.find((event) => event.id === id)?.data),
  );
});

test('what failed is tried again, and in the end all is delivered or listed', async () => {
  // Each answer 429 puts off all that waits for the receiver.
  const waitsAtBusy = async (): Promise<boolean> =>
    (await deliveriesOf('busy at first')).some(({ status }) => status === 'waiting');
  for (let passes = 0; passes < 20 && (await waitsAtBusy()); passes += 1) await pass(6);
  for (const minutes of [40, 150]) await pass(minutes);
  for (const name of receivers.keys()) {
    if (name === 'good, for another area only') continue;
    const listed = await deliveriesOf(name);
    const byId = new Map(listed.map((each) => [each.id, each]));
    for (const { id } of events) {
      const status = byId.get(id)?.status;
      expect([name, id, status]).toEqual([name, id, expect.any(String)]);
      if (status === 'delivered') expect(idsGot(name)).toContain(id);
    }
    const healthy = ['good', 'good, for all of it', 'failing once', 'busy at first'];
    if ([...healthy, 'breaking once', 'hanging in its answer'].includes(name))
      expect([name, listed.filter(({ status }) => status !== 'delivered')]).toEqual([name, []]);
  }
  const moved = await deliveriesOf('moved elsewhere');
  expect(new Set(moved.map(({ problem }) => problem))).toEqual(new Set(['status']));
  const gone = await deliveriesOf('not there');
  expect(
    gone.every(({ status, problem }) => status === 'waiting' && problem === 'unreachable'),
  ).toBe(true);
});

test('a receiver that wants no more is disabled, and says so', async () => {
  const { id } = hooks.get('wanting no more') ?? { id: '' };
  expect(await call('GET', `/webhooks/${id}`)).toMatchObject({ status: 'disabled' });
  const ledger = await readLedger(running.host.dynamodbEndpoint);
  const [event] = ledger.filter(({ type }) => type === 'WebhookDisabled');
  expect(event).toMatchObject({ aggregate: { id }, data: { problem: 'gone' } });
  expect(JSON.stringify(event)).not.toContain('/hook');
});

test('what failed can be sent again: one, or all since a time', async () => {
  const name = 'moved elsewhere';
  const { id } = hooks.get(name) ?? { id: '' };
  const replacement = await startReceiver();
  receivers.set('its replacement', replacement);
  await call('PATCH', `/webhooks/${id}`, { url: replacement.url });
  const [first] = await deliveriesOf(name);
  await call('POST', `/webhooks/${id}/deliveries/${first?.id}/resend`, {});
  await until(
    () => replacement.got.map(({ headers }) => headers['webhook-id']),
    (ids) => ids.includes(first?.id ?? ''),
  );
  const disabled = hooks.get('wanting no more')?.id;
  await call('PATCH', `/webhooks/${disabled}`, { url: replacement.url, status: 'active' });
  await roll.log('three', 1);
  await running.host.untilIdle();
  const { resent } = await call<{ resent: number }>('POST', `/webhooks/${disabled}/recover`, {
    since: begun,
  });
  expect(resent).toBeGreaterThanOrEqual(0);
  await running.host.untilIdle();
  const listed = await deliveriesOf('wanting no more');
  expect(listed.filter(({ status }) => status === 'failed')).toEqual([]);
});

test('a group is told by its robot, in figures, what waits for more than ten working days', async () => {
  const clock = `${running.host.url}/_local/clock`;
  const { now } = (await (await fetch(clock)).json()) as { now: string };
  let date = localDateOf(Date.parse(now), 'Asia/Shanghai');
  do date = daysAfter(date, 1);
  while (!isWorkingDay(date));
  // After nine: a schedule that the clock has passed says the same of the same day.
  await fetch(clock, { method: 'PUT', body: JSON.stringify({ now: `${date}T10:00:00+08:00` }) });
  const { schedules } = await running.host.status();
  const [remind] = Object.keys(schedules).filter((each) => each.includes('RemindOverdue'));
  await fetch(`${running.host.url}/_local/schedules/${remind}/run`, { method: 'POST' });
  await running.host.untilIdle();
  await pass(1);
  const told = robot.got.map(({ body }) => JSON.parse(body).text.content);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^超期未办：.+1 条记录\n签到表：1 份\n最早服务日期：/);
  expect(told[0]).toContain(daysAfter(day, 2));
});

test('no secret and no path of a receiver is in the logs', async () => {
  const folder = join(running.dataDir, 'logs');
  const logs = await Promise.all(
    (await readdir(folder)).map((each) => readFile(join(folder, each), 'utf8')),
  );
  const all = logs.join('\n');
  for (const { secret } of hooks.values()) expect(all).not.toContain(secret);
  expect(all).not.toContain('/hook');
});
