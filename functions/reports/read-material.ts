import type { Campaign } from '../../events/campaigns.ts';
import type { Area } from '../../events/organisations.ts';
import { treeOf } from '../figures/area-tree.ts';
import { metricsOf } from '../figures/metrics.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { localDateOf, monthsOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { readSources } from '../totals/sources.ts';
import { areaRows } from '../views/keys.ts';
import { itemsOf } from '../views/views.ts';
import { emptyReport } from './decider.ts';
import type { Material, PeriodFigures, Planned, Quality } from './material.ts';
import { periodFigures } from './period-figures.ts';

/** The live figures of a period, whose documents are read by one query. */
const readFigures = async (period: string): Promise<PeriodFigures> =>
  periodFigures(
    period,
    await readSources({ period, areaId: null, alone: false, theme: null }, null),
  );

const unplanned = { activities: null, withoutOutputs: null } as const;

const themesIn = (campaign: Campaign | undefined): readonly Planned[] =>
  (campaign?.themes ?? []).map(({ key, title, months, units }) => ({
    ...{ key, title, months, units },
    ...unplanned,
  }));

const routinesIn = (campaign: Campaign | undefined): readonly Planned[] =>
  (campaign?.routines ?? []).map(({ key, title }) => ({
    ...{ key, title, months: [], units: [] },
    ...unplanned,
  }));

/** Nothing measures these yet. */
const unmeasured: Quality = {
  evidence: null,
  onTimeRecords: null,
  corrections: null,
  correctedMinutes: null,
  exactHundreds: null,
  origins: null,
  flagsSeen: null,
  flagsDismissed: null,
};

/** The district's own name: that of the only area that lies in no other. */
const placeIn = (areas: readonly Area[], roots: readonly string[]): string => {
  const [only, ...others] = roots;
  const root = areas.find(({ id }) => id === only);
  return root && others.length === 0 ? root.name : settings().name;
};

/**
 * Everything that a report of a year or a bulletin of a month is made of: the documents of the period and, for a
 * year, of its months, each by one query, all at once; the areas, the plan, and what people wrote.
 */
export const readMaterial = async (period: string): Promise<Material> => {
  const year = yearOf(period);
  const isYear = period.length === 4;
  const [figures, months, areaItems, campaign, texts] = await Promise.all([
    readFigures(period),
    Promise.all(isYear ? monthsOf(year).map(readFigures) : []),
    itemsOf(areaRows, {}),
    aggregate('campaign').stateNow(year, false),
    aggregate('report').stateNow(year, false),
  ]);
  const areas = areaItems.map(({ row }) => row as Area);
  const tree = treeOf(areas, Number(year));
  const { problems, nextYear } = texts ?? emptyReport(Number(year));
  return {
    period,
    place: placeIn(areas, tree.childrenOf(null)),
    status: 'draft',
    closed: null,
    asOf: figures.asOf && localDateOf(Date.parse(figures.asOf), settings().timezone),
    figures,
    months,
    before: null,
    tree,
    areaNames: new Map(areas.map(({ id, name }) => [id, name])),
    metrics: metricsOf(settings().outputs),
    themes: themesIn(campaign),
    routines: routinesIn(campaign),
    quality: unmeasured,
    restated: [],
    firstServiceWithin60Days: null,
    registeredNeverActive: null,
    requests: [],
    publicity: [],
    recognition: [],
    texts: { problems, nextYear },
  };
};
