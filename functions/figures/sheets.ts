import { inParallel } from '../runtime/batches.ts';
import { noteSheets, type SheetInPage } from './activities.ts';
import { keptEntry, sheetChild } from './children.ts';
import type { Page } from './documents.ts';
import { dateOfSheet } from './layout.ts';
import { shortSheet } from './packing.ts';
import { type Children, type DocumentsName, putChildren } from './pages.ts';
import type { KeptEntry } from './person-year.ts';
import { countPersons } from './persons.ts';
import { byAggregate, type Failures, type Given, type Projected } from './projected.ts';
import type { Store } from './store.ts';

type OfSheet = Given<'sheet'>;

/** Areas whose documents are written at the same time. */
const lanes = 64;

const projectedOf = (given: readonly OfSheet[]): readonly Projected[] =>
  given.map(({ projected }) => projected);

const monthOf = ({ event }: OfSheet): string => dateOfSheet(event.aggregate.id).slice(0, 7);

const documentsOf = (given: OfSheet): DocumentsName => ({
  kind: 'sheets',
  year: monthOf(given).slice(0, 4),
  areaId: given.figures.place.areaId,
});

/** The newest child of each sheet, by month and short key. */
const childrenOf = (given: readonly OfSheet[]): Children =>
  new Map(
    [...Map.groupBy(given, monthOf)].map(([month, ofMonth]) => [
      month,
      new Map(
        byAggregate(ofMonth).map(([{ event, figures }]) => [
          shortSheet(event.aggregate.id),
          {
            child: sheetChild(event.aggregate.version, figures.place, figures.sums),
            asOf: event.recordedAt,
          },
        ]),
      ),
    ]),
  );

/** The newest of each entry that the events name, by person and sheet. */
const entriesOf = (given: readonly OfSheet[]): ReadonlyMap<string, Map<string, KeptEntry>> => {
  const persons = new Map<string, Map<string, KeptEntry>>();
  for (const { event, figures } of given)
    for (const entry of figures.entries) {
      const { id, version } = event.aggregate;
      const own = persons.get(entry.volunteerId) ?? new Map<string, KeptEntry>();
      persons.set(entry.volunteerId, own);
      if (version > (own.get(id)?.version ?? 0))
        own.set(id, keptEntry(version, figures.place, entry));
    }
  return persons;
};

/** Steps 1 and 2: the month's page, then the year. */
const putDocuments = async (
  store: Store,
  given: readonly OfSheet[],
  failures: Failures,
): Promise<ReadonlyMap<string, Page>> => {
  const pages = new Map<string, Page>();
  const documents = Map.groupBy(given, (each) => JSON.stringify(documentsOf(each)));
  await inParallel(lanes, [...documents.values()], (group) =>
    failures.attempt(projectedOf(group), async () => {
      const [first] = group as [OfSheet];
      const put = await putChildren(store, documentsOf(first), childrenOf(group));
      for (const { event } of group) {
        const page = put.get(shortSheet(event.aggregate.id));
        if (page) pages.set(event.aggregate.id, page);
      }
    }),
  );
  return pages;
};

/** Step 3: the persons, those of all documents of a year together. */
const countAll = async (
  store: Store,
  given: readonly OfSheet[],
  failures: Failures,
): Promise<void> => {
  for (const [year, ofYear] of Map.groupBy(given, ({ event }) =>
    dateOfSheet(event.aggregate.id).slice(0, 4),
  ))
    await countPersons(store, year, entriesOf(ofYear), (ids, error) => {
      const failed = new Set(ids);
      const concerned = ofYear.filter(({ figures }) =>
        figures.entries.some(({ volunteerId }) => failed.has(volunteerId)),
      );
      failures.fail(projectedOf(concerned), error);
    });
};

/** Step 4: whether anybody took part in the activities. */
const noteAll = async (
  store: Store,
  given: readonly OfSheet[],
  pages: ReadonlyMap<string, Page>,
  failures: Failures,
): Promise<void> => {
  const activities = Map.groupBy(given, ({ figures }) => figures.place.activityId);
  const sheetsOf = (group: readonly OfSheet[]): readonly SheetInPage[] =>
    byAggregate(group).map(([given]) => {
      const { id } = given.event.aggregate;
      return {
        sheetId: id,
        short: shortSheet(id),
        document: { kind: 'sheets', month: monthOf(given), areaId: given.figures.place.areaId },
        page: pages.get(id) as Page,
      };
    });
  await noteSheets(
    store,
    new Map([...activities].map(([activityId, group]) => [activityId, sheetsOf(group)])),
    (activityIds, error) => {
      for (const activityId of activityIds)
        failures.fail(projectedOf(activities.get(activityId) ?? []), error);
    },
  );
};

/**
 * Takes in what happened on sheets. Each step is repeated when an event comes again, and repairs what
 * an earlier delivery left undone.
 */
export const applySheets = async (
  store: Store,
  given: readonly OfSheet[],
  failures: Failures,
): Promise<void> => {
  const left = () => given.filter(({ projected }) => !failures.has(projected));
  const pages = await putDocuments(store, given, failures);
  await countAll(store, left(), failures);
  await noteAll(store, left(), pages, failures);
};
