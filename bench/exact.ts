// Checks figures against the events. Import this after the environment is set.
import { isDeepStrictEqual } from 'node:util';
import type { DomainEvent } from '../events/catalogue.ts';
import { readDashboard } from '../functions/dashboards/read-dashboard.ts';
import { orRejection, Rejection } from '../functions/refusals/decision.ts';
import { type Asked, recompute, valuesOf } from '../test/support/recompute.ts';

const known = (figures: Readonly<Record<string, number | null>>) =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null));

/**
 * Reads every named dashboard and compares it with figures that are recomputed from the events.
 * @returns the number of compared dashboards
 * @throws Error that names the first that differs
 */
export const expectExact = async (
  events: readonly DomainEvent[],
  cells: Iterable<Asked>,
): Promise<number> => {
  const figures = recompute(events);
  let compared = 0;
  for (const asked of cells) {
    const { period, area = null, theme = null } = asked;
    const answer = await orRejection(() =>
      readDashboard({ period, areaId: area, theme, alone: false }, `${period.slice(0, 4)}-12-31`),
    );
    // The year has no campaign, so a theme without figures is unknown.
    if (answer instanceof Rejection && answer.code !== 'not-found') throw answer;
    const metrics = answer instanceof Rejection ? {} : answer.metrics;
    const [shown, expected] = [known(valuesOf(metrics)), known(figures(asked))];
    if (!isDeepStrictEqual(shown, expected))
      throw new Error(
        `${JSON.stringify(asked)} shows ${JSON.stringify(shown)}, not ${JSON.stringify(expected)}`,
      );
    compared += 1;
  }
  return compared;
};
