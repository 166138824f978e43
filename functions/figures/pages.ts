import { allOf } from '../runtime/batches.ts';
import { viewsTable } from '../runtime/settings.ts';
import {
  bytesOf,
  type Child,
  later,
  type Page,
  pageItem,
  pageNumber,
  pageOf,
  sumsOf,
  type YearDocument,
  yearItem,
  yearOf,
} from './documents.ts';
import { type DocumentKind, pageInYear, pageKey, yearKey } from './layout.ts';
import { Overtaken, type Store, untilWritten } from './store.ts';

/** The documents of an area in a year: one for each month, and the year's own. */
export interface DocumentsName {
  readonly kind: DocumentKind;
  readonly year: string;
  readonly areaId: string;
}

/** A month's document of an area. */
export interface MonthsName extends Pick<DocumentsName, 'kind' | 'areaId'> {
  /** `yyyy-mm` */
  readonly month: string;
}

/** A child, and when the event behind it was recorded. */
export interface DatedChild {
  readonly child: Child;
  readonly asOf: string;
}

/** Children by month (`yyyy-mm`) and short key. */
export type Children = ReadonlyMap<string, ReadonlyMap<string, DatedChild>>;

interface LoadedMonth {
  readonly month: string;
  /** The number of the document's pages. */
  readonly of: number;
  /** By number: those in which the children lie. */
  readonly pages: ReadonlyMap<number, Page>;
}

/**
 * The number of pages of documents that have several, as they were last seen here. It only saves a
 * reading: every page says the number itself, and a page that has changed since is not written over.
 */
const lastSeen = new Map<string, number>();

const readPage = async (
  store: Store,
  { kind, areaId }: Pick<DocumentsName, 'kind' | 'areaId'>,
  month: string,
  number: number,
): Promise<Page> => {
  const key = pageKey(kind, month, areaId, number);
  return pageOf(key, await store.read(key));
};

const readYear = async (
  store: Store,
  { kind, year, areaId }: DocumentsName,
): Promise<YearDocument> => {
  const key = yearKey(kind, year, areaId);
  return yearOf(key, await store.read(key));
};

/** The number of pages only grows, and doubles, so it is known after a few looks. */
const maxLooks = 5;

const loadMonth = async (
  store: Store,
  documents: Pick<DocumentsName, 'kind' | 'areaId'>,
  month: string,
  shorts: readonly string[],
  looks = 1,
): Promise<LoadedMonth> => {
  const { kind, areaId } = documents;
  const name = [viewsTable(), store.generation, kind, month, areaId].join('#');
  const of = lastSeen.get(name) ?? 1;
  const numbers = [...new Set(shorts.map((short) => pageNumber(short, of)))];
  const pages = await Promise.all(
    numbers.map((number) => readPage(store, documents, month, number)),
  );
  // After a split there are all pages, also empty ones. So a page that is missing is the first one.
  const said = pages.map((page) => (page.rev === 0 ? 1 : page.of)).find((number) => number !== of);
  if (said === undefined)
    return { month, of, pages: new Map(numbers.map((number, at) => [number, pages[at] as Page])) };
  if (looks === maxLooks)
    throw new Overtaken(`the pages of ${name} say different numbers of pages`);
  lastSeen.set(name, said);
  return loadMonth(store, documents, month, shorts, looks + 1);
};

/**
 * The year with the sums of these pages. A page that the year knows at the same or a later revision
 * is left out: pages and year are not read at one moment, and the year may be the newer one.
 */
const stamped = (
  year: YearDocument,
  months: readonly Pick<LoadedMonth, 'month' | 'pages'>[],
): YearDocument | undefined => {
  const pages = months.flatMap(({ month, pages: own }) =>
    [...own].map(([number, page]) => ({ name: pageInYear(month, number), page })),
  );
  const newer = pages.filter(({ name, page }) => page.rev > (year.pages.get(name)?.rev ?? 0));
  if (newer.length === 0) return undefined;
  const sums = newer.map(
    ({ name, page }) => [name, { rev: page.rev, themes: sumsOf(page) }] as const,
  );
  const asOf = newer.map(({ page }) => page.asOf).reduce(later, year.asOf);
  return { ...year, asOf, pages: new Map([...year.pages, ...sums]) };
};

const written = (page: Page): Page => ({ ...page, rev: page.rev + 1 });

/**
 * Doubles the number of a month's pages. All pages and the year are put in one transaction: a writer
 * that knows the old number fails on the revision of the page it would write, or because that page is
 * there now.
 */
