import { isDeepStrictEqual } from 'node:util';
import type { Campaign } from '../../events/campaigns.ts';
import { isClaimed, unclaimed } from '../access/theme-claims.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection, throwAll } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import type { campaigns } from './contract.ts';
import { removedKeys, revise } from './decider.ts';
import { namedUnits } from './named-units.ts';
import { mayRun } from './policy.ts';

/** Claims that are read at the same time. */
const lanes = 16;

/**
 * Refuses to take a theme or routine service out of the plan in which an activity was published.
 * @throws Rejections `theme-in-use`
 */
const checkUnused = async (
  year: string,
  removed: readonly string[],
  { themes, routines }: Pick<Campaign, 'themes' | 'routines'>,
): Promise<void> => {
  const used = await inParallel(lanes, removed, (key) => isClaimed(year, key));
  throwAll(
    removed
      .filter((_, at) => used[at])
      .map((theme) => {
        const isTheme = themes.some(({ key }) => key === theme);
        const title = [...themes, ...routines].find(({ key }) => key === theme)?.title ?? theme;
        return new Rejection('theme-in-use', { title }, isTheme ? '#/themes' : '#/routines');
      }),
  );
};

/** Changes the plan of a year. What is said of themes or of routine services replaces all of them. */
export const reviseCampaign: UseCase<typeof campaigns.reviseCampaign> = async (request) => {
  const { year } = request.params;
  const { state, version } = await aggregate('campaign').execute(year, {
    request,
    authorise: () => mayRun(request.actor),
    decide: async (current) => {
      const fact = revise(current, await namedUnits(request.body));
      const revised = fact.data.campaign;
      if (isDeepStrictEqual(revised, current)) return null;
      await checkUnused(year, removedKeys(current, revised), current);
      return fact;
    },
    // Somebody may publish the first activity of a theme while it is taken out.
    alsoWrite: async (current, fact) => unclaimed(year, removedKeys(current, fact.data.campaign)),
  });
  return { body: { ...state, version }, version };
};
