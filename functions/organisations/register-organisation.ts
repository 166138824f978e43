import { commandBy } from '../shared/command.ts';
import { create } from '../shared/execute.ts';
import type { UseCase } from '../shared/http.ts';
import { derivedId } from '../shared/ids.ts';
import { existing } from '../shared/references.ts';
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
