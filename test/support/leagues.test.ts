import { expect, test } from '@jest/globals';
import { orderedBy, rankingOfTable, rankingsInJson, tablesInHtml } from './leagues.ts';

const areas = ['hongqi-01', 'hongqi-02', 'hongqi-03', 'hongqi-04', 'hongqi-05'];
const subjects = new Set(areas);
const ids = new Map(areas.map((id, at) => [`${'甲乙丙丁戊'[at]}社区`, id]));
const minutes = [300, 240, 520, 60, 410];
const byCode = areas.map((areaId, at) => ({ areaId, metrics: { minutes: minutes[at] ?? 0 } }));
const byFigure = byCode.toSorted((one, other) => other.metrics.minutes - one.metrics.minutes);
const faultsIn = (value: unknown) => rankingsInJson(value, subjects).flatMap(orderedBy);

test('a list by code is none by a figure, and a list by a figure is, wherever it lies', () => {
  expect(faultsIn({ items: byCode })).toEqual([]);
  expect(faultsIn({ items: byFigure })).toEqual(['/metrics/minutes']);
  expect(faultsIn([{ deep: { items: byFigure.toReversed() } }])).toEqual(['/metrics/minutes']);
  const asKeys = Object.fromEntries(byFigure.map(({ areaId, metrics }) => [areaId, metrics]));
  expect(faultsIn({ areas: asKeys })).toEqual(['/minutes']);
});

test('a list by day or by name is none by a figure', () => {
  const byDay = byFigure.map((each, at) => ({ ...each, on: `2025-10-0${at + 1}` }));
  expect(faultsIn(byDay)).toEqual([]);
});

test('tables of pages are seen', () => {
  const rows = (order: typeof byCode) =>
    order.map(({ areaId, metrics }) => {
      const name = [...ids].find(([, id]) => id === areaId)?.[0];
      return `<tr><th>${name}</th><td class="n">${metrics.minutes}</td></tr>`;
    });
  const faults = (order: typeof byCode) =>
    tablesInHtml(`<p></p><table><tbody>${rows(order).join('')}</tbody></table>`)
      .map((table) => rankingOfTable('', table, ids))
      .flatMap(orderedBy);
  expect(faults(byCode)).toEqual([]);
  expect(faults(byFigure)).toEqual(['1']);
});
