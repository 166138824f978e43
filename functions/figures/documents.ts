import type { Key } from './layout.ts';
import {
  type Measures,
  type Names,
  namesOf,
  numberOf,
  packMeasures,
  unpackMeasures,
} from './packing.ts';

/** The newest snapshot of what one sheet or activity contributes. */
export interface Child {
  /** The aggregate's version, or for an activity the revision of its item. */
  readonly version: number;
  readonly theme: string;
  readonly organisationId: string;
  readonly teamId: string | null;
  /** Only what counts: a measure that is missing has no line here. */
  readonly measures: Measures;
}

/** An item that is put on condition of its revision. 0: there is none yet. */
export interface Revised extends Key {
  readonly rev: number;
}

/** A page of a month's document: its children by their short keys. */
export interface Page extends Revised {
  /** The number of the document's pages. Page 0 is always read and says it. */
  readonly of: number;
  /** The revision at which a rebuild made the page. Whoever puts the page leaves it out. */
  readonly madeAt?: number;
  /** When the newest event behind the page was recorded; empty when there is none. */
  readonly asOf: string;
  readonly children: ReadonlyMap<string, Child>;
}

/** What the year's document keeps of a page: its revision and its sums by theme. */
export interface PageSums {
  readonly rev: number;
  readonly themes: ReadonlyMap<string, Measures>;
}

/** The year's document of an area: its pages' sums by `<mm>.<page>`. */
export interface YearDocument extends Revised {
  readonly asOf: string;
  readonly pages: ReadonlyMap<string, PageSums>;
}

/**
 * A page is split when what it holds is larger: a write unit pays for a kilobyte, and everybody who
 * writes in the page writes all of it.
 */
export const maxPageBytes = 4096;

/**
 * A document has at most this many pages, because a split writes all pages and the year in one
 * transaction of at most 100 actions. The pages of a document with 64 are not split any more: they
 * grow beyond `maxPageBytes`, which costs more and stays right. 64 pages of 4 KB hold some 5,000
 * sheets of one area in one month.
 */
export const maxPages = 64;

/** In which of a document's pages a child lies. The number of pages is a power of two. */
export const pageNumber = (short: string, pages: number): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < short.length; at += 1)
    hash = Math.imul(hash ^ short.charCodeAt(at), 0x01000193);
  // The lowest bits alone would depend on few of the characters.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % pages;
};

/** The size by which a page is split: about that which DynamoDB charges for. */
export const bytesOf = (page: Page): number =>
  Buffer.byteLength(JSON.stringify(pageItem(page)), 'utf8');

type Item = Readonly<Record<string, unknown>>;

const none = '';

/** The later of two times, as `asOf` says them: it only grows. */
export const later = (a: string, b: string): string => (a > b ? a : b);

const namesIn = (item: Item | undefined): Names => namesOf(item?.names as string[] | undefined);

const emptyPage = (key: Key, of = 1): Page => ({
  ...key,
  rev: 0,
  of,
  asOf: none,
  children: new Map(),
});

export const pageOf = (key: Key, item: Item | undefined): Page => {
  if (!item) return emptyPage(key);
  const names = namesIn(item);
  const children = Object.entries(item.c as Record<string, string>).map(([short, packed]) => {
    const [version, theme, organisation, team, ...measures] = packed.split(',');
    const child: Child = {
      version: Number(version),
      theme: names.all[Number(theme)] ?? '',
      organisationId: names.all[Number(organisation)] ?? '',
      teamId: team === '' ? null : (names.all[Number(team)] ?? null),
      measures: unpackMeasures(names, measures.join(',')),
    };
    return [short, child] as const;
  });
  return {
    ...key,
    rev: item.rev as number,
    of: item.of as number,
    ...(item.madeAt === undefined ? {} : { madeAt: item.madeAt as number }),
    asOf: item.asOf as string,
    children: new Map(children),
  };
};

/** The page as it is stored, with this revision. */
export const pageItem = (page: Page): Item => {
  const names = namesOf();
  const children = [...page.children].map(([short, child]) => {
    const { version, theme, organisationId, teamId, measures } = child;
    const head = [
      version,
      numberOf(names, theme),
      numberOf(names, organisationId),
      teamId === null ? '' : numberOf(names, teamId),
    ].join(',');
    const packed = packMeasures(names, measures);
    return [short, packed ? `${head},${packed}` : head] as const;
  });
  const { pk, sk, rev, of, asOf } = page;
  return { pk, sk, rev, of, asOf, c: Object.fromEntries(children), names: names.all };
};

/** The page as a rebuild makes it. */
export const madePageItem = (page: Page): Item => ({ ...pageItem(page), madeAt: page.rev });

/** Whether nobody has put the page since a rebuild made it. */
export const isAsMade = ({ madeAt, rev }: Page): boolean => madeAt === rev;

const addMeasures = (sums: Record<string, number>, measures: Measures): void => {
  for (const [name, value] of Object.entries(measures)) sums[name] = (sums[name] ?? 0) + value;
};

