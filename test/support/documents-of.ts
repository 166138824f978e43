import { activityMeasures, keptEntry, sheetChild } from '../../functions/figures/children.ts';
import { type Additions, addCounts, createAdditions } from '../../functions/figures/counts.ts';
import {
  type Child,
  type Page,
  pageItem,
  pageNumber,
  sumsOf,
  yearItem,
} from '../../functions/figures/documents.ts';
import { formationItem, listedIdentityItem } from '../../functions/figures/identity.ts';
import {
  type DocumentKind,
  formationKey,
  identityKey,
  pageKey,
  partnerMonthKey,
  partnerYearKey,
  personsPartition,
  personYearKey,
  yearKey,
} from '../../functions/figures/layout.ts';
import { hiddenOrder, orderKeyItem } from '../../functions/figures/line-order.ts';
import { shortId, shortSheet } from '../../functions/figures/packing.ts';
import {
  type Partnership,
  partnerMonthItem,
  partnerYearItem,
  withMonths,
} from '../../functions/figures/partner-year.ts';
import {
  emptyPersonYear,
  type KeptEntry,
  personYearItem,
  presencesOf,
} from '../../functions/figures/person-year.ts';
import { addRunning } from '../../functions/figures/running.ts';
import { areaRows, organisationRows, teamRows } from '../../functions/views/keys.ts';
import type { ActivityFigures } from '../../functions/views/projection.ts';
import { areas, type Facts, sumsOf as sumsOfSheet } from '../lab/figures/district.ts';

type Item = Readonly<Record<string, unknown>>;

/** What the facts of the laboratory's district do not say. */
export interface Told {
  /** The number of pages of every document. A power of two. */
  readonly pages: number;
  readonly unitOf: (activityId: string) => {
    readonly organisationId: string;
    readonly teamId: string | null;
  };
}

const orderKey = Buffer.alloc(32, 7);
const asOf = '2026-02-01T00:00:00.000Z';

/** The records that are one person, by record: all that merges connect. */
const groupsOf = ({ people }: Facts): ReadonlyMap<string, readonly string[]> => {
  const rootOf = (id: string): string => {
    const into = people.get(id)?.mergedInto;
    return into ? rootOf(into) : id;
  };
  const ids = [...people.keys()].sort();
  return new Map(ids.map((id) => [id, ids.filter((other) => rootOf(other) === rootOf(id))]));
};

/** Children by kind, month, area and short key. */
type Children = Map<string, Map<string, Child>>;

const documentName = (kind: DocumentKind, month: string, areaId: string): string =>
  [kind, month, areaId].join('|');

const childrenOf = (
  { sheets, activities }: Facts,
  unitOf: Told['unitOf'],
  activityFigures: (id: string) => ActivityFigures,
): Children => {
  const all: Children = new Map();
  const put = (name: string, short: string, child: Child): void => {
    all.set(name, (all.get(name) ?? new Map()).set(short, child));
  };
  const held = new Set<string>();
  for (const sheet of sheets.values()) {
    const { id, place, entries } = sheet;
    if ([...entries.values()].some(({ status }) => status === 'verified'))
      held.add(place.activityId);
    const child = sheetChild(
      entries.size + 1,
      { ...place, ...unitOf(place.activityId) },
      sumsOfSheet(sheet),
    );
    put(documentName('sheets', place.serviceDate.slice(0, 7), place.areaId), shortSheet(id), child);
  }
  for (const [id, { month, areaId, theme }] of activities)
    put(documentName('activities', month, areaId), shortId(id), {
      version: 1,
      theme,
      ...unitOf(id),
      measures: activityMeasures(activityFigures(id), held.has(id)),
    });
  return all;
};

const documentItems = (children: Children, pages: number): readonly Item[] => {
  const years = new Map<string, Map<string, { rev: number; themes: ReturnType<typeof sumsOf> }>>();
  const items = [...children].flatMap(([name, all]) => {
    const [kind, month = '', areaId = ''] = name.split('|') as [DocumentKind, string, string];
    return Array.from({ length: pages }, (_, number) => {
      const own = [...all].filter(([short]) => pageNumber(short, pages) === number);
      const key = pageKey(kind, month, areaId, number);
      const page: Page = { ...key, rev: number + 1, of: pages, asOf, children: new Map(own) };
      const year = [kind, month.slice(0, 4), areaId].join('|');
      const known = years.get(year) ?? new Map();
      years.set(year, known);
      known.set(`${month.slice(5)}.${number}`, { rev: page.rev, themes: sumsOf(page) });
      return pageItem(page);
    });
  });
  return [
    ...items,
    ...[...years].map(([name, sums]) => {
      const [kind, year = '', areaId = ''] = name.split('|') as [DocumentKind, string, string];
      return yearItem({ ...yearKey(kind, year, areaId), rev: 1, asOf, pages: sums });
    }),
  ];
};

