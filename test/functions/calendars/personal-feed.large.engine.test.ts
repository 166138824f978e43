import '../../support/tables.ts';

import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import ICAL from 'ical.js';
import { handler as api } from '../../../functions/calendars/api.ts';
import { dynamodb, scanItems } from '../../../functions/runtime/dynamodb.ts';
import { handler as peopleSubscriber } from '../../../functions/volunteers/people-subscriber.ts';
import { type Ask, ask, noon } from '../../support/http-event.ts';
import { deliver, follow } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  logHours,
  must,
  organiserOf,
  publish,
  register,
  verifierOf,
} from '../../support/town.ts';

const day = 86_400_000;
const lei = { sub: 'lei', role: 'volunteer' };

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

type Token = Readonly<Record<string, unknown>>;
const calendarOf = (id: string, token: Token, more: Partial<Ask> = {}) =>
  ask(api, { route: 'POST /volunteers/{id}/calendar', params: { id }, token, ...more });
const make = async (id = town.volunteerId, token: Token = lei, key?: string): Promise<string> => {
  const { status, body } = await calendarOf(id, token, key === undefined ? {} : { key });
  expect(status).toBe(201);
  return body.path.replace('/feeds/calendar/', '');
};
const end = (id = town.volunteerId, token: Token = lei) =>
  ask(api, { route: 'DELETE /volunteers/{id}/calendar', params: { id }, token });
const feed = (file: string, more: Partial<Ask> = {}) =>
  ask(api, { route: 'GET /feeds/calendar/{file}', params: { file }, ...more });
const statusOf = async (file: string): Promise<number> => (await feed(file)).status;

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, sequence, location, startDate } = new ICAL.Event(component);
    const status = component.getFirstPropertyValue('status');
    return { uid, summary, sequence, location, on: String(startDate), status };
  });
const eventsOf = async (file: string) => eventsIn((await feed(file)).body);
const onDays = async (file: string): Promise<readonly string[]> =>
  (await eventsOf(file)).map(({ on }) => on);

const projected = async (): Promise<void> => deliver(await ledger());
const calendarItems = async (): Promise<readonly Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = [];
  await scanItems({ TableName: process.env.PEOPLE_TABLE }, (item) => items.push(item));
  return items.filter(({ pk }) => String(pk).startsWith('calendar#'));
};

type Send = (command: object) => Promise<unknown>;
/** The names of the calls of the database that something makes. */
const callsOf = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
  const calls: string[] = [];
  const sendOn = dynamodb.send.bind(dynamodb) as Send;
  const spy = jest
    .spyOn(dynamodb as unknown as { send: Send }, 'send')
    .mockImplementation((command) => {
      calls.push(command.constructor.name);
      return sendOn(command);
    });
  try {
    await act();
    return calls;
  } finally {
    spy.mockRestore();
  }
};

test('it has the person’s service, with what became of it, and names nobody', async () => {
  const verified = await logHours(town, town.volunteerId, '2025-10-17');
  await must('participation', {
    route: 'POST /sheets/{id}/verify',
    params: { id: verified },
    body: { entries: 'all' },
    token: verifierOf(town.theirs),
  });
  await logHours(town, town.volunteerId, '2025-10-18');
  await logHours(town, await register('feng'), '2025-10-18');
  const file = await make();
  await projected();
  const { status, headers, body: text } = await feed(file);
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([
    ...[200, 'text/calendar; charset=utf-8', 'private, no-cache'],
  ]);
  const place = { summary: '义诊', location: '红旗街道' };
  expect(eventsIn(text)).toMatchObject([
    { on: '2025-10-17', status: 'CONFIRMED', ...place },
    { on: '2025-10-18', status: 'TENTATIVE', ...place },
  ]);
  for (const id of [town.volunteerId, town.ours, town.activityId]) expect(text).not.toContain(id);
});

test('who has it gets nothing again until something changes, and then what is cancelled as such', async () => {
  await logHours(town, town.volunteerId);
  const file = await make();
  await projected();
  const { headers, body } = await feed(file);
  const known = { headers: { 'if-none-match': String(headers.etag) } };
  const again = await feed(file, known);
  expect([again.status, again.body, again.headers['cache-control']]).toEqual([
    ...[304, undefined, 'private, no-cache'],
  ]);
  await must('activities', {
    route: 'POST /activities/{id}/cancel',
    params: { id: town.activityId },
    body: { reason: '暴雨' },
    token: organiserOf(town.ours),
  });
  await projected();
  const changed = await feed(file, known);
  expect(changed.status).toBe(200);
  const [before] = eventsIn(body);
  const [after] = eventsIn(changed.body);
  expect(after).toMatchObject({ uid: before?.uid, summary: '已取消：义诊', status: 'CANCELLED' });
  expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Number.NaN);
});

