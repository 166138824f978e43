import type { UseCase } from '../http/serve.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { teams } from './contract.ts';
import { dissolve, revise } from './decider.ts';
import { mayForm } from './policy.ts';
import { teamReferences } from './team-references.ts';

type Change = Parameters<UseCase<typeof teams.reviseTeam | typeof teams.dissolveTeam>>[0];

const changeTeam = async (
  request: Pick<Change, 'params' | 'actor' | 'at' | 'correlationId' | 'idempotency' | 'ifMatch'>,
  decide: Execution<'team'>['decide'],
) => {
  const { id } = request.params;
  const { state, version } = await aggregate('team').execute(id, {
    request,
    authorise: (team) => mayForm(request.actor, team),
    decide,
  });
  return { body: { id, ...state, version }, version };
};

export const reviseTeam: UseCase<typeof teams.reviseTeam> = (request) =>
  changeTeam(request, async (team) => {
    const fact = revise(team, request.body);
    if (fact) await teamReferences(request.body);
    return fact;
  });

export const dissolveTeam: UseCase<typeof teams.dissolveTeam> = (request) =>
  changeTeam(request, (team) =>
    dissolve(team, request.body.reason, localDateOf(request.at, settings().timezone)),
  );
