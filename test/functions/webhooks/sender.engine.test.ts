import '../../support/tables.ts';

import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Webhook as Hook } from '../../../events/webhooks.ts';
import { handler as keys } from '../../../functions/keys/api.ts';
import { handler as api } from '../../../functions/webhooks/api.ts';
import { changeFailing } from '../../../functions/webhooks/change-failing.ts';
import { disable, warn } from '../../../functions/webhooks/decider.ts';
import type { Queued } from '../../../functions/webhooks/deliveries.ts';
import { lookAtDue } from '../../../functions/webhooks/due.ts';
import { deliver } from '../../../functions/webhooks/sender.ts';
import {
  clearHealth,
  readHealth,
  readLogged,
  sameHealthDelete,
  warningUpdate,
} from '../../../functions/webhooks/store.ts';
import { around } from '../../support/faults.ts';
import { type Answer, ask } from '../../support/http-event.ts';
import { type Receiver, type Script, startReceiver } from '../../support/receivers.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, must, readVolunteer } from '../../support/town.ts';
import { until } from '../../support/until.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.parse('2025-10-18T06:00:00.000Z');
const iso = (at: number): string => new Date(at).toISOString();

let town: Awaited<ReturnType<typeof foundTown>>;
let receiver: Receiver;
let script: Script;
let hook: { readonly id: string; readonly secret: string };
let queued: Queued;

const call = async (route: string, body?: object): Promise<Answer> => {
  const params: Record<string, string> = route.includes('{id}') ? { id: hook.id } : {};
  const sent = body ?? (route.startsWith('POST ') ? {} : undefined);
  const answer = await ask(api, { route, params, token: admin, ...(sent ? { body: sent } : {}) });
  if (answer.status > 299) throw new Error(`${route}: ${JSON.stringify(answer.body)}`);
  return answer;
};
const create = async (more: object = {}) => {
  const body = { url: receiver.url, description: '接收方', ...more };
  hook = (await call('POST /webhooks', body)).body;
};
const log = () => readLogged(hook.id, queued.id);
const typesSince = async (): Promise<readonly string[]> =>
  (await ledger()).map(({ type }) => type).filter((type) => type.startsWith('Webhook'));

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  script = () => undefined;
  receiver = await startReceiver((...given) => script(...given));
  await create();
  const event = (await ledger()).find(({ type }) => type === 'ActivityPublished');
  if (!event) throw new Error('nothing was published');
  queued = {
    webhookId: hook.id,
    id: event.id,
    type: event.type,
    event: event.aggregate,
    notice: null,
    attempts: 0,
  };
});
afterEach(() => receiver.close());

test('a delivery is signed with what the webhook has now, also after its secret was changed', async () => {
  await call('POST /webhooks/{id}/rotate-secret', { overlapHours: 1 });
  expect(await deliver(queued, 1, start)).toBeNull();
  const [{ body, headers } = { body: '', headers: {} }] = receiver.got;
  expect(new Webhook(hook.secret).verify(body, headers)).toMatchObject({ id: queued.id });
  expect(await log()).toMatchObject({ status: 'delivered', attempts: 1, answered: 204 });
  await call('POST /webhooks/{id}/rotate-secret', { overlapHours: 0 });
  await deliver(queued, 1, start);
  const [, second] = receiver.got;
  expect(() =>
    new Webhook(hook.secret).verify(second?.body ?? '', second?.headers ?? {}),
  ).toThrow();
});

test('the district’s key signs too where that is wished, and is published', async () => {
  const published = async () =>
    (await ask(keys, { route: 'GET /.well-known/jwks.json' })).body.keys as readonly JsonWebKey[];
  expect(await published()).toEqual([]);
  await create({ asymmetric: true });
  await deliver({ ...queued, webhookId: hook.id }, 1, start);
  const [jwk] = await published();
  const publicKey = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
  const [{ body, headers } = { body: '', headers: {} as Record<string, string> }] = receiver.got;
  const [v1 = '', v1a = ''] = String(headers['webhook-signature']).split(' ');
  expect(new Webhook(hook.secret).verify(body, headers)).toMatchObject({ id: queued.id });
  expect([v1.slice(0, 3), v1a.slice(0, 4)]).toEqual(['v1,', 'v1a,']);
  const signature = Buffer.from(v1a.slice(4), 'base64');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
  expect(verify(null, Buffer.from(content + body), publicKey, signature)).toBe(true);
  expect(verify(null, Buffer.from(`${content}${body} `), publicKey, signature)).toBe(false);
  // The key is made once, and each webhook is signed by the same.
  await create({ asymmetric: true });
  expect(await published()).toEqual([jwk]);
});

