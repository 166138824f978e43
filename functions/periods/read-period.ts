import type { Period } from '../../events/periods.ts';
import {
  closedIn,
  type PeriodStatus,
  type Restatements,
  readStatus,
  restatementsAfter,
  restatementsMadeIn,
  restatementsOf,
} from '../closed/read-closed.ts';
import { isOfDay, metricsOf } from '../figures/metrics.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { monthsOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { addUp } from '../totals/add-up.ts';
import { type Figure, figureOf, noneHidden } from '../totals/figure.ts';
import { professionalMeasures } from '../totals/hidden-figures.ts';
import { readSources } from '../totals/sources.ts';
import type { periods } from './contract.ts';

const shownMost = 100;
const whole = { areaId: null, alone: false, theme: null };
const unrestricted = { byTheme: false, byUnit: false, hidden: noneHidden };

const nothing = { numerator: null, denominator: null };
const partsIn = ({ numerator = null, denominator = null }: Figure) => ({ numerator, denominator });

const compared = (current: Figure, closed: Figure | undefined) => ({
  unit: current.unit,
  unitZh: current.unitZh,
  aggregation: current.aggregation,
  closed: closed?.value ?? null,
  current: current.value,
  ...(current.estimated === undefined
    ? {}
    : { closedEstimated: closed?.estimated ?? null, currentEstimated: current.estimated }),
  ...(current.aggregation === 'ratio'
    ? { closedParts: closed ? partsIn(closed) : nothing, currentParts: partsIn(current) }
    : {}),
  differs:
    closed !== undefined &&
    (['value', 'estimated', 'numerator', 'denominator'] as const).some(
      (part) => closed[part] !== current[part],
    ),
});

/** What a period was closed with, beside what the Views say now. */
const compare = async (period: string, found: { state: Period; version: number } | undefined) => {
  const closed = found && (await closedIn(found.state, found.version));
  const cell = { ...whole, period };
  const current = addUp(await readSources(cell, null), cell).figures;
  const then = closed && addUp(closed.sources, cell).figures;
  const figures = Object.entries(metricsOf(settings().outputs)).flatMap(([name, metric]) => {
    if (isOfDay(metric)) return [];
    const each = compared(
      figureOf(name, metric, current, unrestricted, 0),
      then && figureOf(name, metric, then, unrestricted, 0),
    );
    const values = [each.closed, each.current, each.closedEstimated, each.currentEstimated];
    return values.some((value) => typeof value === 'number') ? [[name, each] as const] : [];
  });
  return {
    period,
    version: closed?.version ?? null,
    root: closed?.root ?? null,
    leafCount: closed?.leafCount ?? null,
    closedAt: closed?.closedAt ?? null,
    figures: Object.fromEntries(figures),
  };
};

/**
 * The first changes as anybody may see them: without free text and ids of people. A change of professional
 * services may be about one person, so all its numbers are left out. What else changed by an activity is told
 * without its area, because the activity may report professional services, here or in another list.
 */
const shown = ({ first }: Restatements) => {
  const professional = new Set(professionalMeasures());
  return first
    .slice(0, shownMost)
    .map(({ cause, actor, closedPeriod, madeOn, madeIn, changes }) => ({
      ...{ closedPeriod, madeOn, madeIn },
      cause: cause.type,
      role: actor.role,
      changes: changes.map((change) => {
        const { metric, theme } = change;
        // The people who were served are those of the service, so their number is left out with it.
        if (changes.some((each) => professional.has(each.metric)))
          return { metric, areaId: null, theme, delta: null, hidden: true as const };
        return cause.aggregate.type === 'activity' ? { ...change, areaId: null } : change;
      }),
    }));
};

/** Where a month stands, with its figures when it was closed and now. */
export const readClosedMonth: UseCase<typeof periods.readClosedMonth> = async ({
  params: { month },
}) => {
  const found = await aggregate('period').find(month, false);
  const [comparison, restatements, made] = await Promise.all([
    compare(month, found),
    restatementsOf(month),
    restatementsMadeIn(month),
  ]);
  const status = found?.state.status ?? 'open';
  return {
    body: {
      ...comparison,
      status: status === 'closed' && restatements.first.length > 0 ? 'restated' : status,
      open: status === 'closed' ? (found?.state.open ?? null) : null,
      restatements: shown(restatements),
      restatementCount: restatements.first.length,
      made: shown(made),
      madeCount: made.first.length,
    },
  };
};

/** Where a year stands, with its figures when it was closed and now. */
export const readClosedYear: UseCase<typeof periods.readClosedYear> = async ({
  params: { year },
}) => {
  const found = await aggregate('period').find(year, false);
  const { closed, startedAt = '' } = found?.state ?? {};
  const [comparison, restatements, months] = await Promise.all([
    compare(year, found),
    closed ? restatementsAfter(year, { run: closed.run, startedAt }) : restatementsOf(year),
    Promise.all(
      monthsOf(year).map(async (period) => ({ period, status: await readStatus(period) })),
    ),
  ]);
  const status: PeriodStatus = found?.state.status ?? 'open';
  return {
    body: {
      ...comparison,
      status: status === 'closed' && restatements.first.length > 0 ? 'restated' : status,
      months,
      restatements: shown(restatements),
      restatementCount: restatements.first.length,
    },
  };
};
