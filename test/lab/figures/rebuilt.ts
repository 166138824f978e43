import '../environment.ts';
import { activityItemOf } from '../../../functions/figures/activity-item.ts';
import { apply } from '../../../functions/figures/apply.ts';
import { pageOf, yearOf } from '../../../functions/figures/documents.ts';
import { identityOf } from '../../../functions/figures/identity.ts';
import { readLineOrder } from '../../../functions/figures/line-order.ts';
import { partnerMonthOf, partnerYearOf } from '../../../functions/figures/partner-year.ts';
import { personYearOf } from '../../../functions/figures/person-year.ts';
import type { Projected } from '../../../functions/figures/projected.ts';
import { standardLimits } from '../../../functions/figures/store.ts';
import { type Fact, factOf, type Stream } from '../../../functions/projector/facts.ts';
import { heldFactOf, itemsOfActivities } from '../../../functions/projector/items-of-activities.ts';
import { groupsOf, itemsOfPeople } from '../../../functions/projector/items-of-people.ts';
import { itemsOfYear } from '../../../functions/projector/items-of-year.ts';
import type { Made } from '../../../functions/projector/made.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { createStore, type Store } from '../memory-store.ts';
import { createRandom } from '../random.ts';
import { schemasOf, sentOf } from '../store-shapes.ts';
import { play } from './history.ts';

type Item = Readonly<Record<string, unknown>>;

const installed = (store: Store): void => {
  (dynamodb as unknown as { send: (command: object) => Promise<object> }).send = async (command) =>
    store.execute(sentOf(command));
};

const sorted = (all: Iterable<readonly [string, unknown]>): readonly unknown[] =>
  [...all].sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * An item without what may differ: revisions and what is derived from them, the order of sets, and of
 * activities' documents `asOf`, which the projector leaves when an event changes no figure.
 */
const comparable = (item: Item): unknown => {
  const key = { pk: String(item.pk), sk: String(item.sk) };
  const sort = key.sk.split('#')[2] ?? '';
  if (key.pk === 'running' || sort === 'p')
    return sorted(
      Object.entries(item).filter(([, value]) => typeof value === 'number' && value !== 0),
    );
  if (key.pk.startsWith('totals#') && sort.startsWith('y')) {
    const { pages, asOf } = yearOf(key, item);
    return [
      sort === 'y' && asOf,
      sorted(
        [...pages].map(([page, { themes }]) => [
          page,
          sorted([...themes].map(([theme, sums]) => [theme, sorted(Object.entries(sums))])),
        ]),
      ),
    ];
  }
  if (key.pk.startsWith('totals#')) {
    const { of, asOf, children } = pageOf(key, item);
    const isActivity = sort.startsWith('a');
    return [
      of,
      !isActivity && asOf,
      sorted(
        [...children].map(([short, child]) => [
          short,
          isActivity ? { ...child, version: 0 } : child,
        ]),
      ),
    ];
  }
  if (key.pk.startsWith('present#!'))
    return key.sk.length === 4
      ? partnerYearOf(key, item).presences
      : sorted(
          [...partnerMonthOf(key, item).activities].map(([id, each]) => [
            id,
            { ...each, version: 0 },
          ]),
        );
  if (key.pk.startsWith('present#')) {
    const { entries, with: group, uncounted, flaggedDays } = personYearOf(key, item);
    return [sorted(entries), group, [...uncounted], [...flaggedDays], item.flag, item.flagOrder];
  }
  if (key.pk.startsWith('activity#') && key.sk === 'a') {
    const { version, asOf, figures, sheets, places, partnerIds } = activityItemOf(key, item);
    const held = [...sheets].flatMap(([name, { anybody }]) => (anybody ? [name] : []));
    return [version, asOf, figures, held.sort(), places, partnerIds];
  }
  if (key.pk.startsWith('person#')) {
    const { version, mergedInto, mergedFrom, standing } = identityOf(key, item);
    return [
      version,
      mergedInto,
      [...mergedFrom].sort(),
      standing,
      item.list,
      item.listOrder,
      item.id,
    ];
  }
  const { rev: _, ...rest } = item;
  return rest;
};

