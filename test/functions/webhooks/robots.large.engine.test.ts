// Robots that hold to the documented rules of WeCom, DingTalk and Feishu.
import '../../support/tables.ts';

import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { remindOverdue } from '../../../functions/participation/remind-overdue.ts';
import { handler as api } from '../../../functions/webhooks/api.ts';
import type { Queued } from '../../../functions/webhooks/deliveries.ts';
import { robotRequest, withinBytes } from '../../../functions/webhooks/robots.ts';
import { deliver } from '../../../functions/webhooks/sender.ts';
import { readHealth, readLogged } from '../../../functions/webhooks/store.ts';
import { ask } from '../../support/http-event.ts';
import { deliver as project } from '../../support/projecting.ts';
import { type Receiver, startReceiver } from '../../support/receivers.ts';
import { passRobotGaps } from '../../support/robot-gaps.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  logHours,
  must,
  organiserOf,
  register,
} from '../../support/town.ts';

const secret = 'SECabcdef0123456789';
const keyword = '志愿服务';

type Body = Readonly<Record<string, unknown>> & {
  readonly text?: { readonly content?: string };
  readonly content?: { readonly text?: string };
};
type Rule = (body: Body, url: URL) => readonly [number, string];
const ok = [0, 'ok'] as const;

/** What each robot answers by its own documentation, written without the product's code. */
const rules: Readonly<Record<string, Rule>> = {
  wecom: ({ msgtype, text }) => {
    if (msgtype !== 'text' || typeof text?.content !== 'string')
      return [40008, 'invalid message type'];
    return Buffer.byteLength(text.content) > 2048 ? [40058, 'content exceed max length'] : ok;
  },
  dingtalk: ({ msgtype, text }, { searchParams }) => {
    const timestamp = searchParams.get('timestamp') ?? '';
    const expected = createHmac('sha256', secret)
      .update(`${timestamp}\n${secret}`)
      .digest('base64');
    if (Math.abs(Date.now() - Number(timestamp)) > 3_600_000) return [310000, 'invalid timestamp'];
    if (searchParams.get('sign') !== expected) return [310000, 'sign not match'];
    if (msgtype !== 'text' || !text?.content?.includes(keyword))
      return [310000, 'keywords not in content'];
    return ok;
  },
  feishu: ({ timestamp, sign, msg_type, content }) => {
    if (msg_type !== 'text' || typeof content?.text !== 'string') return [9499, 'Bad Request'];
    const key = `${timestamp}\n${secret}`;
    const expected = createHmac('sha256', key).update('').digest('base64');
    if (!/^\d{10}$/.test(String(timestamp)) || sign !== expected) return [19021, 'sign match fail'];
    return content.text.includes(keyword) ? ok : [19024, 'Key Words Not Found'];
  },
};
const codeName = (kind: string): string => (kind === 'feishu' ? 'code' : 'errcode');

let town: Awaited<ReturnType<typeof foundTown>>;
let robot: Receiver;
let force: readonly [number, string] | undefined;
let hook: { readonly id: string; readonly secret: unknown };

const start = async (kind: string): Promise<void> => {
  robot = await startReceiver(({ body }, response, request) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const [code, message] = force ?? rules[kind]?.(JSON.parse(body), url) ?? [1, 'no rule'];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ [codeName(kind)]: code, msg: message }));
  });
  const body = {
    ...{
      kind,
      url: `${robot.url}?key=abc`,
      description: '街道群',
      types: ['ActivityPublished', 'ActivityCancelled', 'RecordsOverdue'],
    },
    ...(kind === 'wecom' ? {} : { secret, keyword }),
  };
  const made = await ask(api, { route: 'POST /webhooks', body, token: admin });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  hook = made.body;
};
const queuedFor = async (type: string): Promise<Queued> => {
  const event = (await ledger()).find((each) => each.type === type);
  if (!event) throw new Error(`no ${type}`);
  return {
    ...{ webhookId: hook.id, id: event.id, type, event: event.aggregate, notice: null },
    attempts: 0,
  };
};
const now = Date.parse('2025-10-18T06:10:00.000Z');

/** How long the pauses between messages would have lasted, ms. */
let paused = 0;

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  force = undefined;
  paused = 0;
  passRobotGaps((ms) => {
    paused += ms;
  });
});
afterEach(() => {
  robot?.close();
  jest.restoreAllMocks();
});

