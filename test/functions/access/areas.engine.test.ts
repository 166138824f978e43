import '../../support/tables.ts';

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { areasAbove, covers } from '../../../functions/access/areas.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, must } from '../../support/town.ts';

const define = (id: string, kind: string, parentId: string | null) =>
  must('organisations', {
    route: 'PUT /areas/{id}',
    params: { id },
    body: { kind, name: id, parentId },
    token: admin,
  });

beforeEach(async () => {
  await freshTables();
  await define('demo', 'district', null);
  await define('hongqi', 'subdistrict', 'demo');
  await define('xinhua', 'subdistrict', 'demo');
  await define('hongqi-01', 'community', 'hongqi');
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** How many reads something takes. */
const readsOf = async (act: () => Promise<unknown>): Promise<number> => {
  const send = jest.spyOn(dynamodb, 'send');
  await act();
  const reads = send.mock.calls.filter(([command]) => command instanceof QueryCommand).length;
  send.mockRestore();
  return reads;
};

test.each([
  ['hongqi-01', ['hongqi', 'demo']],
  ['hongqi', ['demo']],
  ['demo', []],
  ['nowhere', []],
])('%s lies in %j', async (areaId, expected) => {
  expect(await areasAbove(areaId, 2025)).toEqual(expected);
});

test.each<[readonly string[], string, boolean]>([
  [['hongqi-01'], 'hongqi-01', true],
  [['xinhua', 'hongqi'], 'hongqi-01', true],
  [['demo'], 'hongqi-01', true],
  [['hongqi-01'], 'hongqi', false],
  [['xinhua'], 'hongqi-01', false],
  [['demo'], 'nowhere', false],
  [[], 'hongqi-01', false],
])('%j covers %s: %s', async (areaIds, areaId, expected) => {
  expect(await covers(areaIds, areaId, 2025)).toBe(expected);
});

test('two reads, then none for a while', async () => {
  jest.spyOn(performance, 'now').mockReturnValue(performance.now());
  expect(await readsOf(() => areasAbove('hongqi-01', 2025))).toBe(2);
  expect(await readsOf(() => areasAbove('hongqi-01', 2025))).toBe(0);
  expect(await readsOf(() => covers(['demo'], 'hongqi-01', 2025))).toBe(0);
});

test('an area named itself, or no area at all, is not read', async () => {
  expect(await readsOf(() => covers(['hongqi-01'], 'hongqi-01', 2025))).toBe(0);
  expect(await readsOf(() => covers([], 'hongqi-01', 2025))).toBe(0);
});

test('a move is seen after half a minute, for the years from the next one on', async () => {
  const start = performance.now();
  const clock = jest.spyOn(performance, 'now').mockReturnValue(start);
  expect(await covers(['xinhua'], 'hongqi-01', 2026)).toBe(false);
  await define('hongqi-01', 'community', 'xinhua');
  clock.mockReturnValue(start + 29_999);
  expect(await covers(['xinhua'], 'hongqi-01', 2026)).toBe(false);
  clock.mockReturnValue(start + 30_000);
  expect(await covers(['xinhua'], 'hongqi-01', 2026)).toBe(true);
  expect(await covers(['hongqi'], 'hongqi-01', 2026)).toBe(false);
  expect(await covers(['hongqi'], 'hongqi-01', 2025)).toBe(true);
  expect(await areasAbove('hongqi-01', 2025)).toEqual(['hongqi', 'demo']);
  expect(await areasAbove('hongqi-01', 2026)).toEqual(['xinhua', 'demo']);
});

test('what is not there yet is not remembered as missing', async () => {
  expect(await areasAbove('xinhua-01', 2025)).toEqual([]);
  await define('xinhua-01', 'community', 'xinhua');
  expect(await areasAbove('xinhua-01', 2025)).toEqual(['xinhua', 'demo']);
});
