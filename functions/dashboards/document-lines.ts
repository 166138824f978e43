import type { Child } from '../figures/documents.ts';
import type { DocumentKind } from '../figures/layout.ts';
import type { Metric } from '../figures/metrics.ts';
import { longId, longSheet, type Measures } from '../figures/packing.ts';
import { partsOf } from '../figures/ratio.ts';
import { yearOf } from '../runtime/calendar.ts';
import { fingerprint } from '../runtime/ids.ts';
import type { Cell } from '../totals/add-up.ts';
import type { PlacedPage } from '../totals/documents.ts';
import type { Line } from './line.ts';

/** The documents in which the lines of sheets and activities lie. */
export const documentsOf = ({ lines }: Metric): DocumentKind =>
  lines === 'sheet' ? 'sheets' : 'activities';

/** A metric whose lines are asked for. */
interface Asked {
  readonly name: string;
  readonly metric: Metric;
  /** The number of the day on which they are asked for, from the first of January of their year. */
  readonly day: number;
}

/** What a child gives to a figure; undefined when that is nothing. */
const givenBy = (
  measures: Measures,
  { name, metric: { estimated: other, ratio }, day }: Asked,
): Pick<Line, 'value' | 'estimated' | 'numerator' | 'denominator'> | undefined => {
  if (ratio) {
    const { numerator, denominator } = partsOf(ratio, measures, day);
    if (denominator === null) return undefined;
    return { value: null, ...(numerator === null ? {} : { numerator }), denominator };
  }
  const value = measures[name];
  const estimated = other === undefined ? undefined : measures[other];
  if (value === undefined && estimated === undefined) return undefined;
  return { value: value ?? null, ...(estimated === undefined ? {} : { estimated }) };
};

const lineOf = (
  { kind, month, areaId }: PlacedPage,
  short: string,
  { version, theme, organisationId, teamId, measures }: Child,
  asked: Asked,
): Line | undefined => {
  const given = givenBy(measures, asked);
  if (!given) return undefined;
  return {
    id: kind === 'sheets' ? longSheet(short, yearOf(month)) : longId(short),
    kind: asked.metric.lines,
    month,
    areaId,
    theme,
    organisationId,
    teamId,
    ...given,
    // A child of an activity has the revision of an item of the Views, which nobody can read.
    version: kind === 'sheets' ? version : null,
  };
};

const orderOf = ({ month, areaId, theme, id }: Line): string =>
  [month, areaId, theme, id].join('|');

/** The lines of these pages that give something to a figure, by month, area, theme and id. */
export const linesIn = (
  pages: readonly PlacedPage[],
  { theme }: Pick<Cell, 'theme'>,
  asked: Asked,
): readonly Line[] =>
  pages
    .flatMap((page) =>
      [...page.page.children].flatMap(([short, child]) =>
        theme === null || child.theme === theme ? (lineOf(page, short, child, asked) ?? []) : [],
      ),
    )
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));

/** Names the state of all these pages: another one whenever a page changes or is split. */
export const revisionOf = (pages: readonly PlacedPage[]): string =>
  fingerprint(...pages.flatMap(({ page }) => [page.sk, String(page.rev)]));
