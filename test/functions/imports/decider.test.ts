import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstChunks, lanes, nextChunk } from '../../../functions/imports/decider.ts';

test('every chunk of a list is begun once, a few side by side', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (chunks) => {
      const begun: number[] = [];
      const waiting = [...firstChunks({ chunks })];
      expect(waiting.length).toBeLessThanOrEqual(lanes);
      for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
        begun.push(number);
        const next = nextChunk({ number, chunks });
        if (next !== undefined) waiting.push(next);
      }
      expect(begun.sort((a, b) => a - b)).toEqual(
        Array.from({ length: chunks }, (_, at) => at + 1),
      );
    }),
  );
});
