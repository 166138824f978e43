import type { UseCase } from '../http/serve.ts';
import { commandBy } from '../ledger/command.ts';
import { create } from '../ledger/execute.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import type { teams } from './contract.ts';
import { evolveTeam, form } from './decider.ts';
import { mayForm } from './policy.ts';
import { teamReferences } from './team-references.ts';

export const formTeam: UseCase<typeof teams.formTeam> = async (request) => {
  const { actor, at, body, idempotency } = request;
  const command = commandBy(mayForm(actor, body), request);
  const today = localDateOf(at, settings().timezone);
  const id = derivedId('team', idempotency?.key ?? '');
  const { state, version } = await create(
    { type: 'team', id },
    evolveTeam,
    async () => {
      const fact = form({ ...body, formedOn: body.formedOn ?? today }, today);
      await teamReferences(body);
      return fact;
    },
    command,
  );
  return { body: { id, ...state, version }, version };
};
