import '../../support/tables.ts';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pageItem, pageOf, yearItem, yearOf } from '../../../functions/figures/documents.ts';
import {
  activityKey,
  countsKey,
  formationKey,
  identityKey,
  type Key,
  pageKey,
  partnerMonthKey,
  partnerYearKey,
  personsPartition,
  personYearKey,
  runningKey,
  yearKey,
} from '../../../functions/figures/layout.ts';
import {
  partnerMonthItem,
  partnerMonthOf,
  partnerYearItem,
  partnerYearOf,
} from '../../../functions/figures/partner-year.ts';
import { personYearItem, personYearOf } from '../../../functions/figures/person-year.ts';
import { compareNight, type Night } from '../../../functions/projector/compare-night.ts';
import { type Part, reconcile, reconcilePart } from '../../../functions/projector/reconcile.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { append, partnerId, placeOf, season } from '../../support/generations.ts';
import { allViews, deliver } from '../../support/projecting.ts';
import { idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

type Item = Record<string, unknown>;
type Damage = (item: Item) => Item | undefined;

beforeAll(async () => {
  await freshTables();
  const events = season();
  await append(events);
  await deliver(events);
});

/** Changes an item, looks, and puts it back. */
const withDamage = async <Seen>(
  { pk, sk }: Key,
  change: Damage,
  look: () => Promise<Seen>,
): Promise<Seen> => {
  const TableName = process.env.VIEWS_TABLE;
  const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { pk, sk } }));
  const changed = change({ ...(Item as Item) });
  expect(changed).not.toEqual(Item);
  await (changed
    ? dynamodb.send(new PutCommand({ TableName, Item: { pk, sk, ...changed } }))
    : dynamodb.send(new DeleteCommand({ TableName, Key: { pk, sk } })));
  const seen = await look();
  await dynamodb.send(new PutCommand({ TableName, Item }));
  return seen;
};

const drift = () => reconcile(1, 1);

/** Changes the first entry of a map. */
const first = <Value>(map: ReadonlyMap<string, Value>, change: (value: Value) => Value) => {
  const [[key, value]] = [...map] as [[string, Value]];
  return new Map(map).set(key, change(value));
};

const { month, areaId } = { month: placeOf(1).serviceDate.slice(0, 7), areaId: placeOf(1).areaId };
const lost: Damage = () => undefined;
const at = (key: Key, change: (key: Key, item: Item) => Item) =>
  [key, (item: Item) => change(key, item)] as const;
const page = pageKey('sheets', month, areaId, 0);
const held = pageKey('activities', month, areaId, 0);
const year = yearKey('sheets', '2025', areaId);
const person = personYearKey(idOf('c', 2), '2025');
const partner = partnerYearKey(partnerId, '2025');
const partnerMonth = partnerMonthKey(partnerId, month);

/** Another value of a measure of the first child in the page. */
const otherMeasure = (name: string, value: number) =>
  at(page, (key, item) => {
    const was = pageOf(key, item);
    const children = first(was.children, (child) => ({
      ...child,
      measures: { ...child.measures, [name]: value },
    }));
    return { ...pageItem({ ...was, children }) };
  });

