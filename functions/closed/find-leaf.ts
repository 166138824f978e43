import { keyOf, leafOf } from './leaves.ts';
import { hashLeaf, leavesOfPage, pathOf } from './merkle.ts';
import { readHead, readLeaves } from './store.ts';

/** A leaf, and where it lies among all leaves of its period. */
export interface FoundLeaf {
  readonly text: string;
  readonly index: number;
  readonly page: number;
}

/** The leaf with a key; undefined when there is none. Reads one page. */
export const findLeaf = async (run: string, key: string): Promise<FoundLeaf | undefined> => {
  const { pages } = await readHead(run);
  const page = pages.findLastIndex(({ first }) => first <= key);
  if (page < 0) return undefined;
  const texts = await readLeaves(run, page);
  const at = texts.findIndex((text) => keyOf(leafOf(text)) === key);
  const text = texts[at];
  return text === undefined ? undefined : { text, index: page * leavesOfPage + at, page };
};

/** The inclusion proof of a leaf: what leads from its hash to the root, the nearest first, in hex. */
export const proofOf = async (
  run: string,
  { index, page }: Pick<FoundLeaf, 'index' | 'page'>,
): Promise<readonly string[]> => {
  const { pages } = await readHead(run);
  const hashes = (await readLeaves(run, page)).map(hashLeaf);
  const roots = pages.map(({ root }) => Buffer.from(root, 'hex'));
  return [...pathOf(hashes, index % leavesOfPage), ...pathOf(roots, page)].map((hash) =>
    hash.toString('hex'),
  );
};
