import type * as z from 'zod';
import type { Metric } from '../figures/metrics.ts';
import { metricsOf } from '../figures/metrics.ts';
import { hoursText, numberText } from '../html/parts.ts';
import { inLanguage, type Say } from '../html/words.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { settings } from '../runtime/settings.ts';
import type { dashboards } from './contract.ts';
import { reasonWords } from './meanings.ts';

export type Dashboard = z.output<typeof dashboards.readMonth.answer>;
export type Figures = Dashboard['metrics'];
export type Figure = Figures[string];

/** The name of a metric for people, as a heading; its own where it has none. */
export const metricName = (name: string, locale: Locale): string => {
  const metric: Metric | undefined = metricsOf(settings().outputs)[name];
  const said = metric ? inLanguage(locale, metric) : name;
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
};

const inMinutes = ({ unit }: Figure): boolean => unit === 'minutes';

/** A value as people read it: minutes as hours. Null is unknown. */
export const valueText = (
  figure: Figure | undefined,
  value: number | null = figure?.value ?? null,
): string | null => (figure && inMinutes(figure) ? hoursText(value) : numberText(value));

/** The measure word. */
export const unitText = (figure: Figure, locale: Locale): string => {
  if (inMinutes(figure)) return locale === 'en' ? 'hours' : '小时';
  return locale === 'en' ? figure.unit : figure.unitZh;
};

/** What a figure was closed with, where that is another; counted and estimated apart. */
export const closedText = (figure: Figure, say: Say): string | undefined => {
  const { value, estimated, closed, closedEstimated } = figure;
  const text = (was: number | null) => valueText(figure, was) ?? '—';
  const parts = [
    ...(closed === undefined || closed === value
      ? []
      : [say(`关账时为 ${text(closed)}`, `closed as ${text(closed)}`)]),
    ...(closedEstimated === undefined || closedEstimated === estimated
      ? []
      : [
          say(
            `估计数关账时为 ${text(closedEstimated)}`,
            `estimate closed as ${text(closedEstimated)}`,
          ),
        ]),
  ];
  return parts.length === 0 ? undefined : parts.join(say('；', '; '));
};

/**
 * What stands beside a value: what it was closed with; the estimate, which is never added to it; or why there
 * is none.
 */
export const besideText = (figure: Figure, say: Say): string | undefined => {
  const { estimated, reason } = figure;
  if (reason) {
    const { zh, en } = reasonWords[reason];
    return say(zh, en);
  }
  const text = valueText(figure, estimated ?? null);
  const also = text === null ? undefined : say(`另有估计数 ${text}`, `and ${text} estimated`);
  const parts = [closedText(figure, say), also].filter(Boolean);
  return parts.length === 0 ? undefined : parts.join(say('；', '; '));
};