test.each(['wecom', 'dingtalk', 'feishu'])('%s takes what it is sent', async (kind) => {
  await start(kind);
  expect(hook.secret).toBeNull();
  await must('activities', {
    route: 'POST /activities/{id}/cancel',
    params: { id: town.activityId },
    body: { reason: '暴雨预警' },
    token: organiserOf(town.ours),
  });
  const published = await queuedFor('ActivityPublished');
  const began = performance.now();
  await deliver(published, 1, now);
  expect(performance.now() - began + paused).toBeGreaterThan(2_900);
  await deliver(await queuedFor('ActivityCancelled'), 1, now);
  expect(await readLogged(hook.id, published.id)).toMatchObject({
    status: 'delivered',
    problem: null,
  });
  const said = robot.got.map(({ body }) => body).join('\n');
  for (const part of [
    '义诊',
    '红旗街道',
    '红旗社区居民委员会',
    '2025-10-17至2025-10-18',
    '暴雨预警',
  ])
    expect(said).toContain(part);
  // The test message too.
  const tested = await ask(api, {
    route: 'POST /webhooks/{id}/test',
    params: { id: hook.id },
    body: {},
    token: admin,
  });
  expect(tested.body.attempt).toMatchObject({ problem: null, status: 200 });
});

test('a group is told how much is overdue, and where, and of nobody', async () => {
  await start('dingtalk');
  await logHours(town, town.volunteerId, '2025-10-17');
  await logHours(town, await register('feng'), '2025-10-17');
  await project(await ledger());
  expect(await remindOverdue(Date.parse('2025-11-03T09:00:00+08:00'))).toBe(1);
  await deliver(await queuedFor('RecordsOverdue'), 1, now);
  expect(JSON.parse(robot.got[0]?.body ?? '').text.content).toBe(
    '志愿服务 超期未办：红旗社区居民委员会（红旗街道）2 条记录\n签到表：1 份\n最早服务日期：2025-10-17\n须在十个工作日内查验，异议须在十个工作日内答复。',
  );
});

test('status 200 is no success: an error code is one more failure', async () => {
  await start('dingtalk');
  force = [310000, 'sign not match'];
  expect(await deliver(await queuedFor('ActivityPublished'), 1, now)).toBe(5);
  await deliver(await queuedFor('ActivityPublished'), 2, now);
  const published = await queuedFor('ActivityPublished');
  expect(await readLogged(hook.id, published.id)).toMatchObject({
    ...{ status: 'waiting', problem: 'refused', answered: 200 },
    answer: expect.stringContaining('sign not match'),
  });
});

test.each([
  ['wecom', 45009, 60],
  ['dingtalk', 130101, 600],
  ['feishu', 11232, 60],
])('%s too fast (%i): nothing is sent for %i seconds', async (kind, code, seconds) => {
  await start(kind);
  force = [code, 'too fast'];
  await deliver(await queuedFor('ActivityPublished'), 1, now);
  const slowUntil = new Date(now + seconds * 1000).toISOString();
  expect(await readHealth(hook.id)).toMatchObject({ problem: 'refused', slowUntil });
});

test.each([
  [{ kind: 'wecom', secret: 'x' }, '#/secret'],
  [{ kind: 'wecom', content: 'full' }, '#/content'],
  [{ kind: 'feishu', types: null }, '#/types'],
  [{ kind: 'feishu', types: ['HoursVerified'] }, '#/types'],
  [{ kind: 'http', secret: 'x' }, '#/secret'],
  [{ kind: 'http', keyword: 'x' }, '#/keyword'],
])('%j is refused', async (more, pointer) => {
  const body = {
    ...{ url: 'http://127.0.0.1:1/', description: '群', types: ['ActivityPublished'] },
    ...more,
  };
  const { status, body: answer } = await ask(api, { route: 'POST /webhooks', body, token: admin });
  expect([status, answer.errors[0].pointer]).toEqual([422, pointer]);
});

test('a text is cut between characters, to what a robot takes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 1_000 }),
      fc.integer({ min: 3, max: 500 }),
      (text, most) => {
        const kept = withinBytes(text, most);
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(most);
        expect(kept.isWellFormed()).toBe(true);
        if (kept !== text) expect(text.startsWith(kept.slice(0, -1))).toBe(true);
      },
    ),
  );
  const { body } = robotRequest('wecom', '志'.repeat(5_000), { secret: '', at: 0 });
  expect(rules.wecom?.(JSON.parse(body), new URL('http://x/'))).toEqual(ok);
});