test('a retry after an unknown outcome shows the same secret; nothing shows it later', async () => {
  const request = {
    route: 'POST /webhooks',
    body: { url: receiver.url, description: '另一个' },
    token: admin,
    key: 'once',
  };
  const [first, again] = [await ask(api, request), await ask(api, request)];
  expect(again.body).toEqual(first.body);
  hook = first.body;
  const shown = [await call('GET /webhooks/{id}'), await call('GET /webhooks')];
  expect(JSON.stringify(shown.map(({ body }) => body))).not.toMatch(/whsec_|\/hook/);
  expect(JSON.stringify(await ledger())).not.toMatch(/whsec_|\/hook/);
});

test('a first failure waits seconds in the queue; the second is listed and due in minutes', async () => {
  script = (_, response) => void response.writeHead(500).end('broken');
  expect(await deliver(queued, 1, start)).toBe(5);
  expect(await log()).toBeUndefined();
  expect(await deliver(queued, 2, start)).toBeNull();
  const logged = await log();
  expect(logged).toMatchObject({
    status: 'waiting',
    attempts: 2,
    problem: 'status',
    answer: 'broken',
  });
  expect(Date.parse(logged?.dueAt ?? '') - start).toBeGreaterThan(4 * minute);
  expect(await lookAtDue(start + minute)).toBe(0);
  expect(await lookAtDue(start + 6 * minute)).toBe(1);
  expect(await lookAtDue(start + 6 * minute)).toBe(0);
});

test('a receiver that takes long to answer rests, and gets nothing twice', async () => {
  let clock = 0;
  const now = jest.spyOn(performance, 'now').mockImplementation(() => {
    clock += 6_000;
    return clock;
  });
  expect(await deliver(queued, 1, start)).toBeGreaterThanOrEqual(18);
  now.mockRestore();
  expect(await log()).toMatchObject({ status: 'delivered', attempts: 1 });
  // The queue hands it out once more, after the rest.
  expect(await deliver(queued, 2, start + 5_000)).toBeNull();
  expect(receiver.got).toHaveLength(1);
});

test('what is sent again is tried again, and what is known to be there is not', async () => {
  await deliver(queued, 1, start);
  // The function ended after the answer: the queue hands the message out once more.
  await deliver(queued, 2, start + 5_000);
  expect(receiver.got).toHaveLength(1);
  // Sent again an hour later, it fails, and is tried once more after five seconds.
  script = (_, response) => void response.writeHead(500).end();
  expect(await deliver(queued, 1, start + 60 * minute)).toBe(5);
  script = () => undefined;
  await deliver(queued, 2, start + 60 * minute + 5_000);
  expect(receiver.got).toHaveLength(3);
  expect(await log()).toMatchObject({ status: 'delivered', attempts: 2 });
});

test('another URL while an attempt is under way begins anew', async () => {
  script = (_, response) => void response.writeHead(503).end();
  await deliver({ ...queued, attempts: 3 }, 1, start);
  expect(await readHealth(hook.id)).toMatchObject({ failures: 1 });
  const better = await startReceiver();
  // The district changes the URL before the attempt ends.
  script = async (_, response) => {
    response.writeHead(503);
    await call('PATCH /webhooks/{id}', { url: better.url });
    response.end();
  };
  await deliver({ ...queued, attempts: 3 }, 1, start + 5 * day);
  await until(
    () => readHealth(hook.id),
    (health) => health === undefined,
  );
  await lookAtDue(start + 5 * day + minute);
  expect((await call('GET /webhooks/{id}')).body).toMatchObject({ status: 'active', health: null });
  better.close();
});

