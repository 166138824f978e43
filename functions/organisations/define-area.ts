import type { Area } from '../../events/organisations.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { makeHashKey } from '../people/keys.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { organisations } from './contract.ts';
import { defineArea as decide } from './decider.ts';
import { mayDefine } from './policy.ts';

/**
 * Defines an area. The district itself is its first area, and nobody can be registered and nothing
 * be counted without an area. So the key for keyed hashes is made with it.
 */
export const defineArea: UseCase<typeof organisations.defineArea> = async (request) => {
  const area = { id: request.params.id, ...request.body };
  const year = localYearOf(request.at, settings().timezone);
  const decideOn = async (current: Area | null) => {
    const parent = area.parentId
      ? await aggregate('area').reference(area.parentId, '#/parentId')
      : null;
    return decide(current, area, parent, year);
  };
  const { state, version } = await aggregate('area').execute(area.id, {
    request,
    authorise: () => mayDefine(request.actor),
    authoriseAbsent: () => mayDefine(request.actor),
    begin: async () => {
      const fact = await decideOn(null);
      if (area.parentId === null) await makeHashKey();
      return fact;
    },
    decide: decideOn,
  });
  return { body: { ...state, version }, version };
};
