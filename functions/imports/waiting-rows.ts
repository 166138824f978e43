import type { RowFlag } from '../../events/imports.ts';
import type { RecordKey } from '../people/envelope.ts';
import { putSealed, readSealed } from '../people/people.ts';
import { chunkName } from '../views/keys.ts';
import type { Listed } from './compare-people.ts';

/** A sealed row of a list that waits to be registered. `row` is its number. */
export interface WaitingRow extends Listed {
  readonly row: number;
  readonly volunteerId: string;
  /**
   * For a person whom an earlier row of the list has: the number of that row, which is the one to
   * register and whose data are above, and the data of this row.
   */
  readonly repeats?: { readonly row: number; readonly own: Listed };
  /** Flags by the other rows of the list. */
  readonly flags?: readonly RowFlag[];
}

/** Rows of a chunk. Each row has at most 8 KB of text, of two people, and an item may have 400 KB. */
export const chunkRows = 50;
/** Days that rows wait at most. They are destroyed when they are registered. */
const waitDays = 7;

export const chunkKey = (rowsId: string, number: number): RecordKey => ({
  pk: `import#${rowsId}`,
  sk: chunkName(number),
});

/** @param at epoch milliseconds */
export const putChunk = (
  rowsId: string,
  number: number,
  rows: readonly WaitingRow[],
  at: number,
): Promise<void> =>
  putSealed(
    chunkKey(rowsId, number),
    { rows },
    { expiresAt: Math.floor(at / 1000) + waitDays * 86_400 },
  );

/** @throws Error when the rows waited too long or never existed */
export const readChunk = async (rowsId: string, number: number): Promise<readonly WaitingRow[]> => {
  const record = await readSealed(chunkKey(rowsId, number));
  if (!record) throw new Error('the rows of this chunk are gone');
  return record.fields.rows as readonly WaitingRow[];
};
