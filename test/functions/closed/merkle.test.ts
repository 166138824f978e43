import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../functions/closed/canonical-json.ts';
import {
  hashLeaf,
  leavesOfPage,
  pathOf,
  rootFrom,
  rootOf,
} from '../../../functions/closed/merkle.ts';
import { chunksOf } from '../../../functions/runtime/batches.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const hashOf = (data: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(0)).update(data).digest();

// The eight inputs and the roots of the reference implementation of Certificate Transparency.
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test('the roots are those of the reference implementation', () => {
  const hashes = inputs.map((input) => hashOf(bytes(input)));
  expect(roots.map((_, at) => hex(rootOf(hashes.slice(0, at + 1))))).toEqual(roots);
  expect(hex(rootOf([]))).toBe(hex(createHash('sha256').digest()));
});

/** Leaves are told apart by their keys, so no two are equal. */
const texts = fc.uniqueArray(fc.string(), { maxLength: 40 });

test('a path leads from each leaf to the root, and from no other leaf, place or number', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (all, n) => {
      fc.pre(all.length > 0);
      const index = n % all.length;
      const hashes = all.map(hashLeaf);
      const root = hex(rootOf(hashes));
      const path = pathOf(hashes, index);
      const from = (hash: Uint8Array, at: number, count: number) =>
        hex(rootFrom(hash, at, count, path));
      expect(from(hashes[index] as Buffer, index, all.length)).toBe(root);
      expect(from(hashLeaf(`${all[index]}!`), index, all.length)).not.toBe(root);
      if (all.length > 1)
        expect(from(hashes[index] as Buffer, index === 0 ? 1 : index - 1, all.length)).not.toBe(
          root,
        );
    }),
  );
});

test('full pages are subtrees: the root over their roots is that over all leaves', () => {
  for (const count of [1, 255, 256, 257, 511, 512, 513, 1025]) {
    const hashes = Array.from({ length: count }, (_, at) => hashLeaf(String(at)));
    const pages = chunksOf(hashes, leavesOfPage);
    expect(hex(rootOf(pages.map(rootOf)))).toBe(hex(rootOf(hashes)));
  }
});

test('any change of the leaves is another root: of one, one more, one less, two in another order', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.string(), (all, n, other) => {
      const at = all.length === 0 ? 0 : n % all.length;
      const root = (leaves: readonly string[]) => hex(rootOf(leaves.map(hashLeaf)));
      const before = root(all);
      expect(root(all.toSpliced(at, 0, other))).not.toBe(before);
      if (all.length === 0) return;
      expect(root(all.toSpliced(at, 1))).not.toBe(before);
      if (other !== all[at]) expect(root(all.with(at, other))).not.toBe(before);
    }),
  );
});

test('canonical JSON sorts names, and writes text as RFC 8785 does', () => {
  expect(canonicalJson({ b: [1, 'x'], a: { d: -2, c: '' }, A: 0 })).toBe(
    '{"A":0,"a":{"c":"","d":-2},"b":[1,"x"]}',
  );
  expect(canonicalJson('"\\\u0008\u000c\n\r\t\u000f\u2028é/')).toBe(
    '"\\"\\\\\\b\\f\\n\\r\\t\\u000f\u2028é/"',
  );
});

test.each([
  ['a fraction', 0.5],
  ['what a double does not hold', 2 ** 53],
  ['minus zero', -0],
  ['half a character', '\ud800'],
  ['a name that is not ASCII', { 名: 1 }],
])('canonical JSON refuses %s', (_, value) => {
  expect(() => canonicalJson(value)).toThrow();
});
