import type { StatedFigure, StoryContent } from '../../events/publicity.ts';
import { isOfDay, type Metric, metricsOf } from '../figures/metrics.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection, throwAll } from '../refusals/decision.ts';
import { dayNumber, localDateOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { addUp, type Cell } from '../totals/add-up.ts';
import { figureOf } from '../totals/figure.ts';
import { asPublicSees } from '../totals/hidden-figures.ts';
import { readSources } from '../totals/sources.ts';
import { type FigureReference, figuresIn, written } from './references.ts';

/** A figure that a text refers to, as everybody is shown it now. */
export interface PublicFigure {
  readonly reference: FigureReference;
  readonly metric: Metric | undefined;
  /** Null when there is none that may be shown: then `why` says so. */
  readonly value: number | null;
  readonly why: { readonly zh: string; readonly en: string } | undefined;
}

const unknownMetric = { zh: '没有这个指标', en: 'there is no such metric' };
const unknownArea = { zh: '没有这个区域', en: 'there is no such area' };
const dailyMetric = {
  zh: '该指标每日变动，不能写入报道',
  en: 'it changes every day and is for no text',
};
const small = {
  zh: '专业服务的小数目不公开，或由此可推算出小数目',
  en: 'it is a small figure of a professional service, or would show one',
};
const estimatedOnly = {
  zh: '只有估计数；报道只引用清点、核实的数',
  en: 'only an estimate is known, and texts state what was counted',
};
const unknown = { zh: '没有已核实的数据（不等于零）', en: 'nothing is known, which is not zero' };

type Read = (reference: FigureReference) => Omit<PublicFigure, 'reference'>;

/** The figures of one period, read once. */
const readPeriod = async (period: string, at: number): Promise<Read> => {
  const { timezone, outputs } = settings();
  const metrics = metricsOf(outputs);
  const whole: Cell = { period, areaId: null, alone: false, theme: null };
  const read = await readSources(whole, null);
  const all = addUp(read, whole).figures;
  const { sources, withheldIn } = await asPublicSees(period, read, (measure) =>
    Object.hasOwn(all, measure),
  );
  const day = dayNumber(localDateOf(at, timezone), yearOf(period));
  return ({ metric: name, areaId, theme }) => {
    const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
    if (!metric) return { metric, value: null, why: unknownMetric };
    if (areaId !== null && !sources.tree.has(areaId))
      return { metric, value: null, why: unknownArea };
    if (isOfDay(metric)) return { metric, value: null, why: dailyMetric };
    const cell: Cell = { ...whole, areaId, theme };
    const { figures } = addUp(sources, cell);
    const restriction = { byTheme: theme !== null, byUnit: false, hidden: withheldIn(cell) };
    const { value, estimated, reason } = figureOf(name, metric, figures, restriction, day);
    if (reason === 'small-cell') return { metric, value: null, why: small };
    if (value !== null) return { metric, value, why: undefined };
    return { metric, value, why: typeof estimated === 'number' ? estimatedOnly : unknown };
  };
};

/**
 * The figures that a text refers to, by the reference as it is written: what dashboards show everybody now, corrections
 * included. Some queries for each period, of which a text has few.
 * @param at when they are asked for, in epoch milliseconds
 */
export const readFigures = async (
  { text }: Pick<StoryContent, 'text'>,
  at: number,
): Promise<ReadonlyMap<string, PublicFigure>> => {
  const references = figuresIn(text);
  const periods = [...new Set(references.map(({ period }) => period))];
  const read = new Map(
    await Promise.all(
      periods.map(async (period) => [period, await readPeriod(period, at)] as const),
    ),
  );
  return new Map(
    references.map((reference) => {
      const of = read.get(reference.period)?.(reference);
      const figure = of ?? { metric: undefined, value: null, why: unknown };
      return [written(reference), { reference, ...figure }];
    }),
  );
};

/**
 * The figures as a text states them that is published now.
 * @throws Rejection `figure-not-public` for each that has no value everybody is shown
 */
export const statedFigures = async (
  content: Pick<StoryContent, 'text'>,
  at: number,
): Promise<readonly StatedFigure[]> => {
  const figures = [...(await readFigures(content, at))];
  throwAll(
    figures.flatMap(([reference, { why }]) =>
      why ? [new Rejection('figure-not-public', { reference, ...why })] : [],
    ),
  );
  const periods = [...new Set(figures.map(([, { reference }]) => reference.period))];
  const closed = new Map(
    await Promise.all(
      periods.map(
        async (period) =>
          [period, Boolean((await aggregate('period').stateNow(period))?.closed)] as const,
      ),
    ),
  );
  return figures.flatMap(([, { reference, value }]) =>
    value === null ? [] : [{ ...reference, value, closed: closed.get(reference.period) ?? false }],
  );
};
