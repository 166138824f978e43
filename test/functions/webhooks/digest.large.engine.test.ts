// A month's close: many events at once for robots that hold to their documented rates.
import '../../support/tables.ts';

import { type SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { handler as api } from '../../../functions/webhooks/api.ts';
import { dispatch } from '../../../functions/webhooks/dispatcher.ts';
import { lookAtDue } from '../../../functions/webhooks/due.ts';
import { handler as sender } from '../../../functions/webhooks/sender.ts';
import { queryLogged, readHealth } from '../../../functions/webhooks/store.ts';
import { ask } from '../../support/http-event.ts';
import { invoke } from '../../support/invoke.ts';
import { type Receiver, startReceiver } from '../../support/receivers.ts';
import { passRobotGaps } from '../../support/robot-gaps.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, publish } from '../../support/town.ts';
import { until } from '../../support/until.ts';

const second = 1_000;
const minute = 60 * second;
const start = Date.parse('2025-10-18T06:10:00.000Z');

/**
 * The time of the queue, of what is due and of the robots: it goes on by itself, and is set forward, also
 * by the pauses between messages.
 */
let ahead = 0;
const clock = (): number => start + ahead + performance.now() - began;
let began = 0;

/** The rates that the robots document, by the times at which their messages came. */
type Rate = (times: readonly number[], at: number) => readonly [number, string] | undefined;
const within = (times: readonly number[], at: number, ms: number): number =>
  times.filter((time) => time > at - ms).length;
let mutedUntil = 0;
const rates: Readonly<Record<string, Rate>> = {
  wecom: (times, at) =>
    within(times, at, minute) >= 20 ? [45009, 'api freq out of limit'] : undefined,
  dingtalk: (times, at) => {
    if (within(times, at, minute) >= 20) mutedUntil = at + 10 * minute;
    return at < mutedUntil ? [130101, 'send too fast'] : undefined;
  },
  feishu: (times, at) => {
    const sinceHalf = at % (30 * minute);
    const isRush = sinceHalf < 10 * second || sinceHalf > 30 * minute - 5 * second;
    const isFast = within(times, at, minute) >= 100 || within(times, at, second) >= 5;
    return isRush || isFast ? [11232, 'frequency limited'] : undefined;
  },
};
const mostBytes: Readonly<Record<string, number>> = {
  wecom: 2_048,
  dingtalk: 20_000,
  feishu: 20_000,
};

let town: Awaited<ReturnType<typeof foundTown>>;
let robot: Receiver;
let hookId: string;
let force: readonly [number, string] | undefined;
/** The messages in the queue, oldest first. */
let queue: string[] = [];

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  [ahead, began, mutedUntil, force, queue] = [0, performance.now(), 0, undefined, []];
  passRobotGaps((ms) => {
    ahead += ms;
  });
  jest
    .spyOn(SQSClient.prototype as unknown as { send: (sent: unknown) => unknown }, 'send')
    .mockImplementation(async (sent) => {
      const { Entries = [] } = (sent as SendMessageBatchCommand).input;
      queue.push(...Entries.map(({ MessageBody = '' }) => MessageBody));
      return {};
    });
});
afterEach(() => {
  robot?.close();
  jest.restoreAllMocks();
});

const startRobot = async (kind: string): Promise<void> => {
  const times: number[] = [];
  robot = await startReceiver(({ body }, response) => {
    const at = clock();
    const { text, content } = JSON.parse(body);
    const said: string = text?.content ?? content?.text ?? '';
    const isLong = Buffer.byteLength(said) > (mostBytes[kind] ?? 0);
    const [code, message] = force ??
      rates[kind]?.(times, at) ?? [isLong ? 40058 : 0, isLong ? 'too long' : 'ok'];
    times.push(at);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ [kind === 'feishu' ? 'code' : 'errcode']: code, msg: message }));
  });
  const body = { kind, url: robot.url, description: '街道群', types: ['ActivityPublished'] };
  const made = await ask(api, { route: 'POST /webhooks', body, token: admin });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  hookId = made.body.id;
};
const textsOf = (): readonly string[] =>
  robot.got.map(({ body }) => {
    const { text, content } = JSON.parse(body);
    return text?.content ?? content?.text;
  });

