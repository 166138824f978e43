import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uuid } from '../../../events/envelope.ts';
import { volunteerIdOf } from '../../../functions/ledger/actor.ts';
import { fingerprint, idIn } from '../../../functions/runtime/ids.ts';

type Parts = [string, string, ...string[]];
const parts = fc
  .tuple(fc.string(), fc.string(), fc.array(fc.string(), { maxLength: 3 }))
  .map(([district, kind, rest]): Parts => [district, kind, ...rest]);

test('ids in the ledger stay what they are', () => {
  // A change here would give everybody a second self: these are stored.
  const id = '9a40eb09-e0f0-89ea-9d4a-e85f4457971a';
  expect(idIn('demo', 'volunteer', 'subject-1')).toBe(id);
  expect(volunteerIdOf('demo', 'subject-1')).toBe(id);
});

test('a derived id is a UUID of version 8, and the same each time', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const id = idIn(...given);
      expect(uuid.safeParse(id).success).toBe(true);
      expect(id).toMatch(/^.{14}8.{4}[89ab]/);
      expect(idIn(...given)).toBe(id);
    }),
  );
});

const pairs: readonly [Parts, Parts][] = [
  [
    ['demo', 'ab', 'c'],
    ['demo', 'a', 'bc'],
  ],
  [
    ['demo', 'ab'],
    ['demo', 'a', 'b'],
  ],
  [
    ['demo', 'a'],
    ['demo', 'a', ''],
  ],
  [
    ['demo', 'a","b'],
    ['demo', 'a', 'b'],
  ],
  [
    ['demo', 'test'],
    ['test', 'demo'],
  ],
];
test.each(pairs)('%j and %j are different things', (one, other) => {
  expect(idIn(...one)).not.toBe(idIn(...other));
  expect(fingerprint(...one)).not.toBe(fingerprint(...other));
});

test('different parts have different ids and fingerprints', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      expect(idIn(...one)).not.toBe(idIn(...other));
      expect(fingerprint(...one)).not.toBe(fingerprint(...other));
    }),
  );
});

test('two districts give different ids to what is otherwise the same', () => {
  fc.assert(
    fc.property(parts, fc.string(), ([district, kind, ...rest], other) => {
      fc.pre(district !== other);
      expect(idIn(district, kind, ...rest)).not.toBe(idIn(other, kind, ...rest));
    }),
  );
});
