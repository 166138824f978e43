import '../../support/tables.ts';

import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import type { Star } from '../../../events/stars.ts';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { dueByTime } from '../../../functions/ledger/follow-up.ts';
import { scanItems } from '../../../functions/runtime/dynamodb.ts';
import { handler as keeper } from '../../../functions/stars/keep-stars.ts';
import { sweep } from '../../../functions/volunteers/sweep.ts';
import { allViews, deliver, follow } from '../../support/projecting.ts';
import {
  change,
  friday,
  granted,
  lei,
  monday,
  mustChange,
  nominate,
  noticed,
  onSheet,
  otherAdmin,
  publicNotice,
  serve,
  settle,
  starsOfPerson,
  type Town,
} from '../../support/stars.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, organiserOf } from '../../support/town.ts';

const problem = (code: string) => ({ type: `urn:leifeng:problem:${code}` });

let town: Town;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const agree = (version = '1') =>
  must('volunteers', {
    route: 'POST /volunteers/{id}/consents',
    params: { id: town.volunteerId },
    body: { purpose: 'publicity', version },
    token: lei,
  });
const disagree = () =>
  must('volunteers', {
    route: 'DELETE /volunteers/{id}/consents/{purpose}',
    params: { id: town.volunteerId, purpose: 'publicity' },
    token: lei,
  });
const called = () =>
  must('volunteers', {
    route: 'PATCH /volunteers/{id}/person',
    params: { id: town.volunteerId },
    body: { name: '雷小锋' },
    token: lei,
  });

test('a star is nominated, shown to the public, objected to, and granted', async () => {
  await serve(town, '2025-10-17', { minutes: 50 });
  await serve(town, '2025-10-18', { minutes: 50 });
  const answer = await nominate(town, { token: organiserOf(town.ours) });
  expect(answer).toMatchObject({
    status: 200,
    body: {
      ...{ status: 'nominated', level: 1, areaId: 'hongqi', organisationId: town.ours },
      ...{ minutes: 100, entryCount: 2, nominatedOn: '2025-11-03', countedUntil: '2025-11-03' },
      terms: { policyVersion: 1, hours: 1, tenureDays: 0, cutOff: null, noticeWorkingDays: 3 },
    },
  });
  const { id } = answer.body;
  expect((await mustChange(id, 'notice')).body).toMatchObject({
    ...{ status: 'in-notice', noticeUntil: '2025-11-06' },
  });
  await settle();
  expect((await publicNotice()).body).toEqual({
    items: [
      {
        ...{ id, areaId: 'hongqi', area: '红旗街道', level: 1, noticeUntil: '2025-11-06' },
        ...{ underReview: false, name: null },
      },
    ],
    next: null,
  });
  const thursday = friday - 86_400_000;
  expect((await change(id, 'grant', { at: thursday })).body).toMatchObject(
    problem('notice-not-over'),
  );
  const objected = await mustChange(id, 'objections', {
    ...{ at: thursday, body: { text: '时长与签到不符' } },
    token: organiserOf(town.theirs),
  });
  // Staff of anywhere object: they learn nothing of a star that they may not list.
  expect(objected.body).toEqual({ id, status: 'in-notice', version: 3 });
  expect((await change(id, 'grant')).body).toMatchObject(problem('star-objected'));
  const answered = { body: { upheld: false, answer: '已核对签到表' }, token: otherAdmin };
  await mustChange(id, 'objections/1/answer', answered);
  const done = await mustChange(id, 'grant');
  expect(done.body).toMatchObject({
    ...{ status: 'granted', grantedOn: '2025-11-07', review: null },
    objections: [
      {
        ...{ on: '2025-11-06', text: '时长与签到不符' },
        ...{ answer: '已核对签到表', upheld: false },
      },
    ],
  });
  expect(JSON.stringify(done.body)).not.toContain('organiser');
  await settle();
  expect((await publicNotice()).body.items).toEqual([]);
  expect(await starsOfPerson(town.volunteerId, lei)).toMatchObject([{ id, status: 'granted' }]);
});

/** What People keeps of notices, as it is stored. */
const keptNames = async () => {
  const items: unknown[] = [];
  await scanItems({ TableName: process.env.PEOPLE_TABLE }, (item) => {
    if (String(item.pk).startsWith('star#')) items.push(item);
  });
  return items;
};

