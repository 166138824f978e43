import type { Campaign } from '../../events/campaigns.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { yearOf } from '../runtime/calendar.ts';
import { areasOf, type Cell, type Sources } from '../totals/add-up.ts';
import { type DoneByMonth, planAgainstDone } from '../totals/plan-against-done.ts';
import type { ReadDocuments } from '../totals/read-documents.ts';

/** The plan of the year of a period; undefined when it has none. One query of the Ledger. */
export const readPlan = (period: string): Promise<Campaign | undefined> =>
  aggregate('campaign').stateNow(yearOf(period), false);

/** The sums of a cell's areas by month and theme. */
const doneIn = (sources: Sources & ReadDocuments, cell: Cell): DoneByMonth => {
  const areas = new Set(areasOf(sources, cell));
  const months = new Map<number, Map<string, Record<string, number>>>();
  for (const { month, areaId, themes } of sources.monthSums()) {
    if (!areas.has(areaId)) continue;
    const number = Number(month.slice(5));
    const ofMonth = months.get(number) ?? new Map<string, Record<string, number>>();
    months.set(number, ofMonth);
    for (const [theme, measures] of themes) {
      if (cell.theme !== null && theme !== cell.theme) continue;
      const sums = ofMonth.get(theme) ?? {};
      ofMonth.set(theme, sums);
      for (const [name, value] of Object.entries(measures)) sums[name] = (sums[name] ?? 0) + value;
    }
  }
  return months;
};

const allMonths = Array.from({ length: 12 }, (_, month) => month + 1);

/** The plan beside the figures of a cell; of the cell's theme alone, if it has one. */
export const showPlan = (
  campaign: Campaign | undefined,
  sources: Sources & ReadDocuments,
  cell: Cell,
) => {
  if (!campaign) return null;
  const { period, theme } = cell;
  const asked = ({ key }: { readonly key: string }): boolean => theme === null || key === theme;
  return planAgainstDone(
    { themes: campaign.themes.filter(asked), routines: campaign.routines.filter(asked) },
    doneIn(sources, cell),
    period.length === 4 ? allMonths : [Number(period.slice(5))],
  );
};
