/**
 * Where the figures lie in the Views. Every figure is a sum of lines, and a line is the newest
 * snapshot of what one aggregate contributes; the lines lie in documents.
 *
 * `totals#<y>`         `<month>#<area>#<n>`    page n of the month's document: sheets
 *                      `<month>#<area>#a<n>`   page n of the month's document: activities
 *                      `<month>#<node>#p`      persons and partners counted in the area itself
 *                      `<month>#<node>+#p`     what an area counts too often in the areas below it
 * `totals#<y>#year`    `<y>#<area>#y`          the year's document: the sums of each page of sheets
 *                      `<y>#<area>#ya`         the same for activities
 *                      `<y>#<node>#p`, `+#p`   as in a month
 * `present#<id>`       `<y>`                   a person's year: their entries
 * `present#!<id>`      `<month>`               a partner's month: the activities it took part in
 *                      `<y>`                   its year: the areas and themes of each month
 * `persons#<y>`        `<keyed id>`            names each person who has a year
 * `person#<id>`        `id`                    who a record is counted as, and its registration
 * `formed#<team>`      `id`                    a team's formation
 * `running`            `<area>`                new, joined and left by month, of persons and of teams
 * `activity#<id>`      `a`                     an activity's snapshot, its sheets, its former places
 *
 * The nine invariants that keep the figures exact:
 *
 * 1. A child has one place for ever (a sheet), or its owner lists all places it ever had (an activity).
 * 2. A child's version only grows. A page's `rev` grows with every put. The year's child carries it.
 * 3. What is derived from an item and written elsewhere carries that item's `rev`, or is written with
 *    a check of it.
 * 4. Additions stand only in a transaction that puts, on `rev`, the item they are the difference of.
 * 5. Before and after of a difference are worked out with the same hierarchy and the same group; both
 *    are stored, or fixed for the year.
 * 6. Whoever reads an item, or its absence, to decide a count checks it in the transaction.
 * 7. Keys hold whole ids and whole dates. A child lies in exactly one page.
 * 8. Done is what all steps said; an event is acknowledged last.
 * 9. Whether an activity was held is read from the document's child, never from the event. A change
 *    of it checks the page's `rev`.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A key in one text: `<pk>|<sk>`. */
export const keyName = ({ pk, sk }: Key): string => `${pk}|${sk}`;

/** What an item says, or an absent one. */
export type Parse<Parsed> = (
  key: Key,
  item: Readonly<Record<string, unknown>> | undefined,
) => Parsed;

/** What the items of these ids say, by id. @param items by the names of their keys */
export const parsedBy = <Parsed>(
  ids: readonly string[],
  keyOf: (id: string) => Key,
  parse: Parse<Parsed>,
  items: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): ReadonlyMap<string, Parsed> =>
  new Map(
    ids.map((id) => {
      const key = keyOf(id);
      return [id, parse(key, items.get(keyName(key)))];
    }),
  );

/** All areas, or all themes. No area or theme has this name. */
export const every = '*';

export const yearPartition = (year: string): string => `totals#${year}#year`;
export const monthPartition = (year: string): string => `totals#${year}`;
/** The partition of a period's documents: `yyyy-mm` or `yyyy`. */
export const partitionOf = (period: string): string =>
  period.length === 4 ? yearPartition(period) : monthPartition(period.slice(0, 4));

/** Sheets and activities have pages of their own: an activity's outputs can be long. */
export type DocumentKind = 'sheets' | 'activities';

export const pageKey = (kind: DocumentKind, month: string, areaId: string, page: number): Key => ({
  pk: partitionOf(month),
  sk: `${month}#${areaId}#${kind === 'sheets' ? '' : 'a'}${page}`,
});

export const yearKey = (kind: DocumentKind, year: string, areaId: string): Key => ({
  pk: yearPartition(year),
  sk: `${year}#${areaId}#${kind === 'sheets' ? 'y' : 'ya'}`,
});

/** Persons and partners counted at a node in a period; `below` for what counts too often below it. */
export const countsKey = (period: string, node: string, below: boolean): Key => ({
  pk: partitionOf(period),
  sk: `${period}#${node}${below ? '+' : ''}#p`,
});

/** What the sort key of one of these items says. */
export interface DocumentName {
  /** `yyyy-mm` or `yyyy` */
  readonly period: string;
  readonly node: string;
  /** Of counts: of what the node counts too often below it. */
  readonly below: boolean;
  readonly holds: 'page' | 'year' | 'counts';
  readonly kind: DocumentKind;
  /** The number of the page. */
  readonly page: number;
}

export const documentName = (sk: string): DocumentName => {
  const [period = '', node = '', rest = ''] = sk.split('#');
  return {
    period,
    node: node.replace('+', ''),
    below: node.endsWith('+'),
    holds: rest === 'p' ? 'counts' : rest.startsWith('y') ? 'year' : 'page',
    kind: rest.includes('a') ? 'activities' : 'sheets',
    page: Number(/\d+$/.exec(rest)?.[0] ?? 0),
  };
};

/** The name of a month's page in the year's document: `10.0`. */
export const pageInYear = (month: string, page: number): string => `${month.slice(5)}.${page}`;

export const personYearKey = (volunteerId: string, year: string): Key => ({
  pk: `present#${volunteerId}`,
  sk: year,
});
const partnerPartition = (organisationId: string): string => `present#!${organisationId}`;
export const partnerMonthKey = (organisationId: string, month: string): Key => ({
  pk: partnerPartition(organisationId),
  sk: month,
});
export const partnerYearKey = (organisationId: string, year: string): Key => ({
  pk: partnerPartition(organisationId),
  sk: year,
});
/** The partition that names everybody who has a year. */
export const personsPartition = (year: string): string => `persons#${year}`;
export const identityKey = (volunteerId: string): Key => ({
  pk: `person#${volunteerId}`,
  sk: 'id',
});
/** The list of the identities of those who are or were registered in an area, in a hidden order. */
export const registeredList = (areaId: string): string => `registered#${areaId}`;
export const formationKey = (teamId: string): Key => ({ pk: `formed#${teamId}`, sk: 'id' });
export const runningPartition = 'running';
export const runningKey = (areaId: string): Key => ({ pk: runningPartition, sk: areaId });
export const activityKey = (activityId: string): Key => ({ pk: `activity#${activityId}`, sk: 'a' });

/** A sheet's id is its activity, its service day and its number: `<uuid>~<yyyy-mm-dd>~<n>`. */
export const activityOfSheet = (sheetId: string): string => sheetId.split('~')[0] ?? '';
export const dateOfSheet = (sheetId: string): string => sheetId.split('~')[1] ?? '';
