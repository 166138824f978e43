import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uuid } from '../../../events/envelope.ts';
import { derivedId, fingerprint } from '../../../functions/runtime/ids.ts';

const parts = fc.array(fc.string(), { minLength: 1, maxLength: 4 });

test('ids in the ledger stay what they are', () => {
  // A change here would give everybody a second self: these are stored.
  expect(derivedId('volunteer', 'demo', 'subject-1')).toBe('9a40eb09-e0f0-89ea-9d4a-e85f4457971a');
});

test('a derived id is a UUID of version 8, and the same each time', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const id = derivedId(...given);
      expect(uuid.safeParse(id).success).toBe(true);
      expect(id).toMatch(/^.{14}8.{4}[89ab]/);
      expect(derivedId(...given)).toBe(id);
    }),
  );
});

test.each([
  [
    ['ab', 'c'],
    ['a', 'bc'],
  ],
  [['ab'], ['a', 'b']],
  [['a'], ['a', '']],
  [['a","b'], ['a', 'b']],
])('%j and %j are different things', (one, other) => {
  expect(derivedId(...one)).not.toBe(derivedId(...other));
  expect(fingerprint(...one)).not.toBe(fingerprint(...other));
});

test('different parts have different ids and fingerprints', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      expect(derivedId(...one)).not.toBe(derivedId(...other));
      expect(fingerprint(...one)).not.toBe(fingerprint(...other));
    }),
  );
});
