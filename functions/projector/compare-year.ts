import type { Sums } from '../../events/sheet-sums.ts';
import { activityChild, nameOfSheet, placeName } from '../figures/activity-item.ts';
import { anybodyOn } from '../figures/children.ts';
import { addCounts, createAdditions } from '../figures/counts.ts';
import { type Page, pageNumber, sumsOf } from '../figures/documents.ts';
import { dateOfSheet, documentName, keyName, pageInYear, yearKey } from '../figures/layout.ts';
import { longId, longSheet, type Measures, shortId, shortSheet } from '../figures/packing.ts';
import { withMonths } from '../figures/partner-year.ts';
import { groupOf } from '../figures/person-items.ts';
import { flaggedDaysOf, type KeptEntry, presencesByPerson } from '../figures/person-year.ts';
import { dayNumber, yearOf } from '../runtime/calendar.ts';
import { sumOfOrigin } from '../sheets/sheet.ts';
import type { YearContents } from './year-contents.ts';

/** Two items that contradict each other, or an item and the Ledger. It contains ids and numbers only. */
export interface Difference {
  /** The item's key as `<pk>|<sk>`, or `<type>#<id>`. */
  readonly item: string;
  readonly found: string;
  /** The law that is broken, where one is. */
  readonly law?: string;
}

type Report = (item: string, found: string) => void;

