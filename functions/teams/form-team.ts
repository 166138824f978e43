import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import type { teams } from './contract.ts';
import { form } from './decider.ts';
import { mayForm } from './policy.ts';
import { teamReferences } from './team-references.ts';

export const formTeam: UseCase<typeof teams.formTeam> = async (request) => {
  const { actor, at, body, idempotency } = request;
  const today = localDateOf(at, settings().timezone);
  const id = derivedId('team', idempotency?.key ?? '');
  const { state, version } = await aggregate('team').create(id, {
    request,
    authorise: () => mayForm(actor, body),
    prepare: async () => {
      const fact = form({ ...body, formedOn: body.formedOn ?? today }, today);
      await teamReferences(body);
      return fact;
    },
  });
  return { body: { id, ...state, version }, version };
};
