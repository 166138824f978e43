import type { Measures } from '../figures/packing.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { Cell } from '../totals/add-up.ts';
import { inUnits } from '../totals/figure.ts';
import type { Material, PeriodFigures, Share } from './material.ts';
import { type Decimals, digits, hoursOf, inSentence } from './numbers.ts';
import { type Basis, type Figure, name, type Pieces, type Words } from './pieces.ts';

/** Of a whole period: all areas, all themes. */
export const everywhere = { areaId: null, alone: false, theme: null } as const;
type Place = Omit<Cell, 'period'>;

/** A number before it is written. `value` is in the metric's unit. */
export type Amount = Omit<Figure, 'shown'>;

const minutes = 'minutes';
const percent = 'percent';
/** What always has a decimal. */
const finer: readonly string[] = [minutes, 'hours', percent];

/** Time is stored in minutes and written in hours. */
const shownBy =
  (show: (value: number, decimals: Decimals) => string) =>
  (amount: Amount): Figure => {
    const { unit } = amount;
    const value = unit === minutes ? hoursOf(amount.value) : amount.value;
    const isWhole = Number.isInteger(value) && !finer.includes(unit);
    return { ...amount, shown: show(value, isWhole ? 0 : 1) };
  };

/** What the parts of a report write with: numbers, names and words of one language. */
export interface Writer {
  readonly locale: Locale;
  readonly say: <Text>(zh: Text, en: Text) => Text;
  /** The figure of a metric; undefined when it has no lines. */
  readonly counted: (of: PeriodFigures, metric: string, place?: Place) => Amount | undefined;
  /** The estimates of a metric, which are never in its figure. */
  readonly estimated: (of: PeriodFigures, metric: string, place?: Place) => Amount | undefined;
  /** A number of the report's whole period that is no measure. */
  readonly other: (
    metric: string,
    value: number,
    basis: Basis,
    more?: Partial<Cell> & { readonly unit?: string },
  ) => Amount;
  /** A share in percent; undefined when it is unknown. */
  readonly share: (metric: string, share: Share | null) => Amount | undefined;
  readonly inText: (amount: Amount) => Figure;
  readonly inTable: (amount: Amount | undefined) => Figure | null;
  /** The measure word: 场, 小时, 人次. */
  readonly unit: (metric: string) => Words;
  readonly label: (metric: string) => Words;
  /** The label before a number and its measure word, which it does not say twice: 听众 100 人次. */
  readonly labelBefore: (metric: string) => Words;
  /** Whether the metric is a time, which is written in hours. */
  readonly isTime: (metric: string) => boolean;
  /** Whether the figures of parts add up to that of the whole; persons and partners are counted once. */
  readonly addsUp: (metric: string) => boolean;
  readonly area: (areaId: string) => Words;
  /** What is said instead of a figure that is unknown. */
  readonly unknown: Pieces;
}

export const createWriter = (
  { metrics, period, areaNames }: Pick<Material, 'metrics' | 'period' | 'areaNames'>,
  locale: Locale,
): Writer => {
  const say = <Text>(zh: Text, en: Text): Text => (locale === 'zh-CN' ? zh : en);
  const measured =
    (basis: Basis, measureOf: (metric: string) => string | undefined) =>
    (of: PeriodFigures, metric: string, place: Place = everywhere): Amount | undefined => {
      const figures: Measures = of.at(place);
      const sum = figures[measureOf(metric) ?? ''];
      const definition = metrics[metric];
      if (sum === undefined || definition === undefined) return undefined;
      const value = inUnits(definition, sum);
      return { metric, period: of.period, ...place, value, unit: definition.unit, basis };
    };
  const tabular = shownBy(digits);
  const inSentences = shownBy((value, decimals) => inSentence(value, decimals, locale));
  const labelOf = (metric: string): string => {
    const definition = metrics[metric];
    return definition ? say(definition.zh, definition.en) : metric;
  };
  return {
    locale,
    say,
    counted: measured('counted', (metric) => metric),
    estimated: measured('estimated', (metric) => metrics[metric]?.estimated),
    other: (metric, value, basis, more = {}) => ({
      ...{ metric, period, ...everywhere, unit: metrics[metric]?.unit ?? 'items' },
      ...{ value, basis },
      ...more,
    }),
    share: (metric, share) =>
      share === null || share.denominator === 0
        ? undefined
        : {
            ...{ metric, period, ...everywhere },
            value: (share.numerator / share.denominator) * 100,
            unit: percent,
            basis: 'ratio',
          },
    inText: (amount) => (amount.unit === percent ? tabular(amount) : inSentences(amount)),
    inTable: (amount) => (amount === undefined ? null : tabular(amount)),
    unit: (metric) => {
      const definition = metrics[metric];
      if (definition?.unit === minutes) return name(say('小时', 'hours'));
      return name(definition ? say(definition.unitZh, definition.unit) : say('项', 'items'));
    },
    label: (metric) => name(labelOf(metric)),
    labelBefore: (metric) => {
      const label = labelOf(metric);
      // One character may be a part of a word: 健康手册 is not 健康手.
      const unit = metrics[metric]?.unitZh ?? '';
      return name(unit.length > 1 && label.endsWith(unit) ? label.slice(0, -unit.length) : label);
    },
    isTime: (metric) => metrics[metric]?.unit === minutes,
    addsUp: (metric) => metrics[metric]?.aggregation === 'sum',
    area: (areaId) => name(areaNames.get(areaId) ?? areaId),
    unknown: [{ text: say('本项无核实数据。', 'No verified data.'), kind: 'text' }],
  };
};
