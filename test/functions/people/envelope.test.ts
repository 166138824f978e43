import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Binding, open, seal } from '../../../functions/people/envelope.ts';

const key = randomBytes(32);
const binding: Binding = { district: 'd', pk: 'person#1', sk: 'person', attribute: 'name' };

test('whatever JSON is sealed opens again, and only with its key', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (given) => {
      const value = JSON.parse(JSON.stringify(given));
      const sealed = seal(key, binding, value);
      expect(open(key, binding, sealed)).toEqual(value);
      expect(() => open(randomBytes(32), binding, sealed)).toThrow();
    }),
    { numRuns: 50 },
  );
});

test('the same value never looks the same, and is longer by 28 bytes', () => {
  const [a, b] = [seal(key, binding, '雷锋'), seal(key, binding, '雷锋')];
  expect(a.equals(b)).toBe(false);
  expect(a.subarray(0, 12).equals(b.subarray(0, 12))).toBe(false);
  expect(a).toHaveLength(Buffer.byteLength('"雷锋"') + 28);
  expect(a.includes('雷锋')).toBe(false);
});

test.each<[string, Partial<Binding>]>([
  ['another district', { district: 'e' }],
  ['another person', { pk: 'person#2' }],
  ['another kind of record', { sk: 'pending' }],
  ['another attribute', { attribute: 'phone' }],
  ['parts that only join to the same', { pk: 'person#1","person', sk: '' }],
])('does not open in the place of %s', (_, other) => {
  const sealed = seal(key, binding, '雷锋');
  expect(() => open(key, { ...binding, ...other }, sealed)).toThrow();
});

describe('does not open', () => {
  const sealed = seal(key, binding, '雷锋');

  test('with any one bit changed', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(key, binding, changed)).toThrow();
    }
  });

  test('cut off, however much of it is left', () => {
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => open(key, binding, sealed.subarray(0, length))).toThrow();
    expect(() => open(key, binding, Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow();
  });
});