test('it has the newest hundred days of the last year', async () => {
  const first = noon - 390 * day;
  const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
  await must('campaigns', {
    route: 'POST /campaigns',
    body: { year: 2024, plan: 'learn-from-lei-feng' },
    token: admin,
  });
  await must('campaigns', {
    route: 'POST /campaigns/{year}/open',
    params: { year: '2024' },
    token: admin,
  });
  const activityId = await publish(town.ours, {
    ...{ startsOn: dateOf(first), endsOn: '2024-12-31' },
  });
  const old = { ...town, activityId };
  for (const days of [366, 365]) await logHours(old, town.volunteerId, dateOf(noon - days * day));
  const file = await make();
  await projected();
  expect(await onDays(file)).toEqual([dateOf(noon - 365 * day)]);
  const long = await publish(town.ours, { startsOn: '2025-05-01', endsOn: '2025-10-18' });
  for (let n = 0; n < 102; n += 1)
    await logHours({ ...town, activityId: long }, town.volunteerId, dateOf(noon - n * day));
  await projected();
  const shown = await onDays(file);
  expect([shown.length, shown[0], shown.at(-1)]).toEqual([
    100,
    dateOf(noon - 99 * day),
    '2025-10-18',
  ]);
});

describe('its URL', () => {
  test('is replaced by another one, and ended, at once and for good', async () => {
    const first = await make(town.volunteerId, lei, 'one');
    const second = await make(town.volunteerId, lei, 'two');
    expect(second).not.toBe(first);
    expect([await statusOf(first), await statusOf(second)]).toEqual([404, 200]);
    expect(await make(town.volunteerId, lei, 'two')).toBe(second);
    expect((await end()).body).toEqual({ path: null });
    expect((await end()).status).toBe(200);
    expect(await statusOf(second)).toBe(404);
    // A late repetition neither brings back what was ended, nor makes another one.
    const late = await calendarOf(town.volunteerId, lei, { key: 'two' });
    expect(late.body).toEqual({ path: null });
    const third = await make(town.volunteerId, lei, 'three');
    expect((await calendarOf(town.volunteerId, lei, { key: 'one' })).body).toEqual({ path: null });
    expect([await statusOf(second), await statusOf(third)]).toEqual([404, 200]);
    // Nor does a late repetition of its end end a newer one.
    const ending = {
      route: 'DELETE /volunteers/{id}/calendar',
      params: { id: town.volunteerId },
      ...{ token: lei, key: 'end' },
    };
    await ask(api, ending);
    const fourth = await make(town.volunteerId, lei, 'four');
    await ask(api, ending);
    expect([await statusOf(third), await statusOf(fourth)]).toEqual([404, 200]);
  });

  test('stays, when an earlier request for another one comes again late', async () => {
    const first = await make(town.volunteerId, lei, 'first');
    const second = await make(town.volunteerId, lei, 'second');
    const late = await calendarOf(town.volunteerId, lei, { key: 'first' });
    expect([late.status, late.body]).toEqual([201, { path: null }]);
    expect([await statusOf(first), await statusOf(second)]).toEqual([404, 200]);
    expect(await make(town.volunteerId, lei, 'second')).toBe(second);
  });

  test('is one, though it was asked for several times at once', async () => {
    const same = await Promise.all([1, 2, 3].map(() => make(town.volunteerId, lei, 'same')));
    expect(new Set(same).size).toBe(1);
    const others = await Promise.all(['a', 'b'].map((key) => make(town.volunteerId, lei, key)));
    const statuses = await Promise.all([...others, ...same].map(statusOf));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(await calendarItems()).toHaveLength(1);
  });

  test('cannot be told from its parts: 256 bits of it are a secret that is kept nowhere', async () => {
    const file = await make();
    expect(file).toMatch(/^[\w-]{65}\.ics$/);
    const secret = file.slice(22, 65);
    const kept = JSON.stringify([await calendarItems(), await ledger()]);
    expect(kept).not.toContain(secret);
    expect(file).not.toContain(town.volunteerId.replaceAll('-', '').slice(0, 8));
    // Those of two people have nothing in common, nor have two of one person but for the place.
    const other = await make(await register('feng'), { sub: 'feng', role: 'volunteer' });
    const next = await make();
    expect(next.slice(0, 22)).toBe(file.slice(0, 22));
    const commonWith = (one: string): number =>
      [...secret].filter((character, at) => character === one[22 + at]).length;
    expect(Math.max(commonWith(other), commonWith(next))).toBeLessThan(15);
  });

  test('or any other that leads nowhere: one answer, at the cost of one read at most', async () => {
    const good = await make();
    const ended = await make();
    await end();
    const replaced = await make();
    await make();
    const swapped = `${good.slice(0, -5)}${good.at(-5) === 'A' ? 'B' : 'A'}.ics`;
    const asked: readonly (readonly [string, number])[] = [
      [good, 1],
      [ended, 1],
      [replaced, 1],
      [swapped, 1],
      [`${'A'.repeat(65)}.ics`, 1],
      [good.slice(0, -4), 0],
      [good.slice(0, 60), 0],
      [`${good.slice(1, -4)}.ics`, 0],
      [`${'A'.repeat(1_000)}.ics`, 0],
      [`${good.slice(0, 64)}#.ics`, 0],
      ['.ics', 0],
      ['雷锋.ics', 0],
      [town.volunteerId, 0],
    ];
    // As in a container that knows nothing yet.
    const answers = new Set<string>();
    for (const [file, reads] of asked) {
      const calls = await callsOf(async () => {
        const { status, headers, body } = await feed(file);
        answers.add(JSON.stringify([status, headers, body]));
      });
      expect({ file, calls }).toEqual({ file, calls: Array(reads).fill('GetCommand') });
    }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^\[404,.*"cache-control":"no-store"/);
  });

  test('leads to no more reads than a few, whatever the calendar has', async () => {
    await logHours(town, town.volunteerId);
    const file = await make();
    await projected();
    await feed(file);
    expect(await callsOf(() => feed(file))).toEqual([
      // The calendar, its person's record, two years, and the names.
      ...['GetCommand', 'QueryCommand', 'QueryCommand', 'QueryCommand', 'BatchGetCommand'],
    ]);
  });
});

