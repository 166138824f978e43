import '../environment.ts';

import { expect, test } from '@jest/globals';
import { pageOf } from '../../../functions/figures/documents.ts';
import { createStore } from '../memory-store.ts';
import { type Sent, schemasOf } from '../store-shapes.ts';
import { createDistrict, type District, entryOf, idOf } from './district.ts';
import { fold } from './fold.ts';
import { differences, shownBy } from './shown.ts';

const { apply } = await import('../../../functions/figures/apply.ts');
const { standardLimits } = await import('../../../functions/figures/store.ts');
const { dynamodb } = await import('../../../functions/runtime/dynamodb.ts');
const { sentOf } = await import('../store-shapes.ts');

/** Takes a district's events in, in batches of a hundred. @returns the items and the requests */
const takeIn = async ({ events }: District, limits = standardLimits) => {
  const store = createStore(schemasOf('ledger', 'views'));
  const requests: Sent[] = [];
  (dynamodb as unknown as { send: (command: object) => Promise<object> }).send = async (
    command,
  ) => {
    const sent = sentOf(command);
    requests.push(sent);
    return store.execute(sent);
  };
  for (let at = 0; at < events.length; at += 100)
    expect(await apply(events.slice(at, at + 100), 1, limits)).toEqual([]);
  return { views: store.all('views'), requests };
};

const activity = (district: District, n: number, partnerIds: readonly string[] = []): string => {
  const id = idOf('b', n);
  district.setActivity({
    id,
    month: '2025-03',
    areaId: 'a1',
    theme: 'LAUNCH',
    status: 'verified',
    partnerIds,
    measures: {},
  });
  return id;
};

const bytesOf = (item: object): number => JSON.stringify(item).length;

test('a sheet of 200 people needs no transaction of more than 100 actions', async () => {
  const district = createDistrict();
  const sheet = district.sheetOf(activity(district, 1), '2025-03-05');
  const people = Array.from({ length: 200 }, (_, n) => entryOf(idOf('c', n)));
  district.enter(sheet, people);
  district.enter(
    sheet,
    people.map((entry) => ({ ...entry, status: 'verified' })),
  );
  const { views, requests } = await takeIn(district);
  expect(differences(shownBy(views).figures, fold(district))).toEqual([]);
  const sizes = requests.flatMap(({ input }) =>
    input.TransactItems ? [(input.TransactItems as readonly unknown[]).length] : [],
  );
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  // Filled: 200 people with a year and its name, then their years and the counts.
  expect(sizes.length).toBeLessThan(12);
});

test.each([64, 2])('of many sheets in one month, in at most %d pages', async (pages) => {
  const district = createDistrict();
  for (let n = 1; n <= 600; n += 1)
    district.enter(district.sheetOf(activity(district, n), '2025-03-05'), [
      entryOf(idOf('c', n % 40), { status: 'verified' }),
    ]);
  const { views } = await takeIn(district, { ...standardLimits, pages });
  expect(differences(shownBy(views).figures, fold(district))).toEqual([]);
  const found = views.flatMap((item) => {
    const { pk, sk } = item as { readonly pk: string; readonly sk: string };
    return /^2025-03#a1#\d+$/.test(sk) ? [pageOf({ pk, sk }, item)] : [];
  });
  const children = found.reduce((sum, { children: { size } }) => sum + size, 0);
  expect(children).toBe(600);
  expect(found.every(({ of }) => of === found.length)).toBe(true);
  if (pages === 2) expect(found.length).toBe(2);
  else {
    expect(found.length).toBeGreaterThan(2);
    expect(Math.max(...views.map(bytesOf))).toBeLessThan(8192);
  }
});

test('a hundred activities of one partner in one batch do not overtake each other', async () => {
  const district = createDistrict();
  for (let n = 0; n < 100; n += 1) activity(district, n, [idOf('a', 1)]);
  const { views, requests } = await takeIn(district);
  expect(differences(shownBy(views).figures, fold(district))).toEqual([]);
  // An item of its own, which is noted as settled when the few that they share are written.
  expect(requests.length).toBeLessThan(400);
});
