import { randomUUID } from 'node:crypto';
import type { Closed } from '../../events/periods.ts';
import { type Leaf, sortedTexts } from '../closed/leaves.ts';
import { linesOf } from '../closed/lines.ts';
import { putRun, type Run } from '../closed/store.ts';
import { later } from '../figures/documents.ts';
import { metricsOf } from '../figures/metrics.ts';
import { settings } from '../runtime/settings.ts';
import { professionalMeasures, tellingMeasures } from '../totals/hidden-figures.ts';

/**
 * Stores what a period is closed with, under a name of its own.
 * @param restatements of a year: how many of its months are part of its closed figures
 * @returns what the event of the close says
 */
export const putClosed = async (
  { leaves, ...given }: Omit<Run, 'leaves'> & { readonly leaves: readonly Leaf[] },
  restatements: number,
): Promise<Closed> => {
  const { period, sources } = given;
  const run = randomUUID();
  const texts = sortedTexts(leaves);
  const { root } = await putRun(run, { ...given, leaves: texts });
  const asOf = [...sources.documents.values()].map((area) => area.asOf).reduce(later, '');
  return {
    ...{ run, root, leafCount: texts.length, restatements, asOf: asOf || null },
    ...linesOf(period, sources, metricsOf(settings().outputs), [
      ...professionalMeasures(),
      ...tellingMeasures,
    ]),
  };
};
