import { activityItemOf } from '../figures/activity-item.ts';
import { sheetChild } from '../figures/children.ts';
import { pageNumber, pageOf } from '../figures/documents.ts';
import { formationOf, identityOf } from '../figures/identity.ts';
import {
  activityKey,
  formationKey,
  identityKey,
  type Key,
  keyName,
  pageKey,
  personYearKey,
} from '../figures/layout.ts';
import { readLineOrder } from '../figures/line-order.ts';
import { shortSheet } from '../figures/packing.ts';
import { namedBy } from '../figures/person-items.ts';
import { personYearOf } from '../figures/person-year.ts';
import { inParallel } from '../runtime/batches.ts';
import { counts } from '../sheets/sheet.ts';
import type { Difference } from './compare-year.ts';
import {
  type ActivityFact,
  type Fact,
  factOf,
  type PersonFact,
  rowsOf,
  type SheetFact,
  type Stream,
  type TeamFact,
  wholeEntry,
} from './facts.ts';
import { type Item, readAt, readPartition } from './year-contents.ts';

type Items = ReadonlyMap<string, Item>;
type Report = (found: string) => void;

const at = (items: Items, key: Key): Item | undefined => items.get(keyName(key));

/** A value in one order of names. */
const told = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

/**
 * What an item says is compared when it is of the version that was read: an older one differs, and a
 * newer one was written after the Ledger was read.
 */
const compare = (
  report: Report,
  name: string,
  should: { readonly version: number; readonly says: unknown },
  is: { readonly version: number; readonly says: () => unknown },
): void => {
  if (is.version < should.version)
    report(`${name} is at version ${is.version} of ${should.version}`);
  else if (is.version === should.version && told(is.says()) !== told(should.says))
    report(`${name} says something else at version ${should.version}`);
};

const firstPageOf = ({ place }: SheetFact, page = 0): Key =>
  pageKey('sheets', place.serviceDate.slice(0, 7), place.areaId, page);

const yearOfPerson = ({ place }: SheetFact, id: string): Key =>
  personYearKey(id, place.serviceDate.slice(0, 4));

/** The keys that facts are compared with. A document's first page says in which page a child lies. */
const keysOf = (fact: Fact): readonly Key[] => {
  switch (fact.of) {
    case 'sheet':
      return [
        firstPageOf(fact),
        activityKey(fact.place.activityId),
        ...fact.entries.map(([id]) => yearOfPerson(fact, id)),
      ];
    case 'activity':
      return [activityKey(fact.id)];
    case 'person':
      return [identityKey(fact.id), ...(fact.mergedInto ? [identityKey(fact.mergedInto)] : [])];
    case 'team':
      return [formationKey(fact.id)];
  }
};

const pageOfSheet = (sheet: SheetFact, items: Items): Key => {
  const first = firstPageOf(sheet);
  const { of } = pageOf(first, at(items, first));
  return firstPageOf(sheet, pageNumber(shortSheet(sheet.id), of));
};

const compareSheet = (sheet: SheetFact, items: Items, report: Report): void => {
  const { id, version, place, sums, entries } = sheet;
  const key = pageOfSheet(sheet, items);
  const child = pageOf(key, at(items, key)).children.get(shortSheet(id));
  compare(
    report,
    `the child in ${key.sk}`,
    { version, says: sheetChild(version, place, sums) },
    { version: child?.version ?? 0, says: () => child },
  );
  for (const [volunteerId, own] of entries) {
    const yearKey = yearOfPerson(sheet, volunteerId);
    const kept = personYearOf(yearKey, at(items, yearKey)).entries.get(id);
    compare(
      report,
      `the entry of ${volunteerId}`,
      { version: own.version, says: wholeEntry(sheet, own) },
      { version: kept?.version ?? 0, says: () => kept },
    );
  }
  const { figures } = activityItemOf(
    activityKey(place.activityId),
    at(items, activityKey(place.activityId)),
  );
  const counting = entries.filter(([, entry]) => counts(entry));
  if (figures?.counts === false && counting.length > 0)
    report(`counts ${counting.length} entries, and its activity is cancelled`);
};

