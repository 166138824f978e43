import type { Campaign } from '../../events/campaigns.ts';
import type { Area } from '../../events/organisations.ts';
import type { StillOpen } from '../../events/periods.ts';
import type { WrittenText } from '../../events/reports.ts';
import {
  type ClosedPeriod,
  type PeriodStatus,
  readClosed,
  readStatus,
  restatementsMadeIn,
} from '../closed/read-closed.ts';
import { type AreaTree, treeOf } from '../figures/area-tree.ts';
import { type Metric, metricsOf } from '../figures/metrics.ts';
import type { Measures } from '../figures/packing.ts';
import { qualityMetrics } from '../figures/quality-metrics.ts';
import { partsOf } from '../figures/ratio.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { localDateOf, monthsOf, yearOf } from '../runtime/calendar.ts';
import { onceEach } from '../runtime/once.ts';
import { settings } from '../runtime/settings.ts';
import {
  type HiddenFigures,
  hiddenOfClosed,
  noneHidden,
  professionalMeasures,
  readHiddenFigures,
} from '../totals/hidden-figures.ts';
import { readSources } from '../totals/sources.ts';
import { areaRows } from '../views/keys.ts';
import { itemsOf } from '../views/views.ts';
import { emptyReport } from './decider.ts';
import type {
  Counted,
  Material,
  MonthFigures,
  PeriodFigures,
  Planned,
  Quality,
  Share,
  Status,
} from './material.ts';
import { periodFigures } from './period-figures.ts';
import { exemplarsIn, publicityIn, readStories } from './read-publicity.ts';
import { readRecognition } from './read-recognition.ts';
import { readRestated } from './restated.ts';

/** The live figures of a period, whose documents are read by one query. */
const readFigures = async (period: string): Promise<PeriodFigures> =>
  periodFigures(
    period,
    await readSources({ period, areaId: null, alone: false, theme: null }, null),
  );

/** The figures of a closed period. */
const closedFigures = ({ period, sources }: ClosedPeriod): PeriodFigures =>
  periodFigures(period, sources);

/** Where a period stands: whether it is closed, as the Ledger says, and what the Views say since. */
const statusOf = (closed: ClosedPeriod | undefined, status: PeriodStatus): Status => {
  if (!closed) return 'draft';
  return status === 'restated' ? 'restated' : 'closed';
};

/** What was open at several closes together; null when nothing was closed. */
const openIn = (all: readonly (StillOpen | null)[]): StillOpen | null => {
  const [first, ...more] = all.filter((each) => each !== null);
  if (!first) return null;
  const names = Object.keys(first) as (keyof StillOpen)[];
  return more.reduce(
    (sum, each) =>
      Object.fromEntries(names.map((name) => [name, sum[name] + each[name]])) as StillOpen,
    first,
  );
};

/** The last day of a month or year, `yyyy-mm-dd`. */
const lastDayOf = (period: string): string =>
  new Date(Date.UTC(Number(yearOf(period)), Number(period.slice(5) || 12), 0))
    .toISOString()
    .slice(0, 'yyyy-mm-dd'.length);

type ReadClosed = typeof readClosed;

/** The figures with which a month was closed; the live ones of one that is open. */
const readStated = async (month: string, closedOf: ReadClosed): Promise<MonthFigures> => {
  const closed = await closedOf(month);
  return closed
    ? {
        ...closedFigures(closed),
        status: statusOf(closed, await readStatus(month)),
        open: closed.open,
      }
    : { ...(await readFigures(month)), status: 'draft', open: null };
};

/**
 * What is not shown of a year by area: what dashboards do not show, so that nobody works it out from both;
 * and of a closed year what its own figures would show, which are others after a correction.
 */
const readHidden = async (
  year: string,
  tree: AreaTree,
  figures: PeriodFigures,
  closed: ClosedPeriod | undefined,
): Promise<HiddenFigures> => {
  const measures = figures.at({ areaId: null, alone: false, theme: null });
  const live = await readHiddenFigures(year, tree, (measure) => Object.hasOwn(measures, measure));
  if (!closed) return live;
  const ofClosed = hiddenOfClosed(year, closed.sources, professionalMeasures());
  return (cell) => new Set([...live(cell), ...ofClosed(cell)]);
};

/** The local date of a text that was written after the close of the year. */
const lateOn = (text: WrittenText | null, closed: ClosedPeriod | undefined): string | null =>
  text && closed && text.writtenAt > closed.closedAt
    ? localDateOf(Date.parse(text.writtenAt), settings().timezone)
    : null;

const themesIn = (campaign: Campaign | undefined): readonly Planned[] =>
  (campaign?.themes ?? []).map(({ key, title, months, units }) => ({ key, title, months, units }));

const routinesIn = (campaign: Campaign | undefined): readonly Planned[] =>
  (campaign?.routines ?? []).map(({ key, title }) => ({ key, title, months: [], units: [] }));

