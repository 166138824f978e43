import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addUp, type Cell, type Part } from '../../../functions/totals/add-up.ts';
import {
  documentsIn,
  documentsOfUnit,
  isTorn,
  type MonthSums,
  monthSumsIn,
  monthSumsOf,
  monthSumsOfUnit,
  pagesIn,
} from '../../../functions/totals/documents.ts';
import { areaIds, idOf, themes } from '../../lab/figures/district.ts';
import { months } from '../../lab/figures/history.ts';
import { documentsOf } from '../../support/documents-of.ts';
import {
  itemsIn,
  runningMetrics,
  season,
  sourcesOf,
  sumMetrics,
  tree,
  unitOf,
  wantedOf,
} from '../../support/random-season.ts';

const periods = [...months, '2025', '2026'];
/** All cells of a period: the whole, each area with what lies below it and alone, each theme, and both. */
const cellsOf = (period: string): readonly Cell[] =>
  [null, ...areaIds].flatMap((areaId) =>
    [null, ...themes].flatMap((theme) =>
      (areaId === null ? [false] : [false, true]).map((alone) => ({
        period,
        areaId,
        theme,
        alone,
      })),
    ),
  );

const names = [...sumMetrics, 'distinctVolunteers', 'partners', ...runningMetrics];
const shown = ({ figures }: Part): Readonly<Record<string, number>> =>
  Object.fromEntries(names.map((name) => [name, figures[name] ?? 0]));

describe('figures from documents', () => {
  test('every figure of every cell is that of the plain fold', () => {
    fc.assert(
      fc.property(season, ({ facts, pages }) => {
        const items = documentsOf(facts, { pages, unitOf });
        const wanted = wantedOf(facts);
        for (const period of periods) {
          const sources = sourcesOf(items, period);
          for (const cell of cellsOf(period))
            expect({ cell, ...shown(addUp(sources, cell)) }).toEqual({ cell, ...wanted(cell) });
        }
      }),
      { numRuns: 25 },
    );
  });

  test('the parts of a breakdown are cells themselves, and sums of parts are the whole', () => {
    fc.assert(
      fc.property(season, ({ facts, pages }) => {
        const items = documentsOf(facts, { pages, unitOf });
        const wanted = wantedOf(facts);
        for (const period of periods) {
          const sources = sourcesOf(items, period);
          for (const cell of cellsOf(period)) {
            const { areaId } = cell;
            const all = addUp(sources, cell);
            for (const [id, part] of all.areas) {
              const own = { ...cell, areaId: id, alone: id === areaId };
              expect({ own, ...shown(part) }).toEqual({ own, ...wanted(own) });
            }
            for (const [theme, part] of all.themes)
              expect(shown(part)).toEqual({ ...wanted({ ...cell, theme }) });
            for (const name of sumMetrics) {
              const whole = all.figures[name];
              const byArea = [...all.areas.values()].flatMap(({ figures }) => figures[name] ?? []);
              const byTheme = [...all.themes.values()].flatMap(
                ({ figures }) => figures[name] ?? [],
              );
              const sum = (parts: readonly number[]) =>
                parts.length > 0 ? parts.reduce((a, b) => a + b) : undefined;
              expect([name, sum(byArea)]).toEqual([name, whole]);
              if (cell.theme === null) expect([name, sum(byTheme)]).toEqual([name, whole]);
            }
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test('the months add up to the year', () => {
    fc.assert(
      fc.property(season, ({ facts, pages }) => {
        const items = documentsOf(facts, { pages, unitOf });
        for (const cell of cellsOf('2025')) {
          const year = addUp(sourcesOf(items, '2025'), cell);
          for (const name of [...sumMetrics, 'volunteersRegistered', 'teamsFormed']) {
            const ofMonths = months
              .filter((month) => month.startsWith('2025'))
              .map((period) => addUp(sourcesOf(items, period), { ...cell, period }).figures[name]);
            const known = ofMonths.flatMap((value) => value ?? []);
            const sum = known.length > 0 ? known.reduce((a, b) => a + b) : undefined;
            expect([name, sum]).toEqual([name, year.figures[name]]);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test('the year knows each month’s sums by theme as the month itself does', () => {
    const told = (all: readonly MonthSums[]) =>
      all
        .flatMap(({ month, areaId, themes }) =>
          [...themes].flatMap(([theme, measures]) =>
            Object.entries(measures).map(([name, value]) => ({
              cell: [month, areaId, theme, name].join('|'),
              value,
            })),
          ),
        )
        .reduce(
          (sums, { cell, value }) => sums.set(cell, (sums.get(cell) ?? 0) + value),
          new Map<string, number>(),
        );
    fc.assert(
      fc.property(season, ({ facts, pages }) => {
        const items = documentsOf(facts, { pages, unitOf });
        for (const year of ['2025', '2026']) {
          const ofMonths = months
            .filter((month) => month.startsWith(year))
            .flatMap((month) => monthSumsOf(month, documentsIn(itemsIn(items, month))));
          expect(told(monthSumsIn(itemsIn(items, year)))).toEqual(told(ofMonths));
        }
      }),
      { numRuns: 10 },
    );
  });

  test('organisations and teams have the sums of their own sheets and activities', () => {
    fc.assert(
      fc.property(season, ({ facts, pages }) => {
        const items = documentsOf(facts, { pages, unitOf });
        const units = [
          { organisationId: idOf('a', 0), teamId: null },
          { organisationId: idOf('a', 1), teamId: null },
          { organisationId: null, teamId: idOf('d', 9) },
          { organisationId: idOf('a', 1), teamId: idOf('d', 9) },
        ];
        for (const unit of units) {
          const isOwn = (activityId: string): boolean => {
            const { organisationId, teamId } = unitOf(activityId);
            return (
              organisationId === (unit.organisationId ?? organisationId) &&
              teamId === (unit.teamId ?? teamId)
            );
          };
          const wanted = wantedOf({
            ...facts,
            sheets: new Map([...facts.sheets].filter(([, { place }]) => isOwn(place.activityId))),
            activities: new Map([...facts.activities].filter(([id]) => isOwn(id))),
          });
          for (const period of months) {
            const documents = documentsOfUnit(
              monthSumsOfUnit(pagesIn(itemsIn(items, period)), unit),
            );
            const sources = { documents, running: new Map(), tree };
            for (const cell of cellsOf(period)) {
              const { figures } = addUp(sources, cell);
              for (const name of sumMetrics)
                expect([name, figures[name] ?? 0]).toEqual([name, wanted(cell)[name]]);
              expect(figures.distinctVolunteers).toBeUndefined();
            }
          }
        }
      }),
      { numRuns: 3 },
    );
  });
});

describe('a document that is being split', () => {
  const pages = (of: number, numbers: readonly number[], kind = '') =>
    numbers.map((n) => ({ pk: 'totals#2025', sk: `2025-03#a1#${kind}${n}`, of }));
  test.each([
    ['one page', pages(1, [0]), false],
    ['two pages', pages(2, [0, 1]), false],
    ['the old first page and a new second', [...pages(1, [0]), ...pages(2, [1])], true],
    ['the new first page alone', pages(2, [0]), true],
    ['pages of two documents', [...pages(1, [0]), ...pages(2, [0, 1], 'a')], false],
    ['ten pages and more', pages(16, [...Array(16).keys()]), false],
    ['counts beside them', [...pages(1, [0]), { pk: 'x', sk: '2025-03#a1#p' }], false],
  ] as const)('%s', (_, items, torn) => {
    expect(isTorn(items)).toBe(torn);
  });
});
