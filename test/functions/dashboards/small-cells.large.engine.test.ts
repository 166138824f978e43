import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import { handler } from '../../../functions/dashboards/api.ts';
import { areaIds, type Facts, idOf, themes } from '../../lab/figures/district.ts';
import { fold } from '../../lab/figures/fold.ts';
import { months, play } from '../../lab/figures/history.ts';
import { createRandom } from '../../lab/random.ts';
import { documentsOf } from '../../support/documents-of.ts';
import { ask } from '../../support/http-event.ts';
import { putItems } from '../../support/put-items.ts';
import { freshTables } from '../../support/tables.ts';

const metric = 'outputs.legalConsultations';
const random = createRandom(1, 'small-cells');

/** A district in which lawyers advised few people here and many there. */
const facts: Facts = {
  ...play(random, 'few'),
  sheets: new Map(),
  activities: new Map(
    Array.from({ length: 24 }, (_, n) => [
      idOf('b', n),
      {
        id: idOf('b', n),
        month: months[random.below(3)] ?? '',
        areaId: areaIds[random.below(areaIds.length - 1)] ?? '',
        theme: themes[random.below(themes.length)] ?? '',
        status: 'verified' as const,
        partnerIds: [],
        measures: { [metric]: random.below(3) === 0 ? 1 + random.below(4) : 20 + random.below(50) },
      },
    ]),
  ),
};
const wanted = fold(facts);
/** The themes with figures anywhere in a year. */
const known = new Set(
  [...facts.activities.values()].flatMap((activity) =>
    activity ? [`${activity.month.slice(0, 4)}|${activity.theme}`] : [],
  ),
);

const itemsOf = (of: Facts) =>
  documentsOf(of, {
    pages: 2,
    unitOf: () => ({ organisationId: '0198c0de-0000-7000-8000-0000000000a1', teamId: null }),
  });

beforeAll(async () => {
  await freshTables();
  await putItems(itemsOf(facts));
});

interface Shown {
  readonly value: number | null;
  readonly reason?: string;
}
const read = async (period: string, query: Readonly<Record<string, string>>, forStaff = false) => {
  const isYear = period.length === 4;
  const { body } = await ask(handler, {
    route: `GET ${isYear ? '/totals/{year}' : '/dashboards/{month}'}${forStaff ? '/staff' : ''}`,
    params: isYear ? { year: period } : { month: period },
    query,
    ...(forStaff ? { token: { sub: 'auditor', role: 'auditor' } } : {}),
  });
  return body as {
    readonly metrics: Readonly<Record<string, Shown>>;
    readonly breakdown: Readonly<
      Record<'area' | 'theme', Readonly<Record<string, Readonly<Record<string, Shown>>>>>
    >;
  };
};

test('no small figure of a professional service is published by area, in any form', async () => {
  let hidden = 0;
  const check = (at: string, shown: Shown | undefined): void => {
    const value = wanted.get(`${at}|${metric}`) ?? 0;
    const isByArea = !/\|(\*|d)\|/.test(at);
    if (!isByArea) expect([at, shown?.value ?? 0]).toEqual([at, value]);
    else if (value > 0 && value < 5) {
      hidden += 1;
      expect([at, shown]).toMatchObject([at, { value: null, reason: 'small-cell' }]);
    } else if (shown?.reason === undefined) expect([at, shown?.value ?? 0]).toEqual([at, value]);
    else expect([at, shown]).toMatchObject([at, { value: null, reason: 'small-cell' }]);
  };
  for (const period of [...months, '2025', '2026']) {
    const whole = await read(period, {});
    check(`${period}|*|*`, whole.metrics[metric]);
    for (const areaId of areaIds) {
      const { metrics, breakdown } = await read(period, { areaId });
      check(`${period}|${areaId}|*`, metrics[metric]);
      for (const theme of themes) {
        // There is no plan. A theme is known by its figures anywhere, and asking for it tells nothing of an area.
        const { metrics: ofTheme, breakdown: within } = await read(period, { areaId, theme });
        if (!known.has(`${period.slice(0, 4)}|${theme}`)) {
          expect([theme, ofTheme]).toEqual([theme, undefined]);
          continue;
        }
        const asked = ofTheme[metric];
        // A cell of one theme has no themes, whatever is hidden in it.
        expect([areaId, theme, within.theme]).toEqual([areaId, theme, {}]);
        check(`${period}|${areaId}|${theme}`, asked);
        // A theme that is left out has nothing: so one whose figure is hidden is not left out.
        expect([areaId, theme, breakdown.theme[theme]?.[metric]?.reason]).toEqual([
          areaId,
          theme,
          asked?.reason,
        ]);
      }
      for (const [child, figures] of Object.entries(breakdown.area))
        if (child !== areaId) check(`${period}|${child}|*`, figures[metric]);
    }
  }
  expect(hidden).toBeGreaterThan(5);
});

test('staff see them', async () => {
  for (const areaId of areaIds) {
    const { metrics } = await read('2025', { areaId }, true);
    expect([areaId, metrics[metric]?.value ?? 0]).toEqual([
      areaId,
      wanted.get(`2025|${areaId}|*|${metric}`) ?? 0,
    ]);
  }
});

test('a month whose pages are newer or older than the year shows what the year says', async () => {
  const ofYear = ({ sk }: Readonly<Record<string, unknown>>) => /^\d{4}#/.test(String(sk));
  const changed = [...facts.activities].map(([id, activity]) => {
    const value = activity?.measures[metric] ?? 0;
    return [
      id,
      activity && { ...activity, measures: { [metric]: value < 5 ? value + 30 : 2 } },
    ] as const;
  });
  await freshTables();
  await putItems([
    ...itemsOf({ ...facts, activities: new Map(changed) }).filter((item) => !ofYear(item)),
    ...itemsOf(facts).filter(ofYear),
  ]);
  let seen = 0;
  for (const period of months)
    for (const areaId of areaIds) {
      const shown = (await read(period, { areaId })).metrics[metric];
      const value = wanted.get(`${period}|${areaId}|*|${metric}`) ?? 0;
      if (shown?.reason === 'small-cell') expect([areaId, shown.value]).toEqual([areaId, null]);
      else expect([period, areaId, shown?.value ?? 0]).toEqual([period, areaId, value]);
      if ((shown?.value ?? 0) > 0) seen += 1;
    }
  expect(seen).toBeGreaterThan(0);
});
