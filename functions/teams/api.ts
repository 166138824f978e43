import type { Team } from '../../events/teams.ts';
import { serve } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { teamRows } from '../views/keys.ts';
import { listRows, rowEquals } from '../views/views.ts';
import { joinTeam, leaveTeam } from './change-membership.ts';
import { dissolveTeam, reviseTeam } from './change-team.ts';
import { teams } from './contract.ts';
import { formTeam } from './form-team.ts';
import { listMembers } from './list-members.ts';

export const handler = serve(teams, {
  formTeam,
  reviseTeam,
  dissolveTeam,
  joinTeam,
  leaveTeam,
  listMembers,
  listTeams: async ({ query: { limit, cursor, ...equal } }) => ({
    body: await listRows<Team>({
      index: 'items',
      partition: teamRows,
      where: rowEquals(equal),
      limit,
      cursor,
    }),
  }),
  readTeam: async ({ params: { id } }) => {
    const { state, version } = await aggregate('team').get(id);
    return { body: { id, ...state, version }, version };
  },
});