describe('the name', () => {
  test.each(['grant', 'decline'] as const)('is sealed, and not kept after %s', async (step) => {
    await called();
    await agree();
    await serve(town);
    const id = await noticed(town);
    const kept = await keptNames();
    expect(kept).toHaveLength(1);
    const held = [...kept, ...(await allViews()), ...(await ledger())];
    expect(JSON.stringify(held)).not.toContain('雷小锋');
    await mustChange(id, step, step === 'decline' ? { body: { reason: '材料不齐' } } : {});
    expect(await keptNames()).toEqual([]);
  });

  test('is not read at all of somebody who has not agreed', async () => {
    await called();
    await serve(town);
    await noticed(town);
    expect(await keptNames()).toEqual([]);
    const log = { route: 'GET /volunteers/{id}/access-log', params: { id: town.volunteerId } };
    expect((await must('volunteers', { ...log, token: lei })).body.items).toEqual([]);
  });

  test('is shown while the person agrees, and not again afterwards', async () => {
    await called();
    await agree();
    await serve(town);
    const id = await noticed(town);
    await settle();
    expect((await publicNotice()).body.items).toMatchObject([{ id, name: '雷小锋' }]);
    const page = (await publicNotice('text/html')).body as string;
    expect(page).toContain('雷小锋');
    expect(page).toContain('/pages/complaints?page=%2Fstars%2Fnotice');
    expect(JSON.stringify(await ledger())).not.toContain('雷小锋');
    const log = await must('volunteers', {
      route: 'GET /volunteers/{id}/access-log',
      params: { id: town.volunteerId },
      token: lei,
    });
    expect(log.body.items).toMatchObject([{ what: 'published-name', reason: 'publication' }]);

    await disagree();
    // No follower has run.
    expect((await publicNotice()).body.items).toMatchObject([{ id, name: null }]);
    await settle();
    await agree();
    expect((await publicNotice()).body.items).toMatchObject([{ id, name: null }]);
    expect((await publicNotice('text/html')).body).not.toContain('雷小锋');
  });

  test('goes with the notice after its last day, whoever decides when', async () => {
    await called();
    await agree();
    await serve(town);
    const id = await noticed(town);
    await settle();
    const lastMoment = Date.parse('2025-11-06T23:59:59+08:00');
    expect((await publicNotice('application/json', lastMoment)).body.items).toMatchObject([
      { id, name: '雷小锋', noticeUntil: '2025-11-06' },
    ]);
    expect((await publicNotice('application/json', lastMoment + 1000)).body.items).toEqual([]);
    expect((await publicNotice('text/html', lastMoment + 1000)).body).not.toContain('雷小锋');
    // At four in the night.
    const firstNight = Date.parse('2025-11-07T04:00:00+08:00');
    await sweep(firstNight, () => true);
    expect(await keptNames()).toHaveLength(1);
    await sweep(firstNight + 86_400_000, () => true);
    expect(await keptNames()).toEqual([]);
    await mustChange(id, 'grant');
  });

  test('does not come back with a consent given again before the follower', async () => {
    await called();
    await agree();
    await serve(town);
    const id = await noticed(town);
    await settle();
    await disagree();
    await agree();
    const events = await ledger();
    expect((await publicNotice()).body.items).toMatchObject([{ id, name: null }]);
    expect((await publicNotice('text/html')).body).not.toContain('雷小锋');
    await settle();
    expect(await keptNames()).toEqual([]);
    // Another notice reads it anew, and the withdrawal that comes once more was before it.
    await mustChange(id, 'decline', { body: { reason: '材料不齐' } });
    expect(await noticed(town)).toBe(id);
    await deliver(await ledger());
    expect(await follow(keeper, events)).toEqual([]);
    expect((await publicNotice()).body.items).toMatchObject([{ id, name: '雷小锋' }]);
  });

  test('stays while its consent is replaced by one to a newer text', async () => {
    await called();
    await agree();
    await serve(town);
    await noticed(town);
    await agree('2');
    await settle();
    expect((await publicNotice()).body.items).toMatchObject([{ name: '雷小锋' }]);
  });

  test('goes when the record has another one', async () => {
    await called();
    await agree();
    await serve(town);
    await noticed(town);
    await settle();
    await must('volunteers', {
      route: 'PATCH /volunteers/{id}/person',
      params: { id: town.volunteerId },
      body: { name: '雷锋' },
      token: lei,
    });
    // No follower has run.
    expect((await publicNotice()).body.items).toMatchObject([{ name: null }]);
    await settle();
    expect(await keptNames()).toEqual([]);
    expect((await publicNotice()).body.items).toMatchObject([{ name: null }]);
  });
});

