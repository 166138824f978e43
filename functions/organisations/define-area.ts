import type { Area } from '../../events/organisations.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { organisations } from './contract.ts';
import { defineArea as decide } from './decider.ts';
import { mayDefine } from './policy.ts';

export const defineArea: UseCase<typeof organisations.defineArea> = async (request) => {
  const area = { id: request.params.id, ...request.body };
  const decideOn = async (current: Area | null) => {
    const parent = area.parentId
      ? await aggregate('area').reference(area.parentId, '#/parentId')
      : null;
    return decide(current, area, parent);
  };
  const { state, version } = await aggregate('area').execute(area.id, {
    request,
    authorise: () => mayDefine(request.actor),
    authoriseAbsent: () => mayDefine(request.actor),
    begin: () => decideOn(null),
    decide: decideOn,
  });
  return { body: { ...state, version }, version };
};
