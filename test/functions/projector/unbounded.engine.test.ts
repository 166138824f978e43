import '../../support/tables.ts';

import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { readDashboard } from '../../../functions/dashboards/read-dashboard.ts';
import { transactionChunksOf } from '../../../functions/figures/engine.ts';
import { verify } from '../../../functions/participation/decider.ts';
import { projectEvent } from '../../../functions/projector/project-event.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { itemSize } from '../../support/item-size.ts';
import { allViews, deliver } from '../../support/projecting.ts';
import { eventOf, hours, idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

/** docs/decisions/0008: what must not grow with the number of entries, or not as fast. */

beforeEach(freshTables);
afterEach(() => {
  jest.restoreAllMocks();
});

/** Verified entries of 40 volunteers in 4 cells. */
const entry = (n: number) =>
  eventOf(
    verify(
      {
        ...hours,
        areaId: `area-${n % 2}`,
        theme: n % 4 < 2 ? 'FREE_CLINIC' : 'LEGAL_SERVICE',
        volunteerId: idOf('c', n % 40),
        activityId: idOf('b', n % 4),
      },
      'v',
    ),
    { id: idOf('d', n), version: 2 },
  );
const logged = (n: number, areas = 4) =>
  eventOf(
    { type: 'HoursLogged', data: { hours: { ...hours, areaId: `area-${n % areas}` } } },
    { id: idOf('d', n) },
  );
const from = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);

/** Bytes of each item that is not a line, and how many items there are. */
const others = async () => {
  const items = (await allViews()).filter(({ row }) => row === undefined);
  const sizes = items.map((item) => itemSize(marshall(item)));
  return { items: items.length, attributes: items.map((item) => Object.keys(item).length), sizes };
};

test('twenty-five times the entries make no item larger, but for its digits, and no more of them', async () => {
  await deliver(from(0, 40).map(entry));
  const few = await others();
  for (let at = 40; at < 1000; at += 100) await deliver(from(at, 100).map(entry));
  const many = await others();
  expect(many.items).toBe(few.items);
  expect(many.attributes.sort()).toEqual(few.attributes.sort());
  expect(Math.max(...many.sizes)).toBeLessThanOrEqual(Math.max(...few.sizes) + 10);
  expect(Math.max(...many.sizes)).toBeLessThan(1024);
});

/** How often each item is written while these events are taken in, in batches of a hundred. */
const writesOf = async (events: readonly ReturnType<typeof logged>[]) => {
  const writes = new Map<string, number>();
  const send = dynamodb.send.bind(dynamodb) as (command: object) => Promise<unknown>;
  jest.spyOn(dynamodb as unknown as { send: typeof send }, 'send').mockImplementation((command) => {
    const { TransactItems = [] } = (
      command as { input: { TransactItems?: readonly { Update?: { Key: object } }[] } }
    ).input;
    for (const { Update } of TransactItems)
      if (Update) {
        const id = JSON.stringify(Update.Key);
        writes.set(id, (writes.get(id) ?? 0) + 1);
      }
    return send(command);
  });
  for (let at = 0; at < events.length; at += 100) await deliver(events.slice(at, at + 100));
  return writes;
};

test('a verified entry is a line of one unit, and so is its entry in each index', async () => {
  const subjects = { organiser: idOf('a', 1), verifier: idOf('a', 2) };
  const entered = {
    ...hours,
    areaId: 'hongqi-01',
    theme: 'VOLUNTEER_RECRUITMENT',
    origin: 'self-declared' as const,
    enteredBy: [subjects.organiser],
  };
  await deliver([eventOf(verify(entered, subjects.verifier), { id: idOf('d', 1), version: 2 })]);
  const [line] = (await allViews()).filter(({ row }) => row !== undefined);
  expect(itemSize(marshall(line))).toBeLessThan(1024);
});

test('a cell is written once or twice a batch, however many entries of the batch are in it', async () => {
  const writes = await writesOf(from(0, 1000).map((n) => logged(n)));
  // Four areas, a cell of the month and one of the year each.
  expect(writes.size).toBe(8);
  const total = [...writes.values()].reduce((a, b) => a + b, 0);
  // Ten batches of eight cells; a batch is more than a transaction, so two cells may be in two.
  expect(total).toBeLessThanOrEqual(100);
  expect(Math.max(...writes.values())).toBeLessThanOrEqual(20);
});

test('entries of as many cells as there are entries come to one write of each of their two cells', async () => {
  const writes = await writesOf(from(0, 200).map((n) => logged(n, 200)));
  expect([...writes.values()]).toEqual(Array.from({ length: 400 }, () => 1));
});

test('a slice is no more than a transaction takes, and the fewest there can be', () => {
  const projected = (events: readonly Parameters<typeof projectEvent>[0][]) =>
    transactionChunksOf(events.flatMap((event) => projectEvent(event) ?? []));
  const sizes = (events: readonly Parameters<typeof projectEvent>[0][]) =>
    projected(events).map((slice) => slice.length);
  expect(sizes(from(0, 100).map((n) => logged(n, 1)))).toEqual([88, 12]);
  expect(sizes(from(0, 100).map((n) => logged(n, 100)))).toEqual([30, 30, 30, 10]);
  // A line and two presences each, in four cells of the month, four of the year, for 4 activities.
  expect(sizes(from(0, 40).map(entry))[0]).toBeGreaterThanOrEqual(25);
});

test('what a dashboard reads grows with its cells, not with its entries', async () => {
  await deliver(from(0, 40).map(entry));
  const send = jest.spyOn(dynamodb, 'send');
  /** How many items each query reads; which generation it is of is asked now and then. */
  const readItems = async () => {
    send.mockClear();
    await readDashboard({ period: '2025', areaId: null, theme: null });
    const answers = (await Promise.all(send.mock.results.map(({ value }) => value))) as {
      Items?: readonly unknown[];
    }[];
    return answers.flatMap(({ Items }) => (Items ? [Items.length] : [])).sort();
  };
  const few = await readItems();
  // The year, and who and what is registered.
  expect(few).toHaveLength(2);
  for (let at = 40; at < 1000; at += 100) await deliver(from(at, 100).map(entry));
  expect(await readItems()).toEqual(few);
});
