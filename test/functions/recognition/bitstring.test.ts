import { decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { statusListLength } from '../../../events/recognition.ts';
import { encodedList } from '../../../functions/recognition/bitstring.ts';

const index = fc.integer({ min: 0, max: statusListLength - 1 });

test('what is set is read by a program of others, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(index, { maxLength: 30 }), index, async (set, other) => {
      const list = await decodeList({ encodedList: encodedList(set) });
      expect(list.length).toBe(statusListLength);
      for (const each of set) expect(list.getStatus(each)).toBe(true);
      expect(list.getStatus(other)).toBe(set.includes(other));
    }),
    { numRuns: 30, examples: [[[0, 7, 8, statusListLength - 1], 1]] },
  );
});