const split = async (
  store: Store,
  documents: DocumentsName,
  { month, of }: LoadedMonth,
): Promise<void> => {
  const { kind, areaId } = documents;
  const numbers = Array.from({ length: of }, (_, number) => number);
  const [year, old] = await Promise.all([
    readYear(store, documents),
    Promise.all(numbers.map((number) => readPage(store, documents, month, number))),
  ]);
  if (old.some((page) => page.rev > 0 && page.of !== of))
    throw new Overtaken('the document was split meanwhile');
  const children = old.flatMap((page) => [...page.children]);
  const asOf = old.map((page) => page.asOf).reduce(later, '');
  const pages = Array.from({ length: of * 2 }, (_, number): Page => {
    const own = children.filter(([short]) => pageNumber(short, of * 2) === number);
    const key = pageKey(kind, month, areaId, number);
    return { ...key, rev: old[number]?.rev ?? 0, of: of * 2, asOf, children: new Map(own) };
  });
  const after = new Map(pages.map((page, number) => [number, written(page)]));
  await store.transact([
    ...pages.map((page) => store.put(pageItem(page))),
    store.put(yearItem(stamped(year, [{ month, pages: after }]) ?? year)),
  ]);
};

/** The pages that change, because their children are older or missing. */
const changedBy = (
  { of, pages }: LoadedMonth,
  children: ReadonlyMap<string, DatedChild>,
): ReadonlyMap<number, Page> => {
  const changed = new Map<number, Page>();
  for (const [short, { child, asOf }] of children) {
    const number = pageNumber(short, of);
    const page = changed.get(number) ?? (pages.get(number) as Page);
    // A child's version only grows.
    if (child.version <= (page.children.get(short)?.version ?? 0)) continue;
    const own = new Map(page.children).set(short, child);
    changed.set(number, { ...page, asOf: later(page.asOf, asOf), children: own });
  }
  return changed;
};

/** Each of the twelve months is split six times at most: from one page to 64. */
const maxSplits = 72;

const write = async (
  store: Store,
  documents: DocumentsName,
  children: Children,
  splits = 0,
): Promise<ReadonlyMap<string, Page>> => {
  const [year, loaded] = await Promise.all([
    readYear(store, documents),
    Promise.all(
      [...children].map(([month, own]) => loadMonth(store, documents, month, [...own.keys()])),
    ),
  ]);
  const months = loaded.map((each) => ({
    ...each,
    changed: changedBy(each, children.get(each.month) ?? new Map()),
  }));
  const { pageBytes, pages: maxPages } = store.limits;
  const tooLarge = months.find(
    ({ of, changed }) =>
      of < maxPages && [...changed.values()].some((page) => bytesOf(page) > pageBytes),
  );
  if (tooLarge) {
    if (splits === maxSplits) throw new Error('the documents are split again and again');
    await split(store, documents, tooLarge);
    return write(store, documents, children, splits + 1);
  }
  await allOf(
    months.flatMap(({ changed }) =>
      [...changed.values()].map((page) => store.save(pageItem(page))),
    ),
  );
  const after = months.map(({ changed, pages, ...each }) => ({
    ...each,
    pages: new Map(
      [...pages].map(([number, page]) => {
        const put = changed.get(number);
        return [number, put ? written(put) : page] as const;
      }),
    ),
  }));
  // Also when no page changed here: whoever put it may have stopped before the year.
  const newYear = stamped(year, after);
  if (newYear) await store.save(yearItem(newYear));
  return new Map(
    after.flatMap(({ month, of, pages }) =>
      [...(children.get(month)?.keys() ?? [])].map(
        (short) => [short, pages.get(pageNumber(short, of)) as Page] as const,
      ),
    ),
  );
};

/** The page of a month's document in which a child lies. */
export const pageWith = async (
  store: Store,
  { month, ...documents }: MonthsName,
  short: string,
): Promise<Page> => {
  const { of, pages } = await loadMonth(store, documents, month, [short]);
  return pages.get(pageNumber(short, of)) as Page;
};

/**
 * Puts children into the documents of their months, and then the sums of those pages into the year's.
 * @returns the page in which each sheet's child lies now, by short key, at the revision it has now
 */
export const putChildren = (
  store: Store,
  documents: DocumentsName,
  children: Children,
): Promise<ReadonlyMap<string, Page>> => untilWritten(() => write(store, documents, children));
