import type { Fact } from '../../events/catalogue.ts';
import type { Team } from '../../events/teams.ts';
import type { UseCase } from '../http/serve.ts';
import { execute } from '../ledger/execute.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { teams } from './contract.ts';
import { dissolve, evolveTeam, revise } from './decider.ts';
import { mayForm } from './policy.ts';
import { teamReferences } from './team-references.ts';

type Change = Parameters<UseCase<typeof teams.reviseTeam | typeof teams.dissolveTeam>>[0];

const changeTeam = async (
  request: Pick<Change, 'params' | 'actor' | 'at' | 'correlationId' | 'idempotency' | 'ifMatch'>,
  decide: (team: Team) => Fact | null | Promise<Fact | null>,
) => {
  const { id } = request.params;
  const { state, version } = await execute({
    stream: { type: 'team', id },
    evolve: evolveTeam,
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