describe('hours that are voided later', () => {
  test('put a granted star under review, and the district withdraws it', async () => {
    const sheet = await serve(town);
    const id = await granted(town);
    await settle();
    await onSheet(sheet, 'void', town.volunteerId);
    await settle();
    expect(await starsOfPerson(town.volunteerId)).toMatchObject([
      { id, status: 'granted', review: { since: '2025-10-18', cause: 'hours' } },
    ]);
    expect((await change(id, 'uphold')).body).toMatchObject({
      ...problem('star-hours-missing'),
      detail: expect.stringContaining('0.00 小时，该星级须 1 小时'),
    });
    const done = await mustChange(id, 'withdraw', { body: { reason: '作废后时长不足' } });
    expect(done.body).toMatchObject({
      ...{ status: 'withdrawn', review: null, endedBy: 'district', reason: '作废后时长不足' },
    });
    expect((await change(id, 'withdraw', { body: { reason: '再次' } })).body).toMatchObject(
      problem('illegal-transition'),
    );
    // It can be had again.
    await serve(town, '2025-10-17');
    expect((await nominate(town)).body).toMatchObject({ status: 'nominated', reason: null });
  });

  test('leave a star that other hours carry, once somebody has looked', async () => {
    const sheet = await serve(town, '2025-10-17');
    await serve(town, '2025-10-18');
    const id = await granted(town);
    await onSheet(sheet, 'correct', town.volunteerId);
    await settle();
    expect((await mustChange(id, 'uphold')).body).toMatchObject({
      ...{ status: 'granted', review: null, minutes: 60, entryCount: 1 },
    });
    await settle();
    expect(await starsOfPerson(town.volunteerId)).toMatchObject([{ review: null }]);
    expect((await change(id, 'uphold')).body).toMatchObject(problem('illegal-transition'));
  });

  test('stop a star in its notice', async () => {
    const sheet = await serve(town);
    const id = await noticed(town);
    await onSheet(sheet, 'void', town.volunteerId);
    expect((await change(id, 'grant')).body).toMatchObject(problem('star-hours-missing'));
    await settle();
    expect((await publicNotice()).body.items).toMatchObject([{ id, underReview: true }]);
    expect((await publicNotice('text/html')).body).toContain('复核中');
    await serve(town, '2025-10-17');
    expect((await change(id, 'grant')).body).toMatchObject(problem('star-under-review'));
    await mustChange(id, 'uphold');
    await mustChange(id, 'grant');
  });
});

test('the erased have no star, whatever it was', async () => {
  await serve(town);
  const id = await granted(town);
  await must('volunteers', {
    route: 'DELETE /volunteers/{id}',
    params: { id: town.volunteerId },
    token: admin,
  });
  await settle();
  expect(await starsOfPerson(town.volunteerId)).toMatchObject([
    { id, status: 'withdrawn', endedBy: 'erased', reason: null },
  ]);
  expect((await nominate(town)).body).toMatchObject(problem('volunteer-not-active'));
});

test('staff list a year by area, and organisers only where they work', async () => {
  await serve(town);
  const id = await granted(town);
  await settle();
  const list = (query: Readonly<Record<string, string>>, token: typeof admin) =>
    may('stars', { route: 'GET /stars', query, token, at: monday });
  expect((await list({ year: '2025' }, admin)).body.items).toMatchObject([{ id }]);
  expect((await list({ status: 'in-notice' }, admin)).body.items).toEqual([]);
  expect((await list({ year: '2024' }, admin)).body.items).toEqual([]);
  const near = organiserOf(town.ours);
  expect((await list({ areaId: 'hongqi' }, near)).body.items).toMatchObject([{ id }]);
  expect((await list({}, near)).status).toBe(403);
});

test('the notice has pages of twenty, each star once', async () => {
  const { star } = catalogue.StarNoticed.example as { readonly star: Star };
  const ids = Array.from({ length: 21 }, () => randomUUID()).sort();
  for (const id of ids)
    await aggregate('star').create(id, {
      ...dueByTime('leifeng:tests', monday, id),
      authorise: () => 'district-admin',
      prepare: async () => ({ type: 'StarNoticed', data: { star } }),
    });
  await deliver(await ledger());
  const first = (await publicNotice()).body;
  const second = { route: 'GET /stars/notice', query: { cursor: first.next }, at: monday };
  const last = (await must('stars', second)).body;
  expect([first.items.length, last.items.length, last.next]).toEqual([20, 1, null]);
  const shown = [...first.items, ...last.items].map(({ id }: { id: string }) => id);
  expect(shown).toEqual(ids);
});
