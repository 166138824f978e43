import {
  later,
  monthsInYear,
  type Page,
  pageOf,
  sumsOf,
  themesInPage,
  themesInYear,
} from '../figures/documents.ts';
import { type DocumentKind, documentName, every } from '../figures/layout.ts';
import type { Measures } from '../figures/packing.ts';

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

const nameOf = ({ sk }: Item) => documentName(String(sk));

const isPage = (item: Item): boolean => nameOf(item).holds === 'page';

/** The pages among the items of a month. */
export const pagesIn = (items: readonly Item[]): readonly PlacedPage[] =>
  items.filter(isPage).map((item) => {
    const { kind, period, node } = nameOf(item);
    const page = pageOf({ pk: String(item.pk), sk: String(item.sk) }, item);
    return { kind, month: period, areaId: node, page };
  });

/**
 * Whether the items of a month were read while a document was being split: then children would be
 * missing, or there twice. All pages of a document name the same number of pages, and all are there.
 */
export const isTorn = (items: readonly Item[]): boolean => {
  const documents = new Map<string, number[]>();
  for (const { sk, of } of items.filter(isPage)) {
    const name = String(sk).replace(/\d+$/, '');
    documents.set(name, [...(documents.get(name) ?? []), of as number]);
  }
  return [...documents.values()].some((all) => all.some((pages) => pages !== all.length));
};

/** Collects what is said of each area. */
const createDocuments = () => {
  const areas = new Map<
    string,
    AreaDocuments & {
      asOf: string;
      counted: Measures;
      below: Measures;
      readonly themes: Map<string, Record<string, number>>;
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
      const { node, below } = nameOf(item);
      const { pk: _, sk: __, ...counts } = item;
      at(node)[below ? 'below' : 'counted'] = counts as Measures;
    },
    all: (): Documents => areas,
  };
};

/** The documents of a month or of a year, from its items. */
export const documentsIn = (items: readonly Item[]): Documents => {
  const documents = createDocuments();
  for (const item of items) {
    const { node, holds } = nameOf(item);
    if (holds === 'counts') documents.addCounts(item);
    else {
      const themes = holds === 'year' ? themesInYear(item) : themesInPage(item);
      documents.addSums(node, themes, String(item.asOf));
    }
  }
  return documents.all();
};

/** The sums of an area in a month (`yyyy-mm`) by theme, or of a part of its document. */
export interface MonthSums {
  readonly month: string;
  readonly areaId: string;
  readonly themes: ReadonlyMap<string, Measures>;
}

/** The sums by month in the items of a year. */
export const monthSumsIn = (items: readonly Item[]): readonly MonthSums[] =>
  items.flatMap((item) => {
    const { period, node, holds } = nameOf(item);
    return holds === 'year'
      ? [...monthsInYear(item)].map(([month, themes]) => ({
          month: `${period}-${month}`,
          areaId: node,
          themes,
        }))
      : [];
  });

/** The sums in the documents of one month. */
export const monthSumsOf = (month: string, documents: Documents): readonly MonthSums[] =>
  [...documents].map(([areaId, { themes }]) => ({ month, areaId, themes }));

/** An organisation or team whose part in the figures is asked for. */
export interface Unit {
  readonly organisationId: string | null;
  readonly teamId: string | null;
}

/**
 * The sums of an organisation or team by month, from the children of pages. Persons and partners are not
 * counted by organisation.
 */
export const monthSumsOfUnit = (
  pages: readonly PlacedPage[],
  { organisationId, teamId }: Unit,
): readonly (MonthSums & { readonly asOf: string })[] =>
  pages.map(({ month, areaId, page }) => {
    const own = [...page.children].filter(
      ([, child]) =>
        (organisationId === null || child.organisationId === organisationId) &&
        (teamId === null || child.teamId === teamId),
    );
    return { month, areaId, themes: sumsOf({ children: new Map(own) }), asOf: page.asOf };
  });

/** The documents that these sums make. */
export const documentsOfUnit = (sums: ReturnType<typeof monthSumsOfUnit>): Documents => {
  const documents = createDocuments();
  for (const { areaId, themes, asOf } of sums) documents.addSums(areaId, themes, asOf);
  return documents.all();
};

/** The areas of the documents, without the node above them all. */
export const areasIn = (documents: Documents): readonly string[] =>
  [...documents.keys()].filter((area) => area !== every);
