import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { metricsOf } from '../../../functions/figures/metrics.ts';
import type { Measures } from '../../../functions/figures/packing.ts';
import { partsOf, quotientOf, type Ratio } from '../../../functions/figures/ratio.ts';

const ratios = Object.entries(metricsOf({})).flatMap(([name, { ratio }]) =>
  ratio ? [[name, ratio] as const] : [],
);

const share: Ratio = { numerator: { all: 1, bad: -1 }, denominator: { all: 1 }, times: 100 };

test.each([
  [{ all: 3, bad: 1 }, { numerator: 2, denominator: 3 }, 66.7],
  [{ all: 3 }, { numerator: 3, denominator: 3 }, 100],
  [{ all: 3, bad: 3 }, { numerator: 0, denominator: 3 }, 0],
  // Half of a tenth is rounded up.
  [{ all: 2000, bad: 1999 }, { numerator: 1, denominator: 2000 }, 0.1],
  [{ bad: 0 }, { numerator: null, denominator: null }, null],
  [{}, { numerator: null, denominator: null }, null],
])('%j', (measures, parts, value) => {
  expect(partsOf(share, measures, 0)).toEqual(parts);
  expect(quotientOf(share, partsOf(share, measures, 0))).toBe(value);
});

test('what nobody records is unknown, beside the number of which it would be a share', () => {
  const parts = partsOf({ ...share, numerator: null }, { all: 3 }, 0);
  expect(parts).toEqual({ numerator: null, denominator: 3 });
  expect(quotientOf(share, parts)).toBeNull();
});

const measures = fc.record(
  Object.fromEntries(
    [
      ...new Set(
        ratios.flatMap(([, { numerator, denominator }]) =>
          Object.keys({ ...numerator, ...denominator }),
        ),
      ),
    ].map((name) => [name, fc.nat(50)]),
  ),
  { requiredKeys: [] },
) as fc.Arbitrary<Measures>;

test.each(ratios)('%s: the parts of lines add up to the parts of the whole', (_, ratio) => {
  fc.assert(
    fc.property(
      fc.array(measures, { maxLength: 6 }),
      fc.integer({ min: 1, max: 800 }),
      (lines, day) => {
        const whole: Record<string, number> = {};
        for (const line of lines)
          for (const [name, value] of Object.entries(line))
            whole[name] = (whole[name] ?? 0) + value;
        const added = { numerator: 0, denominator: 0 };
        for (const line of lines) {
          const { numerator, denominator } = partsOf(ratio, line, day);
          // A line that the denominator does not count must not count in the numerator either.
          fc.pre(denominator !== null || Object.keys(line).length === 0);
          added.numerator += numerator ?? 0;
          added.denominator += denominator ?? 0;
        }
        const { numerator, denominator } = partsOf(ratio, whole, day);
        expect(denominator ?? 0).toBe(added.denominator);
        if (ratio.numerator && denominator !== null) expect(numerator).toBe(added.numerator);
      },
    ),
  );
});

test('people who wait since the first and the eleventh of January have waited ten days on average', () => {
  const { ratio } = metricsOf({}).pendingAge as { ratio: Ratio };
  const parts = partsOf(ratio, { waiting: 2, waitingSince: 1 + 11 }, 16);
  expect(parts).toEqual({ numerator: 20, denominator: 2 });
  expect(quotientOf(ratio, parts)).toBe(10);
});