test('a repetition shows the secret that its command made, while that is kept', async () => {
  const again = (route: string, key: string, body: object, params = {}) =>
    ask(api, { route, key, body, params, token: admin });
  const body = { url: receiver.url, description: '另一个' };
  const first = await again('POST /webhooks', 'k', body);
  const params = { id: first.body.id };
  const second = await again('POST /webhooks/{id}/rotate-secret', 'r1', {}, params);
  const third = await again('POST /webhooks/{id}/rotate-secret', 'r2', { overlapHours: 0 }, params);
  expect(third.body.secret).not.toBe(second.body.secret);
  // The older ones ended with the last rotation.
  for (const [route, key, sent] of [
    ['POST /webhooks', 'k', body],
    ['POST /webhooks/{id}/rotate-secret', 'r1', {}],
  ] as const) {
    const repeated = await again(route, key, sent, route === 'POST /webhooks' ? {} : params);
    expect([repeated.status < 300, repeated.body.secret]).toEqual([true, null]);
  }
  await ask(api, { route: 'DELETE /webhooks/{id}', params, token: admin });
  const after = await again('POST /webhooks', 'k', body);
  expect([after.status, after.body.secret]).toEqual([201, null]);
});

test('the tenth failure is the last', async () => {
  script = (_, response) => void response.writeHead(500).end();
  await deliver({ ...queued, attempts: 9 }, 1, start);
  expect(await log()).toMatchObject({ status: 'failed', attempts: 10, dueAt: null });
  script = () => undefined;
  const sent = await call('POST /webhooks/{id}/recover', { since: iso(0) });
  expect(sent.body).toEqual({ resent: 1, next: null });
  const later = await call('POST /webhooks/{id}/recover', { since: '2099-01-01T00:00:00Z' });
  expect(later.body).toEqual({ resent: 0, next: null });
});

test('while a receiver is slow, others wait without an attempt', async () => {
  script = (_, response) => void response.writeHead(503, { 'retry-after': '600' }).end();
  await deliver(queued, 1, start);
  expect(await readHealth(hook.id)).toMatchObject({
    failures: 1,
    slowUntil: iso(start + 10 * minute),
  });
  const other = { ...queued, id: '0198c0de-0000-7000-8000-000000000009' };
  await deliver(other, 1, start + minute);
  expect(receiver.got).toHaveLength(1);
  expect(await readLogged(hook.id, other.id)).toMatchObject({
    ...{ status: 'waiting', attempts: 0, dueAt: iso(start + 10 * minute) },
  });
  expect(await lookAtDue(start + 5 * minute)).toBe(0);
  script = () => undefined;
  await deliver(queued, 1, start + 11 * minute);
  expect(await readHealth(hook.id)).toBeUndefined();
});

test('what a paused or deleted webhook is sent is listed, or gone', async () => {
  await call('PATCH /webhooks/{id}', { status: 'paused' });
  await deliver(queued, 1, start);
  expect(await log()).toMatchObject({ status: 'failed', problem: 'not-active' });
  await call('DELETE /webhooks/{id}');
  const after = { ...queued, id: '0198c0de-0000-7000-8000-000000000008' };
  expect(await deliver(after, 1, start)).toBeNull();
  expect(await readLogged(hook.id, after.id)).toBeUndefined();
  expect(receiver.got).toEqual([]);
});

test('nothing but the erasure is sent of somebody who was erased', async () => {
  await create({ types: ['notice.registered', 'notice.erased'], content: 'full' });
  const person = { sub: 'lei', role: 'volunteer' };
  const notices = async (type: string) => {
    const event = (await ledger()).find(
      (each) => each.type === type && each.aggregate.id === town.volunteerId,
    );
    if (!event) throw new Error(`no ${type}`);
    const kind = type === 'VolunteerErased' ? ('erased' as const) : ('registered' as const);
    const notice = { kind, volunteerId: town.volunteerId };
    await deliver(
      { ...queued, webhookId: hook.id, id: event.id, event: event.aggregate, notice },
      1,
      start,
    );
  };
  await notices('VolunteerRegistered');
  expect(receiver.got).toHaveLength(1);
  await must('volunteers', {
    route: 'DELETE /volunteers/{id}',
    params: { id: town.volunteerId },
    token: person,
  });
  expect((await readVolunteer(town.volunteerId)).status).toBe('erased');
  await notices('VolunteerRegistered');
  expect(receiver.got).toHaveLength(1);
  await notices('VolunteerErased');
  expect(receiver.got).toHaveLength(2);
});