describe('a merge', () => {
  const feng = { sub: 'feng', role: 'volunteer' };
  let other: string;
  const own = ['2025-10-17'];
  const both = ['2025-10-17', '2025-10-18'];
  const on = (route: string, id: string, token: Token, body: object) =>
    must('volunteers', { route: `POST /volunteers/{id}/${route}`, params: { id }, body, token });
  beforeEach(async () => {
    other = await register('feng');
    await logHours(town, town.volunteerId, '2025-10-17');
    await logHours(town, other, '2025-10-18');
    await on('merge', other, admin, { intoId: town.volunteerId, reason: '同一人' });
    await projected();
  });

  test('shows in the calendars what the tokens of those who made them show', async () => {
    const [mine, theirs] = [await make(), await make(other, feng)];
    expect([await onDays(mine), await onDays(theirs)]).toEqual([own, ['2025-10-18']]);
    expect((await calendarOf(other, lei)).status).toBe(403);
    await on('accept-merge', town.volunteerId, lei, { fromId: other });
    expect([await onDays(mine), await onDays(theirs)]).toEqual([both, both]);
    await on('unmerge', other, admin, { reason: '不是同一人' });
    expect([await onDays(mine), await onDays(theirs)]).toEqual([own, ['2025-10-18']]);
  });

  test('that is undone leaves nobody a calendar of somebody else, whichever id they made it by', async () => {
    await on('accept-merge', town.volunteerId, lei, { fromId: other });
    const [mine, theirs] = [await make(other, lei), await make(town.volunteerId, feng)];
    expect([await onDays(mine), await onDays(theirs)]).toEqual([both, both]);
    await on('unmerge', other, admin, { reason: '不是同一人' });
    expect([await onDays(mine), await onDays(theirs)]).toEqual([own, ['2025-10-18']]);
  });

  test('lets either token end the calendars of both records', async () => {
    const theirs = await make(other, feng);
    await on('accept-merge', town.volunteerId, lei, { fromId: other });
    const mine = await make();
    expect((await end(other, lei)).status).toBe(200);
    expect([await statusOf(mine), await statusOf(theirs)]).toEqual([404, 404]);
  });
});

const erase = (id = town.volunteerId) =>
  must('volunteers', { route: 'DELETE /volunteers/{id}', params: { id }, token: admin });

test('the erasure of its person ends it at once, and deletes it', async () => {
  const file = await make();
  await erase();
  expect(await statusOf(file)).toBe(404);
  expect(await calendarItems()).toHaveLength(1);
  expect(await follow(peopleSubscriber, (await ledger()).slice(-1))).toEqual([]);
  await follow(peopleSubscriber, await ledger());
  expect(await calendarItems()).toEqual([]);
  expect((await calendarOf(town.volunteerId, lei)).status).toBe(403);
});

test('one that is made while its person is erased is not kept', async () => {
  const sendOn = dynamodb.send.bind(dynamodb) as Send;
  const spy = jest
    .spyOn(dynamodb as unknown as { send: Send }, 'send')
    .mockImplementation(async (command) => {
      if (command.constructor.name !== 'PutCommand') return sendOn(command);
      spy.mockRestore();
      await erase();
      await follow(peopleSubscriber, await ledger());
      return sendOn(command);
    });
  const file = await make();
  expect(await statusOf(file)).toBe(404);
  expect(await calendarItems()).toEqual([]);
});

test('who takes part no more keeps what they may read', async () => {
  await logHours(town, town.volunteerId);
  const file = await make();
  await projected();
  const route = 'POST /volunteers/{id}/deactivate';
  const params = { id: town.volunteerId };
  await must('volunteers', { route, params, body: { reason: '迁出' }, token: lei });
  expect(await onDays(file)).toEqual(['2025-10-18']);
});
