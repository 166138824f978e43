import '../../support/tables.ts';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { compareNight } from '../../../functions/projector/compare-night.ts';
import { reconcile } from '../../../functions/projector/reconcile.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { append, season } from '../../support/generations.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);
afterEach(() => {
  jest.restoreAllMocks();
});

/** The same activities and sheets, some years earlier; the people are the same. */
const before = (years: number): readonly DomainEvent[] =>
  season().flatMap((event) => {
    if (!['activity', 'sheet'].includes(event.aggregate.type)) return [];
    const earlier = JSON.stringify(event)
      .replaceAll('"2025-', `"${2025 - years}-`)
      .replaceAll('~2025-', `~${2025 - years}-`)
      .replaceAll('"2024-', `"${2024 - years}-`)
      .replaceAll('~2024-', `~${2024 - years}-`)
      .replaceAll('0000000b00', `0000000b${String(years).padStart(2, '0')}`);
    return [JSON.parse(earlier) as DomainEvent];
  });

/** Items that a night reads, without those of the Ledger, of which it reads a fixed number. */
const readInNight = async (): Promise<number> => {
  const send = dynamodb.send.bind(dynamodb) as (command: object) => Promise<object>;
  let read = 0;
  jest.spyOn(dynamodb, 'send').mockImplementation((async (command: object) => {
    const answer = (await send(command)) as {
      readonly Items?: readonly object[];
      readonly Item?: object;
      readonly Responses?: Readonly<Record<string, readonly object[]>>;
    };
    read += answer.Items?.length ?? (answer.Item ? 1 : 0);
    read += Object.values(answer.Responses ?? {}).flat().length;
    return answer;
  }) as never);
  expect((await compareNight(1, { budget: 0, waitMs: 1 })).drift).toEqual([]);
  jest.restoreAllMocks();
  return read;
};

test('at ten years a night reads at most twice as much as at one, and comes to every year', async () => {
  await append(season());
  await deliver(season());
  const young = await readInNight();
  for (let years = 2; years <= 18; years += 2) {
    await append(before(years));
    await deliver(before(years));
  }
  expect(await reconcile(1, 1)).toEqual([]);
  const reads: number[] = [];
  const years = new Set<string>();
  for (let night = 1; night <= 20; night += 1) {
    reads.push(await readInNight());
    years.add((await compareNight(1, { budget: 0, waitMs: 1 })).circle.year);
  }
  expect(young).toBeGreaterThan(50);
  expect(Math.max(...reads)).toBeLessThanOrEqual(2 * young);
  expect(years.size).toBeGreaterThan(8);
});
