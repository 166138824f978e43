import { partitionOf } from '../figures/layout.ts';
import { Problem } from '../refusals/problem.ts';
import { monthsOf } from '../runtime/calendar.ts';
import { itemsOf } from '../views/views.ts';
import {
  type Documents,
  documentsIn,
  documentsOfUnit,
  isTorn,
  type MonthSums,
  monthSumsIn,
  monthSumsOf,
  monthSumsOfUnit,
  type PlacedPage,
  pagesIn,
  type Unit,
} from './documents.ts';

/** All items of a period, or of one area alone. Counts below an area are not among those of the area. */
const itemsIn = (period: string, areaId: string | null, consistent: boolean) =>
  itemsOf(partitionOf(period), {
    prefix: areaId === null ? `${period}#` : `${period}#${areaId}#`,
    consistent,
  });

/** A document is split now and then; no two splits come within a few reads. */
const attempts = 4;

/** The items of a month, read again while a document is being split. */
const itemsOfMonth = async (month: string, areaId: string | null) => {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const items = await itemsIn(month, areaId, attempt > 1);
    if (!isTorn(items)) return items;
  }
  throw new Problem('unavailable');
};

/** The documents of a period, and the sums of its months by theme, which few readers ask for. */
export interface ReadDocuments {
  readonly documents: Documents;
  readonly monthSums: () => readonly MonthSums[];
}

/**
 * The documents of a month or year, by one query, of all areas or of one alone. What it reads grows
 * with sheets and activities of the month, or with areas and themes of the year, never with entries.
 * @throws Problem `unavailable` when a document is being split all the time
 */
export const readDocuments = async (
  period: string,
  areaId: string | null,
): Promise<ReadDocuments> => {
  if (period.length === 4) {
    const items = await itemsIn(period, areaId, false);
    return { documents: documentsIn(items), monthSums: () => monthSumsIn(items) };
  }
  const documents = documentsIn(await itemsOfMonth(period, areaId));
  return { documents, monthSums: () => monthSumsOf(period, documents) };
};

/**
 * The pages of a month or of a year's months, of all areas or one alone. The months of a year are read
 * at the same time.
 * @throws Problem `unavailable` when a document is being split all the time
 */
export const readPages = async (
  period: string,
  areaId: string | null,
): Promise<readonly PlacedPage[]> => {
  const months = period.length === 4 ? monthsOf(period) : [period];
  const all = await Promise.all(months.map((month) => itemsOfMonth(month, areaId)));
  return all.flatMap(pagesIn);
};

/** The documents of an organisation or team: a year's from the pages of its months. */
export const readDocumentsOfUnit = async (
  period: string,
  areaId: string | null,
  unit: Unit,
): Promise<ReadDocuments> => {
  const sums = monthSumsOfUnit(await readPages(period, areaId), unit);
  return { documents: documentsOfUnit(sums), monthSums: () => sums };
};
