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
import { type DocumentKind, pageKey, yearKey } from './layout.ts';
import { Overtaken, type Store, untilWritten } from './store.ts';

/** A month's document of an area. */
export interface DocumentName {
  readonly kind: DocumentKind;
  /** `yyyy-mm` */
  readonly month: string;
  readonly areaId: string;
}

/** A child, and when the event behind it was recorded. */
export interface DatedChild {
  readonly child: Child;
  readonly asOf: string;
}

interface Loaded {
  /** The number of the document's pages. */
  readonly of: number;
  /** By number: those in which the children lie. */
  readonly pages: ReadonlyMap<number, Page>;
  readonly year: YearDocument;
}

/**
 * The number of pages of documents that have several, as they were last seen here. It only saves a
 * reading: every page says the number itself, and a page that has changed since is not written over.
 */
const lastSeen = new Map<string, number>();

const hintName = ({ generation }: Store, { kind, month, areaId }: DocumentName): string =>
  [viewsTable(), generation, kind, month, areaId].join('#');

const readPage = async (store: Store, { kind, month, areaId }: DocumentName, number: number) => {
  const key = pageKey(kind, month, areaId, number);
  return pageOf(key, await store.read(key));
};

const readYear = async (store: Store, { kind, month, areaId }: DocumentName) => {
  const key = yearKey(kind, month.slice(0, 4), areaId);
  return yearOf(key, await store.read(key));
};

/** The number of pages only grows, and doubles, so it is known after a few looks. */
const maxLooks = 5;

const load = async (
  store: Store,
  document: DocumentName,
  shorts: readonly string[],
  looks = 1,
): Promise<Loaded> => {
  const name = hintName(store, document);
  const of = lastSeen.get(name) ?? 1;
  const numbers = [...new Set(shorts.map((short) => pageNumber(short, of)))];
  const [year, pages] = await Promise.all([
    readYear(store, document),
    Promise.all(numbers.map((number) => readPage(store, document, number))),
  ]);
  // After a split there are all pages, also empty ones. So a page that is missing is the first one.
  const said = pages.map((page) => (page.rev === 0 ? 1 : page.of)).find((number) => number !== of);
  if (said === undefined)
    return { of, pages: new Map(numbers.map((number, at) => [number, pages[at] as Page])), year };
  if (looks === maxLooks)
    throw new Overtaken(`the pages of ${name} say different numbers of pages`);
  lastSeen.set(name, said);
  return load(store, document, shorts, looks + 1);
};

/**
 * The year with the sums of these pages. A page that the year knows at the same or a later revision
 * is left out: pages and year are not read at one moment, and the year may be the newer one.
 */
const stamped = (
  year: YearDocument,
  month: string,
  pages: ReadonlyMap<number, Page>,
): YearDocument | undefined => {
  const newer = [...pages].flatMap(([number, page]) => {
    const name = `${month.slice(5)}.${number}`;
    return page.rev > (year.pages.get(name)?.rev ?? 0)
      ? [[name, { rev: page.rev, themes: sumsOf(page) }] as const]
      : [];
  });
  if (newer.length === 0) return undefined;
  const asOf = [...pages.values()].map((page) => page.asOf).reduce(later, year.asOf);
  return { ...year, asOf, pages: new Map([...year.pages, ...newer]) };
};

/**
 * Doubles the number of pages. All pages and the year are put in one transaction: a writer that knows
 * the old number fails on the revision of the page it would write, or because that page is there now.
 */
const split = async (store: Store, document: DocumentName, of: number): Promise<void> => {
  const { kind, month, areaId } = document;
  const numbers = Array.from({ length: of }, (_, number) => number);
  const [year, old] = await Promise.all([
    readYear(store, document),
    Promise.all(numbers.map((number) => readPage(store, document, number))),
  ]);
  if (old.some((page) => page.rev > 0 && page.of !== of))
    throw new Overtaken('the document was split meanwhile');
  const children = old.flatMap((page) => [...page.children]);
  const asOf = old.map((page) => page.asOf).reduce(later, '');
  const pages = Array.from({ length: of * 2 }, (_, number): Page => {
    const own = children.filter(([short]) => pageNumber(short, of * 2) === number);
    const rev = old[number]?.rev ?? 0;
    return {
      ...pageKey(kind, month, areaId, number),
      rev,
      of: of * 2,
      asOf,
      children: new Map(own),
    };
  });
  const after = new Map(pages.map((page, number) => [number, { ...page, rev: page.rev + 1 }]));
  await store.transact([
    ...pages.map((page) => store.put(pageItem(page))),
    store.put(yearItem(stamped(year, month, after) ?? year)),
  ]);
};

/** The pages that change, because their children are older or missing. */
const changedBy = (
  { of, pages }: Loaded,
  children: ReadonlyMap<string, DatedChild>,
): ReadonlyMap<number, Page> => {
  const changed = new Map<number, Page & { readonly children: Map<string, Child> }>();
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

const write = async (
  store: Store,
  document: DocumentName,
  children: ReadonlyMap<string, DatedChild>,
): Promise<ReadonlyMap<string, Page>> => {
  const loaded = await load(store, document, [...children.keys()]);
  const { of, year } = loaded;
  const changed = changedBy(loaded, children);
  const { pageBytes, pages: maxPages } = store.limits;
  if (of < maxPages && [...changed.values()].some((page) => bytesOf(page) > pageBytes)) {
    await split(store, document, of);
    return write(store, document, children);
  }
  await allOf([...changed.values()].map((page) => store.save(pageItem(page))));
  const after = new Map(loaded.pages);
  for (const [number, page] of changed) after.set(number, { ...page, rev: page.rev + 1 });
  // Also when no page changed here: whoever put it may have stopped before the year.
  const newYear = stamped(year, document.month, after);
  if (newYear) await store.save(yearItem(newYear));
  return new Map(
    [...children.keys()].map((short) => [short, after.get(pageNumber(short, of)) as Page]),
  );
};

/** The page in which a child lies. */
export const pageWith = async (
  store: Store,
  document: DocumentName,
  short: string,
): Promise<Page> => {
  const { of, pages } = await load(store, document, [short]);
  return pages.get(pageNumber(short, of)) as Page;
};

/**
 * Puts children into a month's document, and the sums of their pages into the year's.
 * @param children by their short keys
 * @returns the page in which each child lies now, at the revision it has now
 */
export const putChildren = (
  store: Store,
  document: DocumentName,
  children: ReadonlyMap<string, DatedChild>,
): Promise<ReadonlyMap<string, Page>> => untilWritten(() => write(store, document, children));
