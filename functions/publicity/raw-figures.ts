import type { Metric } from '../figures/metrics.ts';
import { placeIn } from '../people/personal-places.ts';
import { type FigureReference, masked, written } from './references.ts';

/** A number that somebody typed where a figure may be meant. */
export interface RawFigure {
  readonly paragraph: number;
  readonly character: number;
  /** The number with its measure word. */
  readonly text: string;
  /** References that say such a number, if there are any. */
  readonly references: readonly string[];
}

/** Measure words of figures, beside those of the metrics, and the one that stands in metrics. */
const alike: Readonly<Record<string, string>> = { 小时: '分钟', 场: '场次', 名: '人', 斤: '公斤' };
const mostListed = 20;
const mostReferences = 3;

/**
 * The numbers of a text that have a measure word of a figure behind them and are no references: 参加120人次. They may
 * be right, but nobody notices when the figure is corrected.
 * @param place where the text is about, for the references that are offered
 */
export const rawFigures = (
  text: string,
  metrics: Readonly<Record<string, Metric>>,
  place: Omit<FigureReference, 'metric'>,
): readonly RawFigure[] => {
  const units = [
    ...new Set([...Object.values(metrics).map(({ unitZh }) => unitZh), ...Object.keys(alike)]),
  ].filter((unit) => /\p{Script=Han}/u.test(unit));
  const longestFirst = units.sort(
    (one, other) => other.length - one.length || (one < other ? -1 : 1),
  );
  const number = new RegExp(
    `(?<![\\d.|-])\\d[\\d,，]*(?:\\.\\d+)?\\s?[余多]?[百千万]?[余多]?\\s?(${longestFirst.join('|')})`,
    'gu',
  );
  return [...masked(text).matchAll(number)]
    .slice(0, mostListed)
    .map(({ 0: found, 1: unit = '', index }) => ({
      ...placeIn(text, index),
      text: found,
      references: Object.entries(metrics)
        .filter(([, metric]) => metric.aggregation !== 'ratio')
        .filter(([, { unitZh }]) => unitZh === unit || unitZh === alike[unit])
        .slice(0, mostReferences)
        .map(([metric]) => written({ metric, ...place })),
    }));
};