/** Numbers in one order of names, without zeros. */
export const told = (numbers: Measures | ReadonlyMap<string, number> | undefined): string =>
  JSON.stringify(
    [...(numbers instanceof Map ? numbers : Object.entries(numbers ?? {}))]
      .filter(([, value]) => value !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const isOfSheets = ({ sk }: Page): boolean => documentName(sk).kind === 'sheets';
/** Where the page's document is, without the page's number. */
const documentOf = (page: Page): string => keyName(page).replace(/\d+$/, '');
const numberOf = ({ sk }: Page): number => documentName(sk).page;
/** The month and the area of a page's document: `2025-10#hongqi-01`. */
const placeOf = ({ sk }: Page): string => {
  const { period, node } = documentName(sk);
  return placeName(period, node);
};

/** All pages of a document are there and say the same number, and each child lies in its page. */
const comparePages = ({ pages }: YearContents, report: Report): void => {
  for (const [name, all] of Map.groupBy(pages, documentOf)) {
    const of = all[0]?.of ?? 0;
    const numbers = all.map(numberOf).sort((a, b) => a - b);
    if (all.some((page) => page.of !== of) || numbers.join() !== [...Array(of).keys()].join())
      report(name, `has the pages ${numbers} of ${all.map((page) => page.of)}`);
    for (const page of all)
      for (const short of page.children.keys())
        if (pageNumber(short, page.of) !== numberOf(page))
          report(keyName(page), `holds a child of another page: ${short}`);
  }
};

/** A year's document holds the sums of its pages, at their revisions. */
const compareYears = ({ year, pages, yearDocuments }: YearContents, report: Report): void => {
  const wanted = new Map<string, string>();
  const sumsTold = (rev: number, themes: ReadonlyMap<string, Measures>): string =>
    JSON.stringify([rev, [...themes].map(([theme, sums]) => `${theme} ${told(sums)}`).sort()]);
  for (const page of pages) {
    const { kind, period, node, page: number } = documentName(page.sk);
    const name = `${keyName(yearKey(kind, year, node))} ${pageInYear(period, number)}`;
    wanted.set(name, sumsTold(page.rev, sumsOf(page)));
  }
  for (const { pk, sk, pages: own } of yearDocuments)
    for (const [page, { rev, themes }] of own) {
      const name = `${keyName({ pk, sk })} ${page}`;
      const [is, should] = [sumsTold(rev, themes), wanted.get(name)];
      if (is !== should) report(name, `is ${is}, and its page ${should ?? 'is missing'}`);
      wanted.delete(name);
    }
  for (const [name, should] of wanted) report(name, `is missing, and its page is ${should}`);
};

/** Counts are those of the persons and partners. */
const compareCounts = ({ counts, persons, partners }: YearContents, report: Report): void => {
  const additions = createAdditions();
  for (const presences of presencesByPerson(persons)) addCounts(additions, 'V', presences, 1);
  for (const partner of partners.values()) addCounts(additions, 'P', partner.year.presences, 1);
  const wanted = new Map(additions.all().map(({ key, by }) => [keyName(key), by]));
  for (const item of new Set([...wanted.keys(), ...counts.keys()])) {
    const [is, should] = [told(counts.get(item)), told(wanted.get(item))];
    if (is !== should) report(item, `is ${is}, and should be ${should}`);
  }
};

/** What persons' years do not keep: who is a Party member, and what was changed after it was verified. */
const notInYears: ReadonlySet<string> = new Set([
  'partyMemberParticipations',
  'correctedEntries',
  'correctedMinutes',
  'withdrawn',
  'unassessed',
  'unassessedOnDuty',
] satisfies (keyof Sums)[]);

/** What sheets of version 1 do not say of their participations. */
const notInVersion1: ReadonlySet<string> = new Set(
  ['late', ...Object.values(sumOfOrigin)].flatMap((name) => name ?? []),
);

/** Those of a sheet's measures that its entries in persons' years come to. */
const comparable = (measures: Measures, isVersion1: boolean): Measures =>
  Object.fromEntries(
    Object.entries(measures).filter(
      ([name]) => !notInYears.has(name) && !(isVersion1 && notInVersion1.has(name)),
    ),
  );

/** What the entries of a sheet of this day come to. */
const measuresOf = (serviceDate: string, entries: readonly KeptEntry[]): Measures => {
  const sums: Record<string, number> = {};
  const add = (name: string, value: number): void => {
    sums[name] = (sums[name] ?? 0) + value;
  };
  for (const { status, onDuty, creditedMinutes, objectedOn, origin, flags } of entries) {
    if (objectedOn !== null) add('objected', 1);
    if (status === 'pending') {
      add('waiting', 1);
      add('pendingMinutes', creditedMinutes);
      add('waitingSince', dayNumber(serviceDate, yearOf(serviceDate)));
    }
    if (status !== 'verified') continue;
    add(onDuty ? 'onDutyParticipations' : 'participations', 1);
    if (onDuty) continue;
    add('creditedMinutes', creditedMinutes);
    if (flags.includes('late')) add('late', 1);
    const byOrigin = sumOfOrigin[origin];
    if (byOrigin) add(byOrigin, 1);
  }
  return sums;
};

/** Every sheet is the sum of its persons' entries, where these say that it is. */
const compareSheets = ({ year, pages, persons }: YearContents, report: Report): void => {
  const all = [...persons.values()].flatMap(({ entries: own }) => [...own]);
  const entries = Map.groupBy(all, ([sheetId, { areaId }]) => {
    const place = placeName(dateOfSheet(sheetId).slice(0, 7), areaId);
    return `${place}|${shortSheet(sheetId)}`;
  });
  for (const page of pages.filter(isOfSheets))
    for (const [short, child] of page.children) {
      const name = `${placeOf(page)}|${short}`;
      const own = (entries.get(name) ?? []).map(([, entry]) => entry);
      entries.delete(name);
      const id = longSheet(short, year);
      const isVersion1 = (child.measures.unassessed ?? 0) > 0;
      const [is, should] = [child.measures, measuresOf(dateOfSheet(id), own)].map((measures) =>
        told(comparable(measures, isVersion1)),
      );
      const sheet = `sheet#${id}`;
      if (is !== should) report(sheet, `is ${is}, and its entries are ${should}`);
      const newest = Math.max(0, ...own.map(({ version }) => version));
      if (newest > child.version) report(sheet, `has entries newer than version ${child.version}`);
    }
  for (const name of entries.keys()) report(name, 'has entries, and no child');
};

/** Whoever is named has a year with entries, nobody's recount is unfinished, long days are flagged. */
const comparePersons = (
  { year, named, persons, identities }: YearContents,
  report: Report,
): void => {
  for (const [id, person] of persons) {
    const item = `${person.pk}|${year}`;
    if (person.entries.size > 0 !== named.has(id))
      report(item, named.has(id) ? 'is named, and empty' : 'is not named');
    if (person.uncounted.size > 0) report(item, 'is being counted anew');
    if (person.with !== null && person.with.join() !== groupOf(id, identities).join())
      report(item, `is counted with ${person.with}, and should be with ${groupOf(id, identities)}`);
    const [is, should] = [person.flaggedDays, flaggedDaysOf(id, persons)].map((days) =>
      [...days].join(' '),
    );
    if (is !== should) report(item, `is flagged for ${is}, and should be for ${should}`);
  }
};

/** Activities stand in their documents as their items say, and are held as their sheets say. */
const compareActivities = (
  { year, pages, activities, partners }: YearContents,
  report: Report,
): void => {
  const sheets = new Map<string, ReadonlyMap<string, unknown>>();
  const children = new Map<string, Page>();
  for (const page of pages)
    for (const [short, child] of page.children)
      if (!isOfSheets(page)) children.set(`${placeOf(page)}|${short}`, page);
      else if (anybodyOn(child)) {
        const id = longId(short.slice(0, 22));
        const name = nameOfSheet(longSheet(short, year));
        sheets.set(id, new Map([...(sheets.get(id) ?? []), [name, true]]));
      }
  for (const [id, item] of activities) {
    const of = `activity#${id}`;
    const noted = [...item.sheets].flatMap(([name, { anybody }]) =>
      anybody && name.startsWith(year) ? [name] : [],
    );
    const held = [...(sheets.get(id)?.keys() ?? [])];
    if (noted.sort().join() !== held.sort().join())
      report(of, `notes the sheets ${noted}, and people took part on ${held}`);
    const { figures } = item;
    if (figures === null) continue;
    for (const place of item.places.filter((each) => each.startsWith(year))) {
      const child = children.get(`${place}|${shortId(id)}`)?.children.get(shortId(id));
      const [is, should] = [
        told(child?.measures),
        told(activityChild(item, figures, place).measures),
      ];
      if (is !== should) report(of, `is ${is} in ${place}, and should be ${should}`);
      children.delete(`${place}|${shortId(id)}`);
    }
    for (const partnerId of figures.partnerIds) {
      const should = figures.counts && figures.verified && figures.month.startsWith(year);
      const own = partners.get(partnerId)?.months.find(({ sk }) => sk === figures.month);
      if (should && !own?.activities.get(id)?.counts)
        report(of, `does not count for partner ${partnerId}`);
    }
  }
  for (const [name, page] of children) report(keyName(page), `holds ${name}, which is not there`);
  for (const [partnerId, { months }] of partners)
    for (const { pk, sk: month, activities: own } of months)
      for (const [id, { counts, areaId, theme }] of own) {
        const figures = activities.get(id)?.figures;
        const should =
          figures?.counts && figures.verified && figures.partnerIds.includes(partnerId)
            ? `${figures.month} ${figures.areaId} ${figures.theme}`
            : undefined;
        if (counts && `${month} ${areaId} ${theme}` !== should)
          report(`${pk}|${month}`, `counts activity ${id}, and should not`);
      }
};

/** A partner takes part in a year where its months say. */
const comparePartners = ({ partners }: YearContents, report: Report): void => {
  for (const { year, months } of partners.values()) {
    const should = withMonths({ ...year, presences: [] }, months);
    const [is, wanted] = [year, should].map(({ presences }) => JSON.stringify(presences));
    if (is !== wanted) report(keyName(year), `is present in ${is}, and should be in ${wanted}`);
  }
};

/** What contradicts each other within a year of the Views. */
export const compareYear = (contents: YearContents): readonly Difference[] => {
  const differences: Difference[] = [];
  const report: Report = (item, found) => differences.push({ item, found });
  for (const compare of [
    comparePages,
    compareYears,
    compareCounts,
    compareSheets,
    comparePersons,
    compareActivities,
    comparePartners,
  ])
    compare(contents, report);
  return differences;
};
