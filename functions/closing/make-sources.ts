import { type ClosedSources, withTree } from '../closed/frozen-sources.ts';
import type { Additions } from '../figures/counts.ts';
import { partitionOf, runningPartition } from '../figures/layout.ts';
import { runningFigures } from '../figures/running.ts';
import { standardLimits } from '../figures/store.ts';
import { itemsOfActivities } from '../projector/items-of-activities.ts';
import { groupsOf, itemsOfPeople } from '../projector/items-of-people.ts';
import { itemsOfYear } from '../projector/items-of-year.ts';
import type { Made } from '../projector/made.ts';
import { yearOf } from '../runtime/calendar.ts';
import { documentsIn } from '../totals/documents.ts';
import { firstServicesIn } from './first-services.ts';
import type { Folded } from './fold.ts';

/** The items are added up at once and never stored: pages need no limit, and lists no order. */
const limits = { ...standardLimits, pages: 1 };
const noOrder = new Uint8Array(32);

type Item = Readonly<Record<string, unknown>>;

const itemsOf = (additions: Additions): readonly Item[] =>
  additions.all().map(({ key, by }) => ({ ...key, ...Object.fromEntries(by) }));

/**
 * What the figures of a period are made of, by the code that rebuilds the Views: the items that its
 * facts come to, of which those of the period are added up.
 */
export const makeSources = (period: string, folded: Folded): ClosedSources => {
  const { sheets, activities, held, persons, teams, areas } = folded;
  const groups = groupsOf(persons);
  const made: readonly Made[] = [
    itemsOfYear(yearOf(period), sheets, groups, noOrder, limits),
    itemsOfActivities(activities, held, limits),
    itemsOfPeople(persons, teams, noOrder),
  ];
  const [pk, prefix] = [partitionOf(period), `${period}#`];
  const isOf = ({ pk: own, sk }: { readonly pk?: unknown; readonly sk?: unknown }): boolean =>
    own === pk && String(sk).startsWith(prefix);
  const added = made.flatMap(({ additions }) => itemsOf(additions));
  // Persons and partners have counts at the same key, which the table would hold in one item.
  const counts = Map.groupBy(added.filter(isOf), ({ sk }) => String(sk));
  const documents = documentsIn([
    ...made.flatMap(({ items }) => items.filter(({ key }) => isOf(key)).map(({ make }) => make())),
    ...[...counts.values()].map((same) => Object.assign({}, ...same) as Item),
  ]);
  const stood = Map.groupBy(
    added.filter((item) => item.pk === runningPartition),
    ({ sk }) => String(sk),
  );
  const running = new Map(
    [...stood].map(([areaId, same]) => [
      areaId,
      runningFigures(Object.assign({}, ...same) as Item, period),
    ]),
  );
  const firstServices = period.length === 4 ? firstServicesIn(period, folded) : null;
  return withTree(period, { documents, running, areas, firstServices });
};
