import type { UseCase } from '../http/serve.ts';
import { commandBy } from '../ledger/command.ts';
import { create } from '../ledger/execute.ts';
import { existing } from '../ledger/references.ts';
import { derivedId } from '../runtime/ids.ts';
import type { organisations } from './contract.ts';
import { registerOrganisation as decide, evolveOrganisation } from './decider.ts';
import { mayDefine } from './policy.ts';

export const registerOrganisation: UseCase<typeof organisations.registerOrganisation> = async (
  request,
) => {
  const command = commandBy(mayDefine(request.actor), request);
  const id = derivedId('organisation', request.idempotency?.key ?? '');
  const { state, version } = await create(
    { type: 'organisation', id },
    evolveOrganisation,
    async () => {
      await existing('area', request.body.areaId, '#/areaId');
      return decide({ id, ...request.body });
    },
    command,
  );
  return { body: { ...state, version }, version };
};
