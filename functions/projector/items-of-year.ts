import { sheetChild } from '../figures/children.ts';
import { addCounts, createAdditions } from '../figures/counts.ts';
import { dateOfSheet, personsPartition, personYearKey } from '../figures/layout.ts';
import { hiddenOrder } from '../figures/line-order.ts';
import { shortSheet } from '../figures/packing.ts';
import type { DatedChild } from '../figures/pages.ts';
import {
  emptyPersonYear,
  firstOverfullDay,
  type KeptEntry,
  type PersonYear,
  personYearItem,
  presencesOf,
} from '../figures/person-year.ts';
import type { Limits } from '../figures/store.ts';
import { type SheetFact, wholeEntry } from './facts.ts';
import { itemsOfDocuments } from './items-of-documents.ts';
import type { Groups } from './items-of-people.ts';
import { type Made, planned } from './made.ts';

/** The years of all records with an entry, and of the records that they are counted together with. */
const personYearsOf = (
  year: string,
  sheets: readonly SheetFact[],
  groups: Groups,
): ReadonlyMap<string, PersonYear> => {
  const entries = new Map<string, Map<string, KeptEntry>>();
  for (const sheet of sheets)
    for (const [id, own] of sheet.entries) {
      const ofPerson = entries.get(id) ?? new Map<string, KeptEntry>();
      entries.set(id, ofPerson);
      ofPerson.set(sheet.id, wholeEntry(sheet, own));
    }
  for (const id of [...entries.keys()])
    for (const member of groups.get(id) ?? [])
      if (!entries.has(member)) entries.set(member, new Map());
  return new Map(
    [...entries].map(([id, own]) => [
      id,
      {
        ...emptyPersonYear(personYearKey(id, year)),
        rev: 1,
        entries: own,
        with: groups.get(id) ?? null,
      },
    ]),
  );
};

/** The years with their first overfull day: that of the whole group, where the record takes part in it. */
const flagged = (years: ReadonlyMap<string, PersonYear>): ReadonlyMap<string, PersonYear> =>
  new Map(
    [...years].map(([id, person]) => {
      const group = (person.with ?? [id]).flatMap((member) => years.get(member) ?? []);
      const day = firstOverfullDay(group);
      const takesPart = [...person.entries.keys()].some((sheetId) => dateOfSheet(sheetId) === day);
      return [id, takesPart ? { ...person, overfullDay: day } : person];
    }),
  );

/**
 * All items of a year that sheets make: documents, the persons' years and the list of them, and the
 * counts of these persons.
 * @param sheets all sheets of the year
 * @param orderKey of `readLineOrder`
 */
export const itemsOfYear = (
  year: string,
  sheets: readonly SheetFact[],
  groups: Groups,
  orderKey: Uint8Array,
  limits: Limits,
): Made => {
  const documents = new Map<string, Map<string, DatedChild>>();
  for (const { id, version, asOf, place, sums } of sheets) {
    const name = `${place.serviceDate.slice(0, 7)}#${place.areaId}`;
    const children = documents.get(name) ?? new Map<string, DatedChild>();
    documents.set(name, children);
    children.set(shortSheet(id), { child: sheetChild(version, place, sums), asOf });
  }
  const persons = flagged(personYearsOf(year, sheets, groups));
  const additions = createAdditions();
  for (const [id, person] of persons) {
    const group = person.with ?? [id];
    if (group[0] !== id) continue;
    const together = group.flatMap((member) => {
      const own = persons.get(member);
      return own ? presencesOf(own) : [];
    });
    addCounts(additions, 'V', together, 1);
  }
  const pk = personsPartition(year);
  const named = [...persons].filter(([, { entries }]) => entries.size > 0);
  return {
    items: [
      ...itemsOfDocuments('sheets', documents, limits),
      ...[...persons.values()].map((person) => planned(person, personYearItem)),
      ...named.map(([id]) =>
        planned({ pk, sk: hiddenOrder(orderKey, pk, id), id }, (item) => item),
      ),
    ],
    additions,
  };
};
