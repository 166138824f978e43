import { describe, expect, test } from '@jest/globals';
import { metricsOf } from '../../../functions/figures/metrics.ts';
import type { Measures } from '../../../functions/figures/packing.ts';
import { figureOf, noneHidden } from '../../../functions/totals/figure.ts';

const shown = (name: string, measures: Measures, day = 100) => {
  const metric = metricsOf({})[name];
  if (!metric) throw new Error(`no metric ${name}`);
  return figureOf(name, metric, measures, { byTheme: true, byUnit: true, hidden: noneHidden }, day);
};

/** Ten served, two of them late; three scanned, one imported; of two more that were verified, one counts again. */
const served = {
  ...{ participations: 10, onDutyParticipations: 1, creditedMinutes: 1234 },
  ...{ late: 2, scan: 3, imported: 1, backEntry: 2 },
  ...{ correctedEntries: 2, correctedMinutes: 240, withdrawn: 1 },
};

describe('the quality of figures', () => {
  test.each([
    ['onTimeRecordShare', 8, 10, 80],
    ['scanShare', 3, 10, 30],
    ['leaderRollShare', 4, 10, 40],
    ['selfDeclaredShare', 0, 10, 0],
    ['backEntryShare', 2, 10, 20],
    ['importShare', 1, 10, 10],
    ['correctionShare', 2, 12, 16.7],
  ])('%s is %d of %d', (name, numerator, denominator, value) => {
    expect(shown(name, served)).toEqual({
      ...{ value, numerator, denominator },
      ...{ unit: 'percent', unitZh: '%', aggregation: 'ratio' },
    });
  });

  test('participations of which nobody knows how they were entered are no part of it', () => {
    const half = { ...served, participations: 16, unassessed: 6, unassessedOnDuty: 1 };
    expect(shown('onTimeRecordShare', half)).toMatchObject({ numerator: 8, denominator: 10 });
    expect(shown('leaderRollShare', half)).toMatchObject({ numerator: 4, denominator: 10 });
    expect(shown('correctionShare', half)).toMatchObject({ numerator: 2, denominator: 11 });
    const none = { participations: 6, unassessed: 6 };
    expect(shown('onTimeRecordShare', none)).toMatchObject({ value: null, denominator: null });
  });

  test('evidence is not recorded, which is not 0', () => {
    expect(shown('evidenceShare', { activitiesHeld: 4 })).toEqual({
      ...{ value: null, numerator: null, denominator: 4, reason: 'not-recorded' },
      ...{ unit: 'percent', unitZh: '%', aggregation: 'ratio' },
    });
  });

  test.each([
    [{ creditedMinutes: 59, participations: 1 }, 59, true],
    [{ creditedMinutes: 60, participations: 1 }, 60, false],
    [{ creditedMinutes: 960, participations: 2 }, 480, false],
    [{ creditedMinutes: 961, participations: 2 }, 480.5, true],
    [{}, null, false],
  ])('%j are %d minutes each: unusual? %s', (measures, value, isUnusual) => {
    const usual = { least: 60, most: 480 };
    expect(shown('minutesPerParticipation', measures)).toMatchObject({ value, usual, isUnusual });
  });

  test('exact hundreds are shares of the activities that report anybody, by basis', () => {
    const reports = {
      ...{ beneficiaries: 350, beneficiaryReports: 3, exactHundreds: 2 },
      ...{ beneficiariesEstimated: 40, beneficiaryReportsEstimated: 1 },
    };
    expect(shown('exactHundredsShare', reports).value).toBe(66.7);
    expect(shown('exactHundredsShareEstimated', reports).value).toBe(0);
  });
});
