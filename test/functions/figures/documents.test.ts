import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Child,
  pageItem,
  pageOf,
  sumsOf,
  themesInPage,
  themesInYear,
  yearItem,
  yearOf,
} from '../../../functions/figures/documents.ts';
import { pageKey, personYearKey, yearKey } from '../../../functions/figures/layout.ts';
import { longId, longSheet, shortId, shortSheet } from '../../../functions/figures/packing.ts';
import {
  type KeptEntry,
  personYearItem,
  personYearOf,
} from '../../../functions/figures/person-year.ts';

const uuid = fc.uuid();
const count = fc.nat({ max: 100_000 });
const theme = fc.constantFrom('LAUNCH', 'FREE_CLINIC', 'GREEN_DELIVERY');
const measures = fc.dictionary(
  fc.constantFrom('participations', 'creditedMinutes', 'outputs.binsWiped'),
  count,
);
const child: fc.Arbitrary<Child> = fc.record({
  version: fc.integer({ min: 1, max: 999 }),
  theme,
  organisationId: uuid,
  teamId: fc.option(uuid),
  measures,
});
const sheetId = fc
  .tuple(uuid, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.nat(12))
  .map(([id, month, day, number]) => {
    const two = (value: number) => String(value).padStart(2, '0');
    return `${id}~2025-${two(month)}-${two(day)}~${number + 1}`;
  });

describe('packing', () => {
  test('an id and a sheet in short mean the same', () => {
    fc.assert(fc.property(uuid, (id) => longId(shortId(id)) === id));
    fc.assert(fc.property(sheetId, (id) => longSheet(shortSheet(id), '2025') === id));
  });

  test('a page is read as it was put', () => {
    const key = pageKey('sheets', '2025-10', 'hongqi-01', 0);
    fc.assert(
      fc.property(fc.array(fc.tuple(sheetId, child), { maxLength: 12 }), fc.nat(), (all, rev) => {
        const children = new Map(all.map(([id, each]) => [shortSheet(id), each]));
        const page = { ...key, rev, of: 2, asOf: '2025-10-18T00:00:00.000Z', children };
        expect(pageOf(key, pageItem(page))).toEqual(page);
        expect(themesInPage(pageItem(page))).toEqual(sumsOf(page));
      }),
    );
  });

  test('a year is read as it was put, and has the sums of its pages', () => {
    const key = yearKey('sheets', '2025', 'hongqi-01');
    fc.assert(
      fc.property(fc.array(child, { maxLength: 12 }), fc.nat(), (all, rev) => {
        const children = new Map(all.map((each, at) => [String(at), each]));
        const themes = sumsOf({ children });
        const total = [...themes.values()].reduce(
          (sum, each) => sum + (each.participations ?? 0),
          0,
        );
        expect(total).toBe(all.reduce((sum, each) => sum + (each.measures.participations ?? 0), 0));
        const year = { ...key, rev, asOf: '', pages: new Map([['10.0', { rev: 3, themes }]]) };
        expect(yearOf(key, yearItem(year))).toEqual(year);
        expect(themesInYear(yearItem(year))).toEqual(themes);
        const twice = new Map([...year.pages, ['11.0', { rev: 1, themes }]]);
        for (const [theme, measures] of themesInYear(yearItem({ ...year, pages: twice })))
          for (const [name, value] of Object.entries(measures))
            expect(value).toBe(2 * (themes.get(theme)?.[name] ?? 0));
      }),
    );
  });

  test('a person’s year is read as it was put', () => {
    const key = personYearKey('0198c0de-0000-7000-8000-0000000000c1', '2025');
    const kept: fc.Arbitrary<KeptEntry> = fc.record({
      version: fc.integer({ min: 1, max: 400 }),
      areaId: fc.constantFrom('a1', 'a2'),
      areasAbove: fc.constantFrom(['s1', 'd'], [], ['d']),
      theme,
      organisationId: uuid,
      teamId: fc.option(uuid),
      onDuty: fc.boolean(),
      attendedMinutes: fc.nat(1440),
      creditedMinutes: fc.nat(1440),
      origin: fc.constantFrom('scan', 'leader-roll', 'self-declared', 'back-entry', 'import'),
      status: fc.constantFrom('pending', 'verified', 'rejected', 'voided'),
      objectedOn: fc.option(fc.constant('2025-10-25')),
      flags: fc.constantFrom([], ['late' as const], ['late' as const, 'long-day' as const]),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(sheetId, kept), { maxLength: 12 }), (all) => {
        const year = {
          ...key,
          rev: 3,
          entries: new Map(all),
          with: ['a', 'b'],
          recountedWith: ['a', 'b', 'c'],
          uncounted: new Set(all.slice(0, 2).map(([id]) => id)),
          flaggedDays: new Map([['2025-03-05', 'overfull-day' as const]]),
        };
        expect(personYearOf(key, personYearItem(year))).toEqual(year);
      }),
    );
  });
});
