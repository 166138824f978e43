import { expect, test } from '@jest/globals';
import { compareMade } from './rebuilt.ts';

test('what is made from whole streams is, item by item, what the projector makes event by event', async () => {
  let items = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const made = await compareMade(seed);
    expect({ seed, differences: made.differences }).toEqual({ seed, differences: [] });
    items += made.items;
  }
  expect(items).toBeGreaterThan(1000);
});