/** Publishes so many activities at once, and has the bus tell the dispatcher of each. */
const burst = async (count: number): Promise<void> => {
  const known = new Set((await ledger()).map(({ id }) => id));
  for (let n = 0; n < count; n += 1) await publish(town.ours, { title: `第${n}场义诊` });
  for (const event of await ledger()) if (!known.has(event.id)) await dispatch(event);
};
/** Hands out what is in the queue, one after the other. @returns what is handed out again */
const work = async (receives = 1): Promise<readonly string[]> => {
  const left: string[] = [];
  for (const body of queue.splice(0)) {
    const attributes = {
      ApproximateReceiveCount: `${receives}`,
      ApproximateFirstReceiveTimestamp: `${Math.round(clock())}`,
    };
    const Records = [{ messageId: 'm', receiptHandle: 'r', body, attributes }];
    const answer = await invoke(sender, { Records } as unknown as SQSEvent);
    left.push(...(answer?.batchItemFailures.map(() => body) ?? []));
  }
  return left;
};
/** A minute passes, and what is due is looked at. */
const pass = async (minutes = 1): Promise<number> => {
  ahead += minutes * minute;
  return lookAtDue(clock());
};
const loggedNow = async () => (await queryLogged(hookId, { limit: 1_000, after: undefined })).items;
const statuses = async (): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  for (const { status } of await loggedNow()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

describe.each(['wecom', 'dingtalk', 'feishu'])('%s', (kind) => {
  test.each([40, 90])('gets one message of %i events, and all are delivered by it', async (all) => {
    await startRobot(kind);
    await burst(all);
    expect(queue).toEqual([]);
    expect(await pass()).toBe(all);
    expect(queue).toHaveLength(1);
    expect(await work()).toEqual([]);
    const [text = ''] = textsOf();
    expect(robot.got).toHaveLength(1);
    const [head, ...titles] = text.split('\n');
    expect(head).toBe(`共 ${all} 条消息：`);
    const shown = titles.filter((line) => /^· 新活动：第\d+场义诊$/.test(line));
    const left = Number(/另有 (\d+) 条$/.exec(text)?.[1] ?? 0);
    expect([new Set(shown).size, left > 0]).toEqual([all - left, kind === 'wecom' && all === 90]);
    expect(await statuses()).toEqual({ delivered: all });
    expect(await pass()).toBe(0);
    expect(robot.got).toHaveLength(1);
  });
});

test('a few are told one by one, as they are', async () => {
  await startRobot('wecom');
  await burst(2);
  expect(await pass()).toBe(2);
  await work();
  expect([...textsOf()].sort()).toEqual([
    expect.stringMatching(/^新活动：第0场义诊\n时间：/),
    expect.stringMatching(/^新活动：第1场义诊\n时间：/),
  ]);
});

test('an event that the bus tells again is told the group once', async () => {
  await startRobot('wecom');
  await burst(6);
  const events = (await ledger()).filter(({ type }) => type === 'ActivityPublished').slice(-3);
  for (const event of events) await dispatch(event);
  await pass();
  await work();
  for (const event of events) await dispatch(event);
  expect(await pass()).toBe(0);
  expect(robot.got).toHaveLength(1);
});

test('what a robot did not take waits together, and nothing else is sent meanwhile', async () => {
  await startRobot('wecom');
  await burst(6);
  await pass();
  force = [45009, 'api freq out of limit'];
  await work();
  expect(await statuses()).toEqual({ waiting: 6 });
  expect((await loggedNow()).every(({ attempts }) => attempts === 1)).toBe(true);
  expect(await readHealth(hookId)).toMatchObject({ problem: 'refused', failures: 1 });
  force = undefined;
  await burst(1);
  await pass(0.5);
  await work();
  expect(robot.got).toHaveLength(1);
  expect(await pass(2)).toBe(7);
  await work();
  expect(textsOf()[1]).toMatch(/^共 7 条消息/);
  expect(await statuses()).toEqual({ delivered: 7 });
  expect(await readHealth(hookId)).toBeUndefined();
});

test('a function that ends in the middle loses nothing, and tells again only what it did not note', async () => {
  await startRobot('wecom');
  await burst(8);
  await pass();
  const again = [...queue];
  let puts = 0;
  const sendOn = dynamodb.send.bind(dynamodb) as (sent: object) => Promise<unknown>;
  const faulty = jest
    .spyOn(dynamodb as unknown as { send: typeof sendOn }, 'send')
    .mockImplementation(async (sent) => {
      if (sent.constructor.name === 'PutCommand') puts += 1;
      if (puts > 3) throw new Error('the function ended');
      return sendOn(sent);
    });
  expect(await work()).toHaveLength(1);
  faulty.mockRestore();
  await until(
    async () => (await statuses()).delivered ?? 0,
    (noted) => noted === 3,
  );
  queue = [...again];
  expect(await work(2)).toEqual([]);
  expect(textsOf()[1]).toMatch(/^共 5 条消息/);
  expect(await statuses()).toEqual({ delivered: 8 });
  // The same message once more, as of an earlier look.
  queue = [...again];
  await work();
  expect(robot.got).toHaveLength(2);
});

test('what fails four times on our side is listed as failed, but for what was delivered', async () => {
  await startRobot('wecom');
  await burst(6);
  await pass();
  expect(await work(5)).toEqual([]);
  expect(await statuses()).toEqual({ failed: 6 });
  expect((await loggedNow())[0]?.problem).toBe('internal');
  const since = '2025-10-01T00:00:00Z';
  const route = 'POST /webhooks/{id}/recover';
  const params = { id: hookId };
  const { body } = await ask(api, { route, params, body: { since }, token: admin });
  expect(body).toEqual({ resent: 6, next: null });
  expect(queue).toEqual([]);
  expect(await pass()).toBe(6);
  await work();
  expect(textsOf()).toEqual([expect.stringMatching(/^共 6 条消息/)]);
  expect(await statuses()).toEqual({ delivered: 6 });
});

test('a paused robot gets nothing, and what it did not get is listed', async () => {
  await startRobot('dingtalk');
  await burst(6);
  const route = 'PATCH /webhooks/{id}';
  await ask(api, { route, params: { id: hookId }, body: { status: 'paused' }, token: admin });
  await pass();
  await work();
  expect(robot.got).toEqual([]);
  expect(await statuses()).toEqual({ failed: 6 });
});

test.each([1, 6])(
  '%i message(s) to Feishu wait until the rush of the half hour is over',
  async (count) => {
    await startRobot('feishu');
    await burst(count);
    // 14:30:01.
    ahead = 19 * minute + second - (clock() - start - ahead);
    await pass();
    await work();
    expect(robot.got).toEqual([]);
    expect(
      (await loggedNow()).map(({ dueAt, problem, attempts }) => [dueAt, problem, attempts]),
    ).toEqual(Array(count).fill([expect.stringMatching(/^2025-10-18T06:30:20/), null, 0]));
    expect(await pass()).toBe(count);
    await work();
    expect(robot.got).toHaveLength(1);
    expect(await statuses()).toEqual({ delivered: count });
  },
);
