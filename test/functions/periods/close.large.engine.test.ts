import '../../support/tables.ts';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { frozen } from '../../../functions/closed/frozen-sources.ts';
import { readClosed } from '../../../functions/closed/read-closed.ts';
import { handler as closer } from '../../../functions/closing/close-period.ts';
import { readSalt, saltOf } from '../../../functions/people/proof-salts.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { addUp } from '../../../functions/totals/add-up.ts';
import { readSources } from '../../../functions/totals/sources.ts';
import { handler as volunteers } from '../../../functions/volunteers/api.ts';
import {
  admin,
  appendAll,
  askPeriods,
  close,
  closeEvents,
  january,
  ledgerEvents,
  order,
  projectAll,
  restateAfter,
  restatements,
  runClose,
} from '../../support/closing.ts';
import { season, verifiedActivity } from '../../support/generations.ts';
import { ask } from '../../support/http-event.ts';
import { follow } from '../../support/projecting.ts';
import { eventOf, idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const month = '2025-04';
const minutes = 60_000;
const types = async () => (await closeEvents(month)).map(({ type }) => type);

beforeEach(async () => {
  await freshTables();
  await appendAll(season());
  await projectAll();
});

test('a month that is not over is not closed, by the local date', async () => {
  // 30 April, 23:59 in Shanghai.
  const { status, body } = await order(month, { at: Date.UTC(2025, 3, 30, 15, 59) });
  expect([status, body.type]).toEqual([409, 'urn:leifeng:problem:period-not-over']);
  expect((await order(month, { at: Date.UTC(2025, 3, 30, 16) })).status).toBe(202);
});

test('what is open is told, counted, and must be accepted', async () => {
  const open = {
    ...{ waitingEntries: 10, waitingMinutes: 642, openObjections: 0 },
    ...{ activitiesNotCompleted: 0, activitiesNotVerified: 0, overdueRecords: 10 },
  };
  const { body } = await askPeriods({
    route: 'GET /months/{month}/open',
    params: { month },
    token: { sub: 'verifier-1', role: 'verifier' },
    at: january,
  });
  expect(body).toEqual({ period: month, status: 'open', open, stopped: false, progress: null });
  const refused = await order(month, { acceptOpen: false });
  expect([refused.status, refused.body.type]).toEqual([
    409,
    'urn:leifeng:problem:period-has-open-work',
  ]);
  expect(await types()).toEqual([]);
  await close(month);
  expect((await readClosed(month))?.open).toEqual(open);
});

test('a close stops when the Ledger has open work that the late views did not show', async () => {
  // The Views say nothing of October; the Ledger has an activity nobody has completed.
  const [published] = [verifiedActivity(40)] as const;
  const activity = { ...(published.data as { activity: object }).activity, status: 'published' };
  const dates = { startsOn: '2025-10-04', endsOn: '2025-10-04' };
  await appendAll([
    eventOf({ type: 'ActivityPublished', data: { activity: { ...activity, ...dates } } } as never, {
      id: idOf('b', 40),
    }),
  ]);
  expect((await order('2025-10', { acceptOpen: false })).status).toBe(202);
  await runClose('2025-10');
  const events = await closeEvents('2025-10');
  expect(events.map(({ type }) => type)).toEqual(['MonthCloseStarted', 'MonthCloseStopped']);
  expect(await readClosed('2025-10')).toBeUndefined();
  // Seen and accepted, it is closed.
  await close('2025-10');
  expect((await closeEvents('2025-10')).at(-1)?.type).toBe('MonthClosed');
});

test('of two orders at once one counts; with the same key both are answered alike', async () => {
  const both = await Promise.all([order(month, { key: 'a' }), order(month, { key: 'b' })]);
  expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
  expect(await types()).toEqual(['MonthCloseStarted']);
  const again = await Promise.all(['2025-05', '2025-05'].map((of) => order(of, { key: 'same' })));
  expect(again.map(({ status, body }) => [status, body.version])).toEqual([
    [202, 1],
    [202, 1],
  ]);
});

test('an order that has not ended may be given again after twenty minutes, and closes once', async () => {
  await order(month);
  expect((await order(month, { at: january + 19 * minutes })).status).toBe(409);
  expect((await order(month, { at: january + 20 * minutes })).status).toBe(202);
  const starts = await closeEvents(month);
  // Both orders run, also at the same time, and one is delivered twice.
  const [first, second] = starts;
  if (!first || !second) throw new Error('two orders');
  const failed = await Promise.all(
    [[first], [second], [first]].map((events) => follow(closer, events)),
  );
  expect(failed.flat()).toEqual([]);
  expect(await types()).toEqual(['MonthCloseStarted', 'MonthCloseStarted', 'MonthClosed']);
  const { status, body } = await order(month, { at: january + 60 * minutes });
  expect([status, body.type]).toEqual([409, 'urn:leifeng:problem:illegal-transition']);
});

test('an earlier month is closed after a later one', async () => {
  await close('2025-05');
  const later = await readClosed('2025-05');
  await close(month);
  const closed = await readClosed('2025-05');
  expect(closed?.root).toBe(later?.root);
  expect(await restatements()).toEqual([]);
});

test('a month with nothing in it is closed, with the root of nothing', async () => {
  await freshTables();
  await close(month);
  expect(await readClosed(month)).toMatchObject({
    leafCount: 0,
    root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  });
  const token = { sub: 'auditor-1', role: 'auditor' };
  const route = 'GET /months/{month}/leaves';
  const { status, body } = await askPeriods({ route, params: { month }, token });
  expect([status, body.leafCount, body.leaves, body.next]).toEqual([200, 0, [], null]);
});

test('an erasure after the close changes nothing that is closed, and destroys the salt', async () => {
  await close(month);
  const before = await readClosed(month);
  const person = idOf('c', 2);
  expect(await readSalt(person)).toMatch(/^[0-9a-f]{64}$/);
  const { status } = await ask(volunteers, {
    route: 'DELETE /volunteers/{id}',
    params: { id: person },
    token: admin,
    at: january + minutes,
  });
  expect(status).toBe(200);
  expect(await readSalt(person)).toBeUndefined();
  expect(await saltOf(person)).toBeUndefined();
  await restateAfter((await ledgerEvents()).filter(({ type }) => type === 'VolunteerErased'));
  await projectAll();
  const after = await readClosed(month);
  expect(after?.root).toBe(before?.root);
  expect(after && frozen(month, after.sources)).toBe(before && frozen(month, before.sources));
  expect(await restatements()).toEqual([]);
  // In a month that is closed later, the person is counted under a name that nobody can make again.
  const cell = { period: '2025-05', areaId: null, alone: false, theme: null };
  const persons = addUp(await readSources(cell, null), cell).figures.distinctVolunteers;
  await close('2025-05');
  const closed = await readClosed('2025-05');
  expect(closed && addUp(closed.sources, cell).figures.distinctVolunteers).toBe(persons);
  expect(await readSalt(person)).toBeUndefined();
});

test('what was closed is put once: a run never writes an item again', async () => {
  await close(month);
  const run = (await readClosed(month))?.run;
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: process.env.CLOSED_TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `closed#${run}` },
    }),
  );
  expect(Items.map(({ sk }) => sk)).toEqual([
    ...['head', 'leaves#000000', 'present', 'sources#000000', 'versions#000000'],
  ]);
});