describe('a receiver without a success', () => {
  beforeEach(async () => {
    script = (_, response) => void response.writeHead(500).end();
    await deliver(queued, 1, start);
  });

  test('is warned of three times, each once, and then disabled', async () => {
    for (const days of [1, 2.6, 2.7, 3.6, 4.6, 4.9]) await lookAtDue(start + days * day);
    const warned = (await ledger()).flatMap((event) =>
      event.type === 'WebhookFailing' ? [event.data.percent] : [],
    );
    expect(warned.sort()).toEqual([50, 70, 90]);
    await lookAtDue(start + 5 * day);
    await lookAtDue(start + 5 * day);
    expect((await typesSince()).filter((type) => type === 'WebhookDisabled')).toHaveLength(1);
    expect((await call('GET /webhooks/{id}')).body).toMatchObject({
      status: 'disabled',
      health: null,
    });
    await call('PATCH /webhooks/{id}', { status: 'active' });
    expect((await call('GET /webhooks/{id}')).body.status).toBe('active');
  });

  test.each([
    ['becomes well', () => clearHealth(hook.id)],
    ['gets another URL', () => call('PATCH /webhooks/{id}', { url: `${receiver.url}/other` })],
    [
      'is paused and enabled',
      async () => {
        await call('PATCH /webhooks/{id}', { status: 'paused' });
        await call('PATCH /webhooks/{id}', { status: 'active' });
      },
    ],
  ])('that %s while it is looked at is neither warned of nor disabled', async (_, change) => {
    const health = await readHealth(hook.id);
    if (!health) throw new Error('the receiver is well');
    await change();
    const at = start + 6 * day;
    const warned = (webhook: Hook) => warn(webhook, 50, 'timeout');
    await changeFailing(health, at, warned, warningUpdate(health, 50));
    const disabled = (webhook: Hook) => disable(webhook, 'timeout');
    await changeFailing(health, at, disabled, sameHealthDelete(health));
    expect(await readHealth(hook.id)).toBeUndefined();
    expect(await typesSince()).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Failing|Disabled/)]),
    );
  });

  test('that is enabled at the very moment when it would be disabled stays enabled', async () => {
    const health = await readHealth(hook.id);
    if (!health) throw new Error('the receiver is well');
    await call('PATCH /webhooks/{id}', { status: 'paused' });
    let before = true;
    const faults = around('TransactWriteCommand', {
      before: async () => {
        if (before) {
          before = false;
          await call('PATCH /webhooks/{id}', { status: 'active' });
        }
      },
    });
    // As it was read when it was active; the state that is decided on is read again.
    await changeFailing(
      health,
      start + 6 * day,
      (webhook) => disable({ ...webhook, status: 'active' }, 'timeout'),
      sameHealthDelete(health),
    );
    faults.mockRestore();
    expect((await call('GET /webhooks/{id}')).body).toMatchObject({
      status: 'active',
      health: null,
    });
  });

  test('that succeeds in between is not', async () => {
    await lookAtDue(start + 3 * day);
    script = () => undefined;
    await deliver(queued, 1, start + 3 * day);
    await lookAtDue(start + 6 * day);
    expect(await typesSince()).not.toContain('WebhookDisabled');
  });
});

test('a webhook that waits for its test becomes active by it', async () => {
  await create({ afterTest: true });
  expect((await call('GET /webhooks/{id}')).body.status).toBe('untested');
  script = (_, response) => void response.writeHead(500).end();
  const failed = await call('POST /webhooks/{id}/test');
  expect(failed.body).toMatchObject({
    webhook: { status: 'untested' },
    attempt: { problem: 'status' },
  });
  script = () => undefined;
  const passed = await call('POST /webhooks/{id}/test');
  expect(passed.body).toMatchObject({ webhook: { status: 'active' }, attempt: { problem: null } });
});

test.each([
  [{ url: 'http://10.0.0.1/' }, 'invalid-value', '#/url'],
  [{ types: ['notice.registered'] }, 'invalid-value', '#/content'],
  [{ types: ['Nothing'] }, 'invalid-request', '#/types/0'],
  [{ areaIds: ['hongqi', 'nowhere'] }, 'unknown-reference', '#/areaIds/1'],
  [{ description: '13900001003' }, 'invalid-request', '#/description'],
])('%j is refused', async (more, code, pointer) => {
  const body = { url: receiver.url, description: '接收方', ...more };
  const answer = await ask(api, { route: 'POST /webhooks', body, token: admin });
  expect([answer.body.type.split(':').at(-1), answer.body.errors[0].pointer]).toEqual([
    code,
    pointer,
  ]);
});