const compareActivity = (
  { id, version, figures }: ActivityFact,
  items: Items,
  report: Report,
): void => {
  const item = activityItemOf(activityKey(id), at(items, activityKey(id)));
  compare(
    report,
    'the activity',
    { version, says: figures },
    { ...item, says: () => item.figures },
  );
};

const comparePerson = (
  { id, version, mergedInto, standing }: PersonFact,
  items: Items,
  report: Report,
): void => {
  const identity = identityOf(identityKey(id), at(items, identityKey(id)));
  compare(
    report,
    'the identity',
    { version, says: { mergedInto, standing } },
    {
      version: identity.version,
      says: () => ({ mergedInto: identity.mergedInto, standing: identity.standing }),
    },
  );
  if (mergedInto === null || identity.version > version) return;
  const into = identityOf(identityKey(mergedInto), at(items, identityKey(mergedInto)));
  if (!into.mergedFrom.includes(id)) report(`is not among those merged into ${mergedInto}`);
};

const compareTeam = ({ id, version, standing }: TeamFact, items: Items, report: Report): void => {
  const formation = formationOf(formationKey(id), at(items, formationKey(id)));
  compare(
    report,
    'the formation',
    { version, says: standing },
    { version: formation.version, says: () => formation.standing },
  );
};

const compareFact = (fact: Fact, items: Items, report: Report): void => {
  if (fact.of === 'sheet') compareSheet(fact, items, report);
  else if (fact.of === 'activity') compareActivity(fact, items, report);
  else if (fact.of === 'person') comparePerson(fact, items, report);
  else compareTeam(fact, items, report);
};

/** Queries that are sent at the same time. */
const lanes = 16;

/**
 * A person's years are counted together with the records that their identity names. Years that are
 * counted with others without a reason are found among those of their year.
 */
const compareGroup = async (
  generation: number,
  { id }: PersonFact,
  items: Items,
  report: Report,
): Promise<void> => {
  const named = namedBy(identityOf(identityKey(id), at(items, identityKey(id))));
  if (named.length === 0) return;
  for (const item of await readPartition(generation, personYearKey(id, '').pk)) {
    const { with: group } = personYearOf({ pk: item.pk, sk: item.sk }, item);
    if (!named.every((each) => group?.includes(each)))
      report(`is counted in ${item.sk} with ${group ?? 'nobody'}, and should be with ${named}`);
  }
};

/** How a generation differs from whole streams of the Ledger. */
export const compareStreams = async (
  generation: number,
  streams: readonly Stream[],
): Promise<readonly Difference[]> => {
  const orderKey = await readLineOrder();
  const all = streams.map((stream) => ({
    stream,
    fact: factOf(stream),
    rows: rowsOf(stream, orderKey),
  }));
  const items = new Map(
    await readAt(
      generation,
      all.flatMap(({ fact, rows }) => [...rows, ...(fact ? keysOf(fact) : [])]),
    ),
  );
  const pages = all.flatMap(({ fact }) => (fact?.of === 'sheet' ? [pageOfSheet(fact, items)] : []));
  const further = pages.filter((key) => !at(items, key));
  for (const [name, item] of await readAt(generation, further)) items.set(name, item);
  const differences: Difference[] = [];
  const persons: { readonly fact: PersonFact; readonly report: Report }[] = [];
  for (const { stream, fact, rows } of all) {
    const { type, id } = stream[0].event.aggregate;
    const report: Report = (found) => differences.push({ item: `${type}#${id}`, found });
    for (const row of rows) {
      const found = at(items, row);
      compare(
        report,
        'the row',
        { version: row.version, says: row.row },
        { version: Number(found?.version ?? 0), says: () => found?.row },
      );
    }
    if (fact) compareFact(fact, items, report);
    if (fact?.of === 'person') persons.push({ fact, report });
  }
  await inParallel(lanes, persons, ({ fact, report }) =>
    compareGroup(generation, fact, items, report),
  );
  return differences;
};
