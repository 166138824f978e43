import type { Team } from '../../events/teams.ts';
import { serve } from '../http/serve.ts';
import { get } from '../ledger/execute.ts';
import { listRows, rowEquals } from '../views/views.ts';
import { joinTeam, leaveTeam } from './change-membership.ts';
import { dissolveTeam, reviseTeam } from './change-team.ts';
import { teams } from './contract.ts';
import { evolveTeam } from './decider.ts';
import { formTeam } from './form-team.ts';
import { listMembers } from './list-members.ts';
import { teamRows } from './projection.ts';

export const handler = serve(teams, {
  formTeam,
  reviseTeam,
  dissolveTeam,
  joinTeam,
  leaveTeam,
  listMembers,
  listTeams: async ({ query: { area, organisation, specialty, status, limit, cursor } }) => ({
    body: await listRows<Team>({
      index: 'items',
      partition: teamRows,
      where: rowEquals({ areaId: area, organisationId: organisation, specialty, status }),
      limit,
      cursor,
    }),
  }),
  readTeam: async ({ params: { id } }) => {
    const { state, version } = await get({ type: 'team', id }, evolveTeam);
    return { body: { id, ...state, version }, version };
  },
});
