import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hiddenOrder } from '../../../functions/figures/line-order.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const month = '2025-10#distinctVolunteers';
const sorted = (orderKey: Uint8Array, ids: readonly string[], partition = month) =>
  [...ids].sort((one, other) =>
    hiddenOrder(orderKey, partition, one) < hiddenOrder(orderKey, partition, other) ? -1 : 1,
  );

test('what lines are selected by stays, and no id', () => {
  fc.assert(
    fc.property(key, fc.uuid(), (orderKey, id) => {
      expect(hiddenOrder(orderKey, month, `hongqi-01#FREE_CLINIC#${id}`)).toMatch(
        /^hongqi-01#FREE_CLINIC#[\w-]{22}$/,
      );
      expect(hiddenOrder(orderKey, month, `hongqi-01##${id}`)).toMatch(/^hongqi-01##[\w-]{22}$/);
      expect(hiddenOrder(orderKey, month, id)).toMatch(/^[\w-]{22}$/);
    }),
  );
});

test('the order depends on the key and on the period, and no two ids share a place', () => {
  // Thirty ids are in the same order twice by chance once in 30! times.
  const ids = fc.uniqueArray(fc.uuid(), { minLength: 30, maxLength: 60 });
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { minLength: 2, maxLength: 2, selector: String }),
      ids,
      (keys, all) => {
        const [one, other] = keys as [Uint8Array, Uint8Array];
        const order = sorted(one, all);
        expect(order).not.toEqual([...all].sort());
        expect(order).not.toEqual(sorted(other, all));
        expect(order).not.toEqual(sorted(one, all, '2025-11#distinctVolunteers'));
        expect(sorted(one, [...all].reverse())).toEqual(order);
        expect(new Set(all.map((id) => hiddenOrder(one, month, id))).size).toBe(all.length);
      },
    ),
  );
});
