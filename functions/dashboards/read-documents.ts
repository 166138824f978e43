import {
  later,
  type Page,
  pageOf,
  sumsOf,
  type YearDocument,
  yearOf,
} from '../figures/documents.ts';
import { type DocumentKind, every, partitionOf } from '../figures/layout.ts';
import type { Measures } from '../figures/packing.ts';
import { Problem } from '../refusals/problem.ts';
import { monthsOf } from '../runtime/calendar.ts';
import { itemsOf } from '../views/views.ts';

type Item = Readonly<Record<string, unknown>>;

/** What the documents of a period hold of one area, or at `*` of all of them. */
export interface AreaDocuments {
  /** When the newest event in the documents was recorded; empty when there is none. */
  readonly asOf: string;
  /** The sums by theme. */
  readonly themes: ReadonlyMap<string, Measures>;
  /** Persons and partners in the area itself, by attribute: see `addCounts`. */
  readonly counted: Measures;
  /** What the area counts too often in itself and the areas below it. */
  readonly below: Measures;
}
export type Documents = ReadonlyMap<string, AreaDocuments>;

/** A page of a month's document, and whose it is. */
export interface PlacedPage {
  readonly kind: DocumentKind;
  readonly month: string;
  readonly areaId: string;
  readonly page: Page;
}

/** The parts of a sort key: `2025-10#hongqi#a3`, `2025-10#hongqi+#p`, `2025#hongqi#ya`. */
const partsOf = ({ pk, sk }: Item) => {
  const key = { pk: String(pk), sk: String(sk) };
  const [period = '', node = '', rest = ''] = key.sk.split('#');
  return { key, period, node: node.replace('+', ''), below: node.endsWith('+'), rest };
};

const isCounts = (item: Item): boolean => String(item.sk).endsWith('#p');

const countsIn = ({ pk: _, sk: __, ...counts }: Item): Measures => counts as Measures;

/** All items of a period, or of one area alone. Counts below an area are not among those of the area. */
const itemsIn = (period: string, areaId: string | null, consistent: boolean) =>
  itemsOf(partitionOf(period), {
    prefix: areaId === null ? `${period}#` : `${period}#${areaId}#`,
    consistent,
  });

const placedPage = (item: Item): PlacedPage => {
  const { key, period, node, rest } = partsOf(item);
  const kind = rest.startsWith('a') ? 'activities' : 'sheets';
  return { kind, month: period, areaId: node, page: pageOf(key, item) };
};

/**
 * Whether the pages were read while a document was being split: then children would be missing, or
 * there twice. All pages of a document name the same number of pages, and all of them are there.
 */
const isTorn = (pages: readonly PlacedPage[]): boolean => {
  const documents = new Map<string, Page[]>();
  for (const { kind, areaId, page } of pages) {
    const name = `${kind}#${areaId}`;
    documents.set(name, [...(documents.get(name) ?? []), page]);
  }
  return [...documents.values()].some((all) => all.some(({ of }) => of !== all.length));
};

/** A document is split now and then; no two splits come within a few reads. */
const attempts = 4;

const readMonth = async (month: string, areaId: string | null) => {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const items = await itemsIn(month, areaId, attempt > 1);
    const pages = items.filter((item) => !isCounts(item)).map(placedPage);
    if (!isTorn(pages)) return { pages, counts: items.filter(isCounts) };
  }
  throw new Problem('unavailable');
};

/**
 * The pages of a month or of a year's months, of all areas or one alone. A month is one query; the
 * months of a year are read at the same time.
 * @throws Problem `unavailable` when a document is being split all the time
 */
export const readPages = async (
  period: string,
  areaId: string | null,
): Promise<readonly PlacedPage[]> => {
  const months = period.length === 4 ? monthsOf(period) : [period];
  const all = await Promise.all(months.map((month) => readMonth(month, areaId)));
  return all.flatMap(({ pages }) => pages);
};

/** Collects what is said of each area. */
const createDocuments = () => {
  const areas = new Map<
    string,
    {
      asOf: string;
      themes: Map<string, Record<string, number>>;
      counted: Measures;
      below: Measures;
    }
  >();
  const at = (areaId: string) => {
    const area = areas.get(areaId) ?? { asOf: '', themes: new Map(), counted: {}, below: {} };
    areas.set(areaId, area);
    return area;
  };
  return {
    addSums: (areaId: string, sums: ReadonlyMap<string, Measures>, asOf: string): void => {
      const area = at(areaId);
      area.asOf = later(area.asOf, asOf);
      for (const [theme, measures] of sums) {
        const known = area.themes.get(theme) ?? {};
        area.themes.set(theme, known);
        for (const [name, value] of Object.entries(measures))
          known[name] = (known[name] ?? 0) + value;
      }
    },
    addCounts: (item: Item): void => {
      const { node, below } = partsOf(item);
      at(node)[below ? 'below' : 'counted'] = countsIn(item);
    },
    all: (): Documents => areas,
  };
};

const addYear = (
  documents: ReturnType<typeof createDocuments>,
  areaId: string,
  { pages, asOf }: YearDocument,
): void => {
  for (const { themes } of pages.values()) documents.addSums(areaId, themes, asOf);
};

/**
 * The documents of a month or year, by one query, of all areas or of one alone. What it reads grows
 * with sheets and activities of the month, or with areas and themes of the year, never with entries.
 */
export const readDocuments = async (period: string, areaId: string | null): Promise<Documents> => {
  const documents = createDocuments();
  if (period.length === 4) {
    for (const item of await itemsIn(period, areaId, false)) {
      const { key, node } = partsOf(item);
      if (isCounts(item)) documents.addCounts(item);
      else addYear(documents, node, yearOf(key, item));
    }
    return documents.all();
  }
  const { pages, counts } = await readMonth(period, areaId);
  for (const { areaId: node, page } of pages) documents.addSums(node, sumsOf(page), page.asOf);
  for (const item of counts) documents.addCounts(item);
  return documents.all();
};

/** An organisation or team whose part in the figures is asked for. */
export interface Unit {
  readonly organisationId: string | null;
  readonly teamId: string | null;
}

/** Whether a child is of the unit. */
export const isOf =
  ({ organisationId, teamId }: Unit) =>
  (child: { readonly organisationId: string; readonly teamId: string | null }): boolean =>
    (organisationId === null || child.organisationId === organisationId) &&
    (teamId === null || child.teamId === teamId);

/**
 * The sums of an organisation or team, from the children of all pages of the period. Persons and
 * partners are not counted by organisation.
 */
export const readDocumentsOfUnit = async (
  period: string,
  areaId: string | null,
  unit: Unit,
): Promise<Documents> => {
  const documents = createDocuments();
  const isOfUnit = isOf(unit);
  for (const { areaId: node, page } of await readPages(period, areaId)) {
    const own = [...page.children].filter(([, child]) => isOfUnit(child));
    documents.addSums(node, sumsOf({ children: new Map(own) }), page.asOf);
  }
  return documents.all();
};

/** The areas of the documents, without the node above them all. */
export const areasIn = (documents: Documents): readonly string[] =>
  [...documents.keys()].filter((area) => area !== every);
