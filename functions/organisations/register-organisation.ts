import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { derivedId } from '../runtime/ids.ts';
import type { organisations } from './contract.ts';
import { registerOrganisation as decide } from './decider.ts';
import { mayDefine } from './policy.ts';

export const registerOrganisation: UseCase<typeof organisations.registerOrganisation> = async (
  request,
) => {
  const id = derivedId('organisation', request.idempotency?.key ?? '');
  const { state, version } = await aggregate('organisation').create(id, {
    request,
    authorise: () => mayDefine(request.actor),
    prepare: async () => {
      await aggregate('area').referenceEventually(request.body.areaId, '#/areaId');
      return decide({ id, ...request.body });
    },
  });
  return { body: { ...state, version }, version };
};
