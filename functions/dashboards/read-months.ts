import type { Measures } from '../figures/packing.ts';
import { monthsOf } from '../runtime/calendar.ts';
import { addUp, type Cell } from '../totals/add-up.ts';
import { readDocuments } from '../totals/read-documents.ts';
import { onlyArea, treeFor } from '../totals/sources.ts';

/**
 * The figures of each month of a year's cell that come from sheets and activities, for the columns of its page.
 * A query for each month, all at once.
 */
export const readMonths = async (
  cell: Cell,
): Promise<readonly { readonly month: string; readonly figures: Measures }[]> => {
  const tree = await treeFor(cell);
  const areaId = onlyArea(tree, cell);
  return Promise.all(
    monthsOf(cell.period).map(async (month) => {
      const { documents } = await readDocuments(month, areaId);
      const sources = { documents, running: new Map(), tree };
      return { month, figures: addUp(sources, { ...cell, period: month }).figures };
    }),
  );
};