const personItems = (facts: Facts, { unitOf }: Told, additions: Additions): readonly Item[] => {
  const groups = groupsOf(facts);
  const entries = new Map<string, Map<string, KeptEntry>>();
  for (const { id, place, entries: lines } of facts.sheets.values())
    for (const entry of lines.values()) {
      const name = `${entry.volunteerId}|${place.serviceDate.slice(0, 4)}`;
      const kept = keptEntry(lines.size + 1, { ...place, ...unitOf(place.activityId) }, entry);
      entries.set(name, (entries.get(name) ?? new Map()).set(id, kept));
    }
  const years = [...entries].map(([name, own]) => {
    const [id = '', year = ''] = name.split('|');
    const group = groups.get(id) ?? [id];
    const person = {
      ...emptyPersonYear(personYearKey(id, year)),
      rev: 1,
      entries: own,
      with: group.length > 1 ? group : null,
    };
    return { id, year, person };
  });
  const together = Map.groupBy(years, ({ id, year }) => `${groups.get(id)?.[0]}|${year}`);
  for (const all of together.values())
    addCounts(
      additions,
      'V',
      all.flatMap(({ person }) => presencesOf(person)),
      1,
    );
  return years.flatMap(({ id, year, person }) => {
    const pk = personsPartition(year);
    return [personYearItem(person), { pk, sk: hiddenOrder(orderKey, pk, id), id }];
  });
};

const partnerItems = ({ activities }: Facts, additions: Additions): readonly Item[] => {
  const partners = new Map<string, Map<string, Partnership>>();
  for (const [id, { month, areaId, theme, status, partnerIds }] of activities)
    for (const partnerId of partnerIds) {
      const name = `${partnerId}|${month}`;
      const areasAbove = areas[areaId] ?? [];
      const counts = status === 'verified';
      const own = partners.get(name) ?? new Map();
      partners.set(name, own.set(id, { version: 1, areaId, areasAbove, theme, counts }));
    }
  const months = [...partners].map(([name, own]) => {
    const [id = '', month = ''] = name.split('|');
    return { id, month: { ...partnerMonthKey(id, month), rev: 1, activities: own } };
  });
  const years = Map.groupBy(months, ({ id, month }) => `${id}|${month.sk.slice(0, 4)}`);
  return [...years].flatMap(([name, own]) => {
    const [id = '', year = ''] = name.split('|');
    const all = own.map(({ month }) => month);
    const partner = withMonths({ ...partnerYearKey(id, year), rev: 1, presences: [] }, all);
    addCounts(additions, 'P', partner.presences, 1);
    const organisation = { pk: organisationRows, sk: id, id, version: 1, row: { id } };
    return [organisation, ...all.map(partnerMonthItem), partnerYearItem(partner)];
  });
};

const standingItems = ({ people, teams }: Facts, additions: Additions): readonly Item[] => [
  ...[...people.values()].map(({ id, areaId, mergedInto, registeredIn, spells }) => {
    const counts = mergedInto === null && registeredIn !== null;
    const standing = counts ? { areaId, newIn: registeredIn, spells } : null;
    addRunning(additions, 'persons', standing, 1);
    const mergedFrom = [...people.values()].flatMap((other) =>
      other.mergedInto === id ? [other.id] : [],
    );
    return listedIdentityItem(orderKey, {
      ...identityKey(id),
      rev: 1,
      version: 1,
      mergedInto,
      mergedFrom,
      standing,
    });
  }),
  ...[...teams.values()].flatMap(({ id, areaId, formedIn, spells }) => {
    const standing = { areaId, newIn: formedIn, spells };
    addRunning(additions, 'teams', standing, 1);
    return [
      formationItem({ ...formationKey(id), rev: 1, version: 1, standing }),
      { pk: teamRows, sk: id, id, version: 1, row: { id } },
    ];
  }),
];

const areaItems = (): readonly Item[] =>
  Object.entries(areas).map(([id, [parentId = null]]) => ({
    pk: areaRows,
    sk: id,
    id,
    version: 1,
    row: { id, kind: 'community', name: id, parentId, parents: [{ fromYear: 0, parentId }] },
  }));

/**
 * All items of a generation in which these facts have arrived, made by the pure parts of the figures and
 * by nothing that writes them.
 */
export const documentsOf = (facts: Facts, told: Told): readonly Item[] => {
  const additions = createAdditions();
  const activityFigures = (id: string): ActivityFigures => {
    const activity = facts.activities.get(id);
    if (!activity) throw new Error(`no activity ${id}`);
    const { status, ...rest } = activity;
    return {
      of: 'activity',
      ...rest,
      areasAbove: areas[activity.areaId] ?? [],
      ...told.unitOf(id),
      counts: status !== 'cancelled',
      verified: status === 'verified',
    };
  };
  const items = [
    ...documentItems(childrenOf(facts, told.unitOf, activityFigures), told.pages),
    ...personItems(facts, told, additions),
    ...partnerItems(facts, additions),
    ...standingItems(facts, additions),
    ...areaItems(),
    { ...orderKeyItem, key: orderKey },
  ];
  const counts = additions.all().map(({ key, by }) => ({ ...key, ...Object.fromEntries(by) }));
  const byKey = new Map([...items, ...counts].map((item) => [`${item.pk}|${item.sk}`, item]));
  return [...byKey.values()];
};
