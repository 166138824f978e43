import { localDateOf } from '../shared/calendar.ts';
import { commandBy } from '../shared/command.ts';
import { create } from '../shared/execute.ts';
import type { UseCase } from '../shared/http.ts';
import { derivedId } from '../shared/ids.ts';
import { settings } from '../shared/settings.ts';
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
