import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { periodFigures } from '../../../functions/reports/period-figures.ts';
import { servicesByArea } from '../../../functions/reports/services.ts';
import { createWriter } from '../../../functions/reports/writer.ts';
import { hiddenOfClosed } from '../../../functions/totals/hidden-figures.ts';
import { materialOf } from '../../support/report-material.ts';

const cases = 'outputs.casesAssisted';
const { tree } = materialOf();
const areas = ['hongqi-01', 'hongqi-02', 'hongqi-03'];

/** A closed year in which areas helped in so many cases. */
const tableOf = (counts: Readonly<Record<string, number>>) => {
  const sources = {
    documents: new Map(
      Object.entries(counts).map(([areaId, count]) => [
        areaId,
        { asOf: '', themes: new Map([['LAW', { [cases]: count }]]), counted: {}, below: {} },
      ]),
    ),
    running: new Map(),
    tree,
  };
  const material = materialOf({
    figures: periodFigures('2025', sources),
    hidden: hiddenOfClosed('2025', sources, [cases]),
  });
  return servicesByArea(material, createWriter(material, 'zh-CN'), areas)[0];
};

const column = (counts: Readonly<Record<string, number>>) =>
  (tableOf(counts)?.rows ?? []).map(({ cells }) => {
    const cell = cells[1] ?? null;
    if (cell === null) return null;
    return 'hidden' in cell ? cell.hidden : 'value' in cell ? cell.value : cell.text;
  });

test('a year without such services has no table', () => {
  expect(tableOf({})).toBeUndefined();
});

test('counts that are not small are shown with their sum', () => {
  expect(column({ 'hongqi-01': 7, 'hongqi-02': 9 })).toEqual([7, 9, null, 16]);
});

test('a small one is never alone, so that the sum does not show it', () => {
  fc.assert(
    fc.property(
      fc.record({ 'hongqi-01': fc.nat(9), 'hongqi-02': fc.nat(9), 'hongqi-03': fc.nat(9) }),
      (counts) => {
        const shown = column(counts).slice(0, -1);
        expect(shown.filter((each) => Number(each) > 0 && Number(each) < 5)).toEqual([]);
        const hidden = shown.filter((each) => typeof each === 'string');
        const hasSmall = Object.values(counts).some((count) => count > 0 && count < 5);
        expect(hidden.length >= 2).toBe(hasSmall);
        // One word for all of them: which is the small one is not said.
        expect(new Set(hidden).size).toBeLessThanOrEqual(1);
      },
    ),
  );
});
