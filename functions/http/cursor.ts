import { Problem } from '../refusals/problem.ts';
import { fingerprint } from '../runtime/ids.ts';

/**
 * A cursor names its list by a hash and a position in it, so that it is good for that list only. Whoever
 * gets it can read the position, which says nothing that the list does not show.
 */
export const encodeCursor = (list: readonly string[], position: string): string =>
  Buffer.from(`${fingerprint(...list)}.${position}`).toString('base64url');

/**
 * @param shape what a position of the list looks like
 * @throws Problem `invalid-cursor` when the cursor is of another list, or none
 */
export const decodeCursor = (
  list: readonly string[],
  cursor: string,
  shape = /^[\w.~+-]{1,200}$/,
): string => {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [name, position] = [text.slice(0, 22), text.slice(23)];
  if (name !== fingerprint(...list) || text[22] !== '.' || !shape.test(position))
    throw new Problem('invalid-cursor');
  // Decoding ignores characters outside the alphabet.
  if (encodeCursor(list, position) !== cursor) throw new Problem('invalid-cursor');
  return position;
};

/**
 * A page of a list that is read by position, as an answer shows it.
 * @param read gives the items after a position, and the position of the last one; null at the end
 * @throws Problem `invalid-cursor`
 */
export const pageAfter = async <Item>(
  list: readonly string[],
  cursor: string | undefined,
  read: (
    after: string | undefined,
  ) => Promise<{ readonly items: Item[]; readonly last: string | null }>,
): Promise<{ readonly items: Item[]; readonly next: string | null }> => {
  const { items, last } = await read(
    cursor === undefined ? undefined : decodeCursor(list, cursor, /^[\x21-\x7e]{1,300}$/),
  );
  return { items, next: last === null ? null : encodeCursor(list, last) };
};
