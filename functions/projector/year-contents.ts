import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type ActivityItem, activityItemOf } from '../figures/activity-item.ts';
import { type Page, pageOf, type YearDocument, yearOf } from '../figures/documents.ts';
import { type Identity, identityOf } from '../figures/identity.ts';
import {
  activityKey,
  type DocumentName,
  documentName,
  identityKey,
  type Key,
  keyName,
  monthPartition,
  type Parse,
  parsedBy,
  partnerMonthKey,
  partnerYearKey,
  personsPartition,
  personYearKey,
  yearPartition,
} from '../figures/layout.ts';
import { longId } from '../figures/packing.ts';
import { type Partner, partnerMonthOf, partnerYearOf } from '../figures/partner-year.ts';
import { type PersonYear, personYearOf } from '../figures/person-year.ts';
import { monthsOf } from '../runtime/calendar.ts';
import { dynamodb, queryItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { bare, inGeneration } from '../views/generations.ts';
import { itemsIn } from '../views/views.ts';

export type Item = Readonly<Record<string, unknown>> & Key;

/** All that the figures of a year keep, as a generation has it. */
export interface YearContents {
  readonly year: string;
  readonly pages: readonly Page[];
  readonly yearDocuments: readonly YearDocument[];
  /** By `<pk>|<sk>`: attributes that are not 0. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Who is named among the persons of the year. */
  readonly named: ReadonlySet<string>;
  readonly persons: ReadonlyMap<string, PersonYear>;
  /** Of those who are counted together with others. */
  readonly identities: ReadonlyMap<string, Identity>;
  readonly partners: ReadonlyMap<string, Partner>;
  /** Those that a page of the year names. */
  readonly activities: ReadonlyMap<string, ActivityItem>;
}

/** The items of a partition, as those of the first generation. */
export const readPartition = async (
  generation: number,
  partition: string,
): Promise<readonly Item[]> => {
  const items = await queryItems({
    TableName: viewsTable(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': inGeneration(generation, partition) },
    ConsistentRead: true,
  });
  return items.map((item) => ({ ...item, pk: bare(String(item.pk)), sk: String(item.sk) }));
};

/** The items at these keys, by their names. */
export const readAt = (
  generation: number,
  keys: readonly Key[],
): Promise<ReadonlyMap<string, Item>> =>
  itemsIn(generation, keys, { consistent: true, attempts: 8 });

/** The parsed items of these ids; a missing one is parsed as empty. */
const parsedAt = async <Parsed>(
  generation: number,
  ids: readonly string[],
  keyOf: (id: string) => Key,
  parse: Parse<Parsed>,
): Promise<ReadonlyMap<string, Parsed>> =>
  parsedBy(ids, keyOf, parse, await readAt(generation, ids.map(keyOf)));

export const numbersIn = (item: Item): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(item).flatMap(([name, value]) =>
      typeof value === 'number' && value !== 0 ? [[name, value]] : [],
    ),
  );

/** A person's year brings those that are counted together with it. */
const readPersons = async (
  generation: number,
  year: string,
  named: ReadonlySet<string>,
): Promise<ReadonlyMap<string, PersonYear>> => {
  const persons = new Map<string, PersonYear>();
  for (let wanted = [...named]; wanted.length > 0; ) {
    const found = await parsedAt(generation, wanted, (id) => personYearKey(id, year), personYearOf);
    for (const [id, person] of found) persons.set(id, person);
    const members = [...found.values()].flatMap((person) => person.with ?? []);
    wanted = [...new Set(members)].filter((id) => !persons.has(id));
  }
  return persons;
};

/** Each with all twelve months, of which some are empty. */
const readPartners = async (
  generation: number,
  year: string,
  partnerIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Partner>> => {
  const keysOf = (id: string): readonly Key[] =>
    monthsOf(year).map((month) => partnerMonthKey(id, month));
  const ids = [...partnerIds];
  const items = await readAt(
    generation,
    ids.flatMap((id) => [partnerYearKey(id, year), ...keysOf(id)]),
  );
  const parsed = <Parsed>(parse: Parse<Parsed>, key: Key): Parsed =>
    parse(key, items.get(keyName(key)));
  return new Map(
    ids.map((id) => {
      const months = keysOf(id).map((key) => parsed(partnerMonthOf, key));
      return [id, { year: parsed(partnerYearOf, partnerYearKey(id, year)), months }];
    }),
  );
};

/** Reads what the figures of a year keep: each item once, and nothing of other years. */
export const readYearContents = async (generation: number, year: string): Promise<YearContents> => {
  const documents = [
    ...(await readPartition(generation, monthPartition(year))),
    ...(await readPartition(generation, yearPartition(year))),
  ];
  const that = (holds: DocumentName['holds']) =>
    documents.filter(({ sk }) => documentName(sk).holds === holds);
  const pages = that('page').map(({ pk, sk, ...item }) => pageOf({ pk, sk }, item));
  const named = new Set(
    (await readPartition(generation, personsPartition(year))).map(({ id }) => String(id)),
  );
  const persons = await readPersons(generation, year, named);
  const grouped = [...persons].flatMap(([id, person]) => (person.with === null ? [] : [id]));
  const identities = await parsedAt(generation, grouped, identityKey, identityOf);
  const shorts = new Set(
    pages.flatMap(({ children }) => [...children.keys()].map((short) => short.slice(0, 22))),
  );
  const activities = await parsedAt(
    generation,
    [...shorts].map(longId),
    activityKey,
    activityItemOf,
  );
  const partnerIds = new Set([...activities.values()].flatMap((item) => item.partnerIds));
  return {
    year,
    pages,
    yearDocuments: that('year').map(({ pk, sk, ...item }) => yearOf({ pk, sk }, item)),
    counts: new Map(that('counts').map((item) => [keyName(item), numbersIn(item)])),
    named,
    persons,
    identities,
    partners: await readPartners(generation, year, partnerIds),
    activities,
  };
};

const hasAny = async (generation: number, partition: string): Promise<boolean> => {
  const { Count = 0 } = await dynamodb.send(
    new QueryCommand({
      TableName: viewsTable(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': inGeneration(generation, partition) },
      Limit: 1,
      Select: 'COUNT',
    }),
  );
  return Count > 0;
};

/** How many years are looked for: the next one, this one, and those before. */
const yearsLookedFor = 25;

/** The years of which a generation has anything, newest first. */
export const yearsIn = async (generation: number): Promise<readonly string[]> => {
  const newest = new Date().getUTCFullYear() + 1;
  const years = Array.from({ length: yearsLookedFor }, (_, at) => String(newest - at));
  const found = await Promise.all(
    years.map(async (year) => {
      const partitions = [monthPartition(year), yearPartition(year), personsPartition(year)];
      const some = await Promise.all(partitions.map((each) => hasAny(generation, each)));
      return some.includes(true);
    }),
  );
  return years.filter((_, at) => found[at]);
};
