import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { ids, page } from './samples.ts';

const team = { id: ids.team, ...catalogue.TeamFormed.example.team, version: 1 };
const member = { id: ids.membership, ...catalogue.TeamMemberJoined.example.membership, version: 1 };

export const teams = {
  bodies: {
    formTeam: {
      name: '红旗社区义诊志愿服务队',
      specialty: 'medical',
      areaId: 'hongqi-01',
      organisationId: ids.organisation,
      leaderId: ids.volunteer,
      joining: 'open',
    },
    reviseTeam: { joining: 'by-invitation' },
    dissolveTeam: { reason: '人员变动' },
    joinTeam: { volunteerId: ids.volunteer },
    leaveTeam: { reason: '本人要求' },
  },
  answers: {
    formTeam: team,
    listTeams: page(team),
    readTeam: team,
    reviseTeam: { ...team, joining: 'by-invitation', version: 2 },
    dissolveTeam: { ...team, status: 'dissolved', dissolvedOn: '2025-12-31', version: 2 },
    joinTeam: member,
    listMembers: page(member),
    leaveTeam: { ...member, status: 'left', leftOn: '2025-12-01', version: 2 },
  },
} satisfies ExamplesOf<(typeof contracts)['teams']>;