const damages: Readonly<Record<string, readonly [Key, Damage]>> = {
  'a page is lost': [page, lost],
  'a child is lost': at(page, (key, item) => {
    const was = pageOf(key, item);
    return { ...pageItem({ ...was, children: new Map([...was.children].slice(1)) }) };
  }),
  'a child has another sum': at(page, (key, item) => {
    const was = pageOf(key, item);
    const children = first(was.children, (child) => ({
      ...child,
      measures: { ...child.measures, creditedMinutes: (child.measures.creditedMinutes ?? 0) + 1 },
    }));
    return { ...pageItem({ ...was, children }) };
  }),
  'a child counts one more Party member': otherMeasure('partyMemberParticipations', 9),
  'a child says that somebody came late': otherMeasure('late', 1),
  'a child waits since another day': otherMeasure('waitingSince', 1),
  'a child says that an entry was corrected': otherMeasure('correctedEntries', 1),
  'a child is of an older version': at(page, (key, item) => {
    const was = pageOf(key, item);
    return {
      ...pageItem({ ...was, children: first(was.children, (child) => ({ ...child, version: 1 })) }),
    };
  }),
  'a document says more pages than there are': [page, (item) => ({ ...item, of: 2 })],
  "a year's document is lost": [year, lost],
  "a year's document has an old page": at(year, (key, item) => {
    const was = yearOf(key, item);
    return {
      ...yearItem({ ...was, pages: first(was.pages, (own) => ({ ...own, rev: own.rev - 1 })) }),
    };
  }),
  "a year's document has another sum": at(year, (key, item) => {
    const was = yearOf(key, item);
    return {
      ...yearItem({ ...was, pages: first(was.pages, (own) => ({ ...own, themes: new Map() })) }),
    };
  }),
  'an activity is lost from its document': [held, lost],
  'a count of a month is lost': [countsKey(month, areaId, false), lost],
  'a count of a year is one more': [
    countsKey('2025', areaId, false),
    (item) => ({ ...item, 'V:FREE_CLINIC': Number(item['V:FREE_CLINIC']) + 1 }),
  ],
  'a correction above an area is lost': [countsKey('2025', 'town', true), lost],
  'a partner counts once more': [
    countsKey('2025', areaId, false),
    (item) => ({ ...item, 'P:FREE_CLINIC': 7 }),
  ],
  "a person's year is lost": [person, lost],
  "an entry is lost from a person's year": at(person, (key, item) => {
    const was = personYearOf(key, item);
    return { ...personYearItem({ ...was, entries: new Map([...was.entries].slice(1)) }) };
  }),
  'an entry has other minutes': at(person, (key, item) => {
    const was = personYearOf(key, item);
    const entries = first(was.entries, (entry) => ({ ...entry, attendedMinutes: 1 }));
    return { ...personYearItem({ ...was, entries }) };
  }),
  'an entry is of an older version': at(person, (key, item) => {
    const was = personYearOf(key, item);
    return {
      ...personYearItem({
        ...was,
        entries: first(was.entries, (entry) => ({ ...entry, version: 0 })),
      }),
    };
  }),
  'a person is flagged for a day that is not long': [
    person,
    (item) => ({
      ...item,
      d: { '04-12': 'overfull-day' },
      flag: 'days',
      flagOrder: '2025-04-12#x',
    }),
  ],
  'a merged record is counted by itself': [
    personYearKey(idOf('c', 1), '2025'),
    ({ w: _, ...item }) => item,
  ],
  'a record is counted with one that it was never merged with': [
    personYearKey(idOf('c', 2), '2025'),
    (item) => ({ ...item, w: [idOf('c', 2), idOf('c', 3)] }),
  ],
  "a partner's year is lost": [partner, lost],
  "a partner's month is lost": [partnerMonth, lost],
  'a partner is not present in a month': at(partner, (key, item) => ({
    ...partnerYearItem({ ...partnerYearOf(key, item), presences: [] }),
  })),
  'a partnership does not count': at(partnerMonth, (key, item) => {
    const was = partnerMonthOf(key, item);
    return {
      ...partnerMonthItem({
        ...was,
        activities: first(was.activities, (own) => ({ ...own, counts: false })),
      }),
    };
  }),
  'an identity is lost': [identityKey(idOf('c', 1)), lost],
  'an identity has another area': [
    identityKey(idOf('c', 2)),
    (item) => ({ ...item, area: 'area-0' }),
  ],
  'an identity names nobody merged into it': [
    identityKey(idOf('c', 5)),
    (item) => ({ ...item, from: [] }),
  ],
  'a running figure is one more': [
    runningKey('area-0'),
    (item) => ({ ...item, 'persons.new.2025-02': Number(item['persons.new.2025-02']) + 1 }),
  ],
  'a running figure is lost': [runningKey('area-0'), lost],
  'a formation is lost': [formationKey(idOf('a', 9)), lost],
  'an activity is lost': [activityKey(idOf('b', 1)), lost],
  'an activity forgets its sheets': [activityKey(idOf('b', 1)), (item) => ({ ...item, s: {} })],
  'a row is lost': [{ pk: `activity#${idOf('b', 1)}`, sk: 'activity' }, lost],
  'a row says something else': [
    { pk: `activity#${idOf('b', 1)}`, sk: 'activity' },
    (item) => ({ ...item, row: { ...(item.row as Item), theme: 'LAUNCH' } }),
  ],
};

test('what the projector made has no drift', async () => {
  expect(await reconcile(1, 1)).toEqual([]);
});

describe('it is drift that', () => {
  test.each(Object.entries(damages))('%s', async (_, [key, change]) => {
    expect((await withDamage(key, change, drift)).length).toBeGreaterThan(0);
  });

  test('a person is not named among those of the year', async () => {
    const [named] = (await allViews()).filter(({ pk }) => pk === personsPartition('2025'));
    const key = { pk: String(named?.pk), sk: String(named?.sk) };
    expect((await withDamage(key, lost, drift)).length).toBeGreaterThan(0);
  });
});

test('nights with a small budget go round, and find old damage within one circle', async () => {
  const nights = await withDamage(
    { pk: `activity#${idOf('b', 1)}`, sk: 'activity' },
    lost,
    async () => {
      const found: Night[] = [];
      do found.push(await compareNight(1, { budget: 1, waitMs: 1 }));
      while (found.at(-1)?.circle.lastNights === 0);
      return found;
    },
  );
  expect(nights.length).toBeGreaterThan(1);
  expect(nights.at(-1)?.circle).toMatchObject({ nights: 0, rows: 0, lastNights: nights.length });
  const rowLost = nights.filter(({ drift: all }) =>
    all.some(({ item, law }) => item === `activity#${idOf('b', 1)}` && law === undefined),
  );
  expect(rowLost).toHaveLength(1);
  expect(await drift()).toEqual([]);
});

test('a circle that is interrupted goes on where it was, and finds the same', async () => {
  const of = `activity#${idOf('b', 1)}`;
  const parts = await withDamage({ pk: of, sk: 'activity' }, lost, async () => {
    const found: Part[] = [];
    do {
      let asked = 1;
      const hasTime = () => asked-- > 0;
      found.push(await reconcilePart(1, found.at(-1)?.left, hasTime, 1));
    } while (found.at(-1)?.left);
    return found;
  });
  expect(parts.length).toBeGreaterThan(2);
  const differences = parts.flatMap(({ differences: all }) => all);
  expect(differences.filter(({ item, law }) => item === of && law === undefined)).toHaveLength(1);
});