/** The shares that say where entries come from, by origin. */
const originShares = {
  scan: 'scanShare',
  'leader-roll': 'leaderRollShare',
  'self-declared': 'selfDeclaredShare',
  'back-entry': 'backEntryShare',
  import: 'importShare',
} as const;

/** None of the report's shares depends on the day on which one asks. */
const anyDay = 0;

/** How true the figures are, from the measures of the whole period. */
const qualityIn = (measures: Measures): Quality => {
  const share = (name: keyof typeof qualityMetrics): Share | null => {
    const metric: Metric = qualityMetrics[name];
    if (!metric.ratio) return null;
    const { numerator, denominator } = partsOf(metric.ratio, measures, anyDay);
    return numerator === null || denominator === null ? null : { numerator, denominator };
  };
  const corrections = share('correctionShare');
  const origins = Object.entries(originShares).flatMap(([origin, name]) => {
    const known = share(name);
    return known ? [[origin, known.numerator] as const] : [];
  });
  return {
    evidence: share('evidenceShare'),
    onTimeRecords: share('onTimeRecordShare'),
    corrections,
    correctedMinutes: corrections && (measures.correctedMinutes ?? 0),
    exactHundreds: share('exactHundredsShare'),
    origins: origins.length > 0 ? new Map(origins) : null,
    flagsSeen: null,
    flagsDismissed: null,
  };
};

/** The district's own name: that of the only area that lies in no other. */
const placeIn = (areas: readonly Area[], roots: readonly string[]): string => {
  const [only, ...others] = roots;
  const root = areas.find(({ id }) => id === only);
  return root && others.length === 0 ? root.name : settings().name;
};

/** What is counted of two kinds; null when nothing is. */
const joined = (...all: readonly (readonly Counted[] | null)[]): readonly Counted[] | null => {
  const counted = all.flatMap((each) => each ?? []);
  return counted.length === 0 ? null : counted;
};

/**
 * Everything that a report of a year or a bulletin of a month is made of: the documents of the period and, for a
 * year, of its months, each by one query, all at once; what was closed, and what changed since; the areas, the
 * plan, and what people wrote.
 * @param at when it is asked for, in epoch milliseconds
 * @param closedOf what a period was closed with; each is read once
 */
export const readMaterial = async (
  period: string,
  at: number,
  closedOf: ReadClosed = onceEach(readClosed),
): Promise<Material> => {
  const year = yearOf(period);
  const isYear = period.length === 4;
  const [closed, status] = await Promise.all([closedOf(period), readStatus(period)]);
  const before = isYear ? String(Number(year) - 1) : null;
  const [
    figures,
    months,
    closedBefore,
    restated,
    made,
    areaItems,
    campaign,
    texts,
    stories,
    recognition,
  ] = await Promise.all([
    closed ? closedFigures(closed) : readFigures(period),
    Promise.all(isYear ? monthsOf(year).map((month) => readStated(month, closedOf)) : []),
    before === null ? undefined : closedOf(before),
    readRestated(period, readFigures, closedOf),
    isYear ? null : restatementsMadeIn(period),
    itemsOf(areaRows, {}),
    aggregate('campaign').stateNow(year, false),
    aggregate('report').stateNow(year, false),
    readStories(period),
    isYear ? readRecognition(year) : null,
  ]);
  const areas = areaItems.map(({ row }) => row as Area);
  const tree = treeOf(areas, Number(year));
  const { problems, nextYear } = texts ?? emptyReport(Number(year));
  const { timezone, outputs } = settings();
  return {
    period,
    place: placeIn(areas, tree.childrenOf(null)),
    status: statusOf(closed, status),
    closed: closed ? { version: closed.version, root: closed.root } : null,
    until: [lastDayOf(period), localDateOf(at, timezone)].sort()[0] ?? '',
    openAtClose: openIn(isYear ? months.map(({ open }) => open) : [closed?.open ?? null]),
    asOf: figures.asOf && localDateOf(Date.parse(figures.asOf), timezone),
    figures,
    months,
    before: closedBefore ? closedFigures(closedBefore) : null,
    tree: closed?.sources.tree ?? tree,
    professional: professionalMeasures(),
    hidden: isYear ? await readHidden(year, tree, figures, closed) : noneHidden,
    areaNames: new Map(areas.map(({ id, name }) => [id, name])),
    metrics: metricsOf(outputs),
    themes: themesIn(campaign),
    routines: routinesIn(campaign),
    quality: qualityIn(figures.at({ areaId: null, alone: false, theme: null })),
    restated,
    madeHere: made && { count: made.first.length, areAll: made.areAll },
    firstServices: closed?.sources.firstServices ?? null,
    requests: null,
    publicity: publicityIn(stories),
    recognition: joined(exemplarsIn(stories), recognition),
    texts: {
      ...{ problems, nextYear },
      lateOn: { problems: lateOn(problems, closed), nextYear: lateOn(nextYear, closed) },
    },
  };
};
