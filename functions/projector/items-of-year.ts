import { sheetChild } from '../figures/children.ts';
import { addCounts, createAdditions } from '../figures/counts.ts';
import { personsPartition, personYearKey } from '../figures/layout.ts';
import { hiddenOrder } from '../figures/line-order.ts';
import { shortSheet } from '../figures/packing.ts';
import type { DatedChild } from '../figures/pages.ts';
import {
  emptyPersonYear,
  flagged,
  type KeptEntry,
  type PersonYear,
  personYearItem,
  presencesByPerson,
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
  for (const presences of presencesByPerson(persons)) addCounts(additions, 'V', presences, 1);
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
