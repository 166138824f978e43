import {
  bytesOf,
  later,
  madePageItem,
  type Page,
  type PageSums,
  pageNumber,
  sumsOf,
  yearItem,
} from '../figures/documents.ts';
import { type DocumentKind, pageInYear, pageKey, yearKey } from '../figures/layout.ts';
import type { DatedChild } from '../figures/pages.ts';
import type { Limits } from '../figures/store.ts';
import { type Planned, planned } from './made.ts';

/** Children by the place of their document, `<yyyy-mm>#<area>`, and by their short keys. */
export type Documents = ReadonlyMap<string, ReadonlyMap<string, DatedChild>>;

/** The fewest pages of which none is too large. Without splits from earlier times, there may be fewer. */
const pagesOf = (
  kind: DocumentKind,
  [month, areaId]: readonly [string, string],
  children: ReadonlyMap<string, DatedChild>,
  { pageBytes, pages: maxPages }: Limits,
): readonly Page[] => {
  const asOf = [...children.values()].map((each) => each.asOf).reduce(later, '');
  for (let of = 1; ; of *= 2) {
    const pages = Array.from({ length: of }, (_, number): Page => {
      const own = [...children].filter(([short]) => pageNumber(short, of) === number);
      return {
        ...pageKey(kind, month, areaId, number),
        rev: 1,
        of,
        asOf,
        children: new Map(own.map(([short, { child }]) => [short, child])),
      };
    });
    if (of >= maxPages || pages.every((page) => bytesOf(page) <= pageBytes)) return pages;
  }
};

/** The pages of all documents of a kind, and the years' documents made from these pages. */
export const itemsOfDocuments = (
  kind: DocumentKind,
  documents: Documents,
  limits: Limits,
): readonly Planned[] => {
  const items: Planned[] = [];
  const years = new Map<string, { asOf: string; readonly pages: Map<string, PageSums> }>();
  for (const [place, children] of documents) {
    const [month = '', areaId = ''] = place.split('#');
    const name = `${month.slice(0, 4)}#${areaId}`;
    const year = years.get(name) ?? { asOf: '', pages: new Map() };
    years.set(name, year);
    for (const [number, page] of pagesOf(kind, [month, areaId], children, limits).entries()) {
      items.push(planned(page, madePageItem));
      year.pages.set(pageInYear(month, number), { rev: page.rev, themes: sumsOf(page) });
      year.asOf = later(year.asOf, page.asOf);
    }
  }
  for (const [name, { asOf, pages }] of years) {
    const [year = '', areaId = ''] = name.split('#');
    items.push(planned({ ...yearKey(kind, year, areaId), rev: 1, asOf, pages }, yearItem));
  }
  return items;
};