/** The sums of a page by theme. A theme without measures is left out. */
export const sumsOf = ({ children }: Pick<Page, 'children'>): ReadonlyMap<string, Measures> => {
  const themes = new Map<string, Record<string, number>>();
  for (const { theme, measures } of children.values()) {
    if (Object.keys(measures).length === 0) continue;
    const sums = themes.get(theme) ?? {};
    themes.set(theme, sums);
    addMeasures(sums, measures);
  }
  return themes;
};

export const yearOf = (key: Key, item: Item | undefined): YearDocument => {
  if (!item) return { ...key, rev: 0, asOf: none, pages: new Map() };
  const names = namesIn(item);
  const pages = Object.entries(item.c as Record<string, string>).map(([page, packed]) => {
    const [rev = '', ...themes] = packed.split(';');
    const sums = themes.map((each) => {
      const [theme = '', ...measures] = each.split(',');
      return [names.all[Number(theme)] ?? '', unpackMeasures(names, measures.join(','))] as const;
    });
    return [page, { rev: Number(rev), themes: new Map(sums) }] as const;
  });
  return {
    ...key,
    rev: item.rev as number,
    asOf: item.asOf as string,
    pages: new Map(pages),
  };
};

export const yearItem = ({ pk, sk, rev, asOf, pages }: YearDocument): Item => {
  const names = namesOf();
  const packed = [...pages].map(([page, { rev: pageRev, themes }]) => [
    page,
    [
      pageRev,
      ...[...themes].map(
        ([theme, measures]) => `${numberOf(names, theme)},${packMeasures(names, measures)}`,
      ),
    ].join(';'),
  ]);
  return { pk, sk, rev, asOf, c: Object.fromEntries(packed), names: names.all };
};

/** Adds packed measures to sums by the number of their name. @param from where the first pair begins */
const addPacked = (sums: number[], packed: string, from: number): void => {
  for (let at = from; at < packed.length; ) {
    const colon = packed.indexOf(':', at);
    const comma = packed.indexOf(',', colon);
    const end = comma < 0 ? packed.length : comma;
    const name = Number(packed.slice(at, colon));
    sums[name] = (sums[name] ?? 0) + Number(packed.slice(colon + 1, end));
    at = end + 1;
  }
};

/** Sums by theme, over packed measures of which each says its theme. */
const createThemes = () => {
  const themes = new Map<number, number[]>();
  const add = (theme: number, packed: string, from: number): void => {
    if (from >= packed.length) return;
    const sums = themes.get(theme) ?? [];
    themes.set(theme, sums);
    addPacked(sums, packed, from);
  };
  return {
    add,
    /** All themes of a page, as the year's document keeps them. */
    addAll: (page: string): void => {
      for (const each of page.split(';').slice(1)) {
        const comma = each.indexOf(',');
        add(Number(each.slice(0, comma)), each, comma + 1);
      }
    },
    all: (names: readonly string[]): ReadonlyMap<string, Measures> =>
      new Map(
        [...themes].map(([theme, sums]) => {
          // A name without a sum is a hole, which `forEach` leaves out.
          const measures: Record<string, number> = {};
          sums.forEach((sum, name) => {
            measures[names[name] ?? ''] = sum;
          });
          return [names[theme] ?? '', measures] as const;
        }),
      ),
  };
};

/**
 * The sums of a page by theme, from the item itself: `sumsOf(pageOf(…))` without a child for each
 * sheet, for readers who add up many pages.
 */
export const themesInPage = (item: Item): ReadonlyMap<string, Measures> => {
  const themes = createThemes();
  for (const packed of Object.values(item.c as Record<string, string>)) {
    // Version, theme, organisation, team, and then the measures.
    const first = packed.indexOf(',');
    const second = packed.indexOf(',', first + 1);
    const third = packed.indexOf(',', second + 1);
    const fourth = packed.indexOf(',', third + 1);
    const theme = Number(packed.slice(first + 1, second));
    themes.add(theme, packed, fourth < 0 ? packed.length : fourth + 1);
  }
  return themes.all(item.names as readonly string[]);
};

/** The sums of a year's document by month (`01` to `12`) and theme. */
export const monthsInYear = (item: Item): ReadonlyMap<string, ReadonlyMap<string, Measures>> => {
  const months = new Map<string, ReturnType<typeof createThemes>>();
  for (const [page, packed] of Object.entries(item.c as Record<string, string>)) {
    const month = page.slice(0, 2);
    const themes = months.get(month) ?? createThemes();
    months.set(month, themes);
    themes.addAll(packed);
  }
  const names = item.names as readonly string[];
  return new Map([...months].map(([month, themes]) => [month, themes.all(names)]));
};

/** The sums of a year's document by theme, over all its pages. */
export const themesInYear = (item: Item): ReadonlyMap<string, Measures> => {
  const themes = createThemes();
  for (const packed of Object.values(item.c as Record<string, string>)) themes.addAll(packed);
  return themes.all(item.names as readonly string[]);
};