/** Empty items say nothing: those ahead of entries or after the last one, and counts that cancel out. */
const isEmpty = (item: Item, shown: unknown): boolean => {
  const [pk, sort] = [String(item.pk), String(item.sk).split('#')[2]];
  if (pk === 'running' || sort === 'p') return (shown as readonly unknown[]).length === 0;
  if (pk.startsWith('present#!') && String(item.sk).length === 4)
    return (shown as readonly unknown[]).length === 0;
  if (pk.startsWith('present#') && !pk.startsWith('present#!'))
    return ((shown as readonly unknown[])[0] as readonly unknown[]).length === 0;
  if (!pk.startsWith('activity#') || item.sk !== 'a') return false;
  const [version, , , held] = shown as readonly [number, unknown, unknown, readonly string[]];
  return version === 0 && held.length === 0;
};

/** What items of the figures say, by key, whatever the order in which it was written. */
export const saidBy = (items: readonly Item[]): ReadonlyMap<string, string> =>
  new Map(
    items.flatMap((item) => {
      const shown = comparable(item);
      return isEmpty(item, shown)
        ? []
        : [[`${item.pk}|${item.sk}`, JSON.stringify(shown)] as const];
    }),
  );

const streamsOf = (events: readonly Projected[]): readonly Stream[] => {
  const streams = new Map<string, Projected[]>();
  for (const each of events) {
    const { type, id } = each.event.aggregate;
    streams.set(`${type}#${id}`, [...(streams.get(`${type}#${id}`) ?? []), each]);
  }
  return [...streams.values()] as unknown as readonly Stream[];
};

/** All items that the figures of these events come to, made from folded streams. */
const madeOf = async (events: readonly Projected[]): Promise<readonly Item[]> => {
  const facts = streamsOf(events).flatMap((stream): Fact[] => {
    const fact = factOf(stream);
    return fact ? [fact] : [];
  });
  const of = <Kind extends Fact['of']>(kind: Kind) =>
    facts.filter((fact): fact is Extract<Fact, { readonly of: Kind }> => fact.of === kind);
  const orderKey = await readLineOrder();
  const sheets = of('sheet');
  const held = sheets.flatMap((sheet) => heldFactOf(sheet) ?? []);
  const years = [...new Set(sheets.map(({ place }) => place.serviceDate.slice(0, 4)))];
  const groups = groupsOf(of('person'));
  const made: readonly Made[] = [
    itemsOfPeople(of('person'), of('team'), orderKey),
    itemsOfActivities(of('activity'), held, standardLimits),
    ...years.map((year) =>
      itemsOfYear(
        year,
        sheets.filter(({ place }) => place.serviceDate.startsWith(year)),
        groups,
        orderKey,
        standardLimits,
      ),
    ),
  ];
  const counts = new Map<string, Record<string, unknown>>();
  for (const { additions } of made)
    for (const { key, by } of additions.all()) {
      const item = counts.get(`${key.pk}|${key.sk}`) ?? { ...key };
      counts.set(`${key.pk}|${key.sk}`, item);
      for (const [name, value] of by) item[name] = Number(item[name] ?? 0) + value;
    }
  return [...made.flatMap(({ items }) => items.map(({ make }) => make())), ...counts.values()];
};

/** How what is made from the streams of a random history differs from what the projector makes of it. */
export const compareMade = async (seed: number) => {
  const district = play(createRandom(seed, 'rebuilt'), seed % 2 === 0 ? 'few' : 'many');
  const store = createStore(schemasOf('ledger', 'views'));
  installed(store);
  for (const event of district.events) {
    const [failure] = await apply([event], 1);
    if (failure) throw failure.error;
  }
  const projected = store
    .all('views')
    .filter((item) => item.pk !== 'generations' && !String(item.pk).startsWith('rows#'));
  const [live, made] = [saidBy(projected), saidBy(await madeOf(district.events))];
  return {
    district,
    items: live.size,
    differences: [...new Set([...live.keys(), ...made.keys()])].flatMap((name) =>
      live.get(name) === made.get(name)
        ? []
        : [`${name}\n  live ${live.get(name)}\n  made ${made.get(name)}`],
    ),
  };
};
