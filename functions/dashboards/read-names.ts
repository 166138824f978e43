import { readAreaNames } from '../figures/area-tree.ts';
import { aggregate } from '../ledger/aggregate.ts';

/** The names of what a dashboard's figures are broken down by. */
export interface Names {
  /** An area's name, or its id while the Views do not have it. */
  readonly area: (id: string) => string;
  readonly theme: (key: string) => string;
  /** Themes in the order of the plan; those that are no more in it come last. */
  readonly inPlanOrder: (keys: readonly string[]) => readonly string[];
}

/** Reads the areas' names and the year's plan. Two reads, of which one is kept for some seconds. */
export const readNames = async (year: string): Promise<Names> => {
  const [areas, campaign] = await Promise.all([
    readAreaNames(),
    aggregate('campaign').stateNow(year, false),
  ]);
  const planned = campaign ? [...campaign.themes, ...campaign.routines] : [];
  const titles = new Map(planned.map(({ key, title }) => [key, title]));
  const order = [...titles.keys()];
  const place = (key: string): number => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  };
  return {
    area: (id) => areas.get(id) ?? id,
    theme: (key) => titles.get(key) ?? key,
    inPlanOrder: (keys) =>
      keys.toSorted((one, other) => place(one) - place(other) || (one < other ? -1 : 1)),
  };
};
