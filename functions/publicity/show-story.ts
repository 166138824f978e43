import type { Publication, StatedFigure } from '../../events/publicity.ts';
import type { Metric } from '../figures/metrics.ts';
import { hoursText, numberText } from '../html/parts.ts';
import { sayIn } from '../html/words.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { PublicFigure } from './read-figures.ts';
import { partsOf, written } from './references.ts';

/** A figure as a published text shows it. */
export interface ShownFigure {
  readonly reference: string;
  readonly name: string;
  readonly shown: string | null;
  readonly published: string | null;
  readonly standing: 'same' | 'corrected' | 'updated' | 'not-shown';
}

/** A value with its measure word: minutes as hours. */
const withUnit = (metric: Metric, value: number, locale: Locale): string => {
  const say = sayIn(locale);
  if (metric.unit === 'minutes') return say(`${hoursText(value)}小时`, `${hoursText(value)} hours`);
  return say(`${numberText(value)}${metric.unitZh}`, `${numberText(value)} ${metric.unit}`);
};

const standingOf = (
  { value: before, closed }: StatedFigure,
  now: number,
): ShownFigure['standing'] => {
  if (now === before) return 'same';
  return closed ? 'corrected' : 'updated';
};

/**
 * The figures of a published text: as they are now, beside what they were. Of a figure that is not shown any more the
 * value of before is not shown either: with the figures around it, it would give away the one that is hidden.
 */
export const shownFigures = (
  stated: readonly StatedFigure[],
  now: ReadonlyMap<string, PublicFigure>,
  locale: Locale,
): readonly ShownFigure[] =>
  stated.map((figure) => {
    const reference = written(figure);
    const { metric, value = null } = now.get(reference) ?? {};
    const say = sayIn(locale);
    const name = metric ? say(metric.zh, metric.en) : figure.metric;
    if (!metric || value === null)
      return { reference, name, shown: null, published: null, standing: 'not-shown' };
    return {
      reference,
      name,
      shown: withUnit(metric, value, locale),
      published: withUnit(metric, figure.value, locale),
      standing: standingOf(figure, value),
    };
  });

/** What is beside a figure that is another than when the text was published. */
const mark = (standing: ShownFigure['standing'], locale: Locale): string => {
  const say = sayIn(locale);
  if (standing === 'corrected') return say('（已更正）', ' (corrected)');
  return standing === 'updated' ? say('（已更新）', ' (updated)') : '';
};

/**
 * A published text as it is read: its figures as they are now, and the names of those who may be named now. Whoever is
 * not among the names is a volunteer without a name.
 * @param names by id, only of people whose consent stands
 */
export const shownText = (
  { content, unnamed }: Pick<Publication, 'content' | 'unnamed'>,
  names: ReadonlyMap<string, string>,
  figures: readonly ShownFigure[],
  locale: Locale,
): string => {
  const say = sayIn(locale);
  const byReference = new Map(figures.map((figure) => [figure.reference, figure]));
  return partsOf(content.text)
    .map((part) => {
      if (part.kind === 'words') return part.text;
      if (part.kind === 'name') {
        const id = content.named[part.n - 1] ?? '';
        const name = unnamed.includes(id) ? undefined : names.get(id);
        return name ?? say('一名志愿者', 'a volunteer');
      }
      const figure = part.kind === 'figure' ? byReference.get(written(part.reference)) : undefined;
      if (!figure?.shown) return say('（数据不再公布）', '(not published any more)');
      return `${figure.shown}${mark(figure.standing, locale)}`;
    })
    .join('');
};
