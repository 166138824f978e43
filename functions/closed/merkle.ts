import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962: a leaf's hash begins with 0x00, a node's with 0x01, and a list is split at
 * the largest power of two below its length. So a leaf is no node, and lists of different lengths
 * have different trees.
 */
const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const leafPrefix = Buffer.of(0);
const nodePrefix = Buffer.of(1);

/** The hash of a leaf, from its text. */
export const hashLeaf = (leaf: string): Buffer => sha256(leafPrefix, Buffer.from(leaf, 'utf8'));

const hashNode = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodePrefix, left, right);

/** The largest power of two below a number of at least 2. */
const splitOf = (length: number): number => 2 ** Math.floor(Math.log2(length - 1));

/** The root over these hashes; of none, the hash of nothing. */
export const rootOf = (hashes: readonly Uint8Array[]): Buffer => {
  const [only] = hashes;
  if (!only) return sha256();
  if (hashes.length === 1) return Buffer.from(only);
  const split = splitOf(hashes.length);
  return hashNode(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
};

/** The hashes that lead from one of these to the root, the nearest first. */
export const pathOf = (hashes: readonly Uint8Array[], index: number): readonly Buffer[] => {
  if (hashes.length < 2) return [];
  const split = splitOf(hashes.length);
  return index < split
    ? [...pathOf(hashes.slice(0, split), index), rootOf(hashes.slice(split))]
    : [...pathOf(hashes.slice(split), index - split), rootOf(hashes.slice(0, split))];
};

/** The root to which a path leads from the hash at a place among so many. */
export const rootFrom = (
  hash: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Buffer => {
  if (count < 2) return Buffer.from(hash);
  const split = splitOf(count);
  const [last, rest] = [path.at(-1) ?? Buffer.alloc(0), path.slice(0, -1)];
  return index < split
    ? hashNode(rootFrom(hash, index, split, rest), last)
    : hashNode(last, rootFrom(hash, index - split, count - split, rest));
};

/** Leaves of a page: each full page is a whole subtree, because their number is a power of two. */
export const leavesOfPage = 256;
