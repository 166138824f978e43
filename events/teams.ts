import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { areaId, define, localDate, reason, text, uuid } from './envelope.ts';
import { serviceCategory } from './volunteers.ts';

export const team = z
  .object({
    name: text(60),
    specialty: serviceCategory,
    areaId,
    organisationId: uuid.describe('Its host.'),
    leaderId: uuid.nullable().describe('A volunteer’s id.'),
    joining: z
      .enum(['open', 'by-invitation'])
      .meta({ id: 'Joining', description: '`open`: a volunteer joins without being invited.' }),
    status: z.enum(['active', 'dissolved']).meta({
      id: 'TeamStatus',
      description: 'A dissolved team takes nobody in and holds no activities.',
    }),
    formedOn: localDate,
    dissolvedOn: localDate.nullable(),
  })
  .meta({ id: 'TeamState', description: 'A team after an event.' });
export type Team = Readonly<z.infer<typeof team>>;

/**
 * One volunteer in one team. It is an aggregate of its own, so that a team does not grow with its
 * members.
 */
export const membership = z
  .object({
    teamId: uuid,
    volunteerId: uuid,
    status: z.enum(['invited', 'joined', 'declined', 'left', 'removed']).meta({
      id: 'MembershipStatus',
      description:
        '`removed`: another person ended the membership. The member comes back only when invited.',
    }),
    joinedOn: localDate.nullable(),
    leftOn: localDate.nullable(),
  })
  .meta({
    id: 'MembershipState',
    description: 'The membership of a volunteer in a team after an event.',
  });
export type Membership = Readonly<z.infer<typeof membership>>;

const formed: Team = {
  name: '红旗社区义诊志愿服务队',
  specialty: 'medical',
  areaId: 'hongqi-01',
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  leaderId: '0198c0de-0000-7000-8000-0000000000c1',
  joining: 'open',
  status: 'active',
  formedOn: '2025-09-06',
  dissolvedOn: null,
};
const joined: Membership = {
  teamId: '0198c0de-0000-7000-8000-0000000000f1',
  volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
  status: 'joined',
  joinedOn: '2025-09-06',
  leftOn: null,
};

const teamEvent = <Extra extends z.ZodRawShape>(
  summary: { readonly en: string; readonly zh: string },
  extra: Extra,
  example: z.input<z.ZodObject<{ team: typeof team } & Extra>>,
) =>
  define(aggregates.team, {
    summary,
    data: z.object({ team, ...extra }),
    example,
  });

const memberEvent = <Extra extends z.ZodRawShape>(
  summary: { readonly en: string; readonly zh: string },
  extra: Extra,
  example: z.input<z.ZodObject<{ membership: typeof membership } & Extra>>,
) =>
  define(aggregates.membership, {
    summary,
    data: z.object({ membership, ...extra }),
    example,
  });

export const teamEvents = {
  TeamFormed: teamEvent({ en: 'A team was formed', zh: '志愿服务队已组建' }, {}, { team: formed }),
  TeamRevised: teamEvent(
    { en: 'A team changed', zh: '志愿服务队信息已变更' },
    {},
    { team: { ...formed, joining: 'by-invitation' } },
  ),
  TeamDissolved: teamEvent(
    { en: 'A team was dissolved', zh: '志愿服务队已解散' },
    { reason },
    {
      team: { ...formed, status: 'dissolved', dissolvedOn: '2025-12-01' },
      reason: '并入区义诊队',
    },
  ),
  TeamMemberInvited: memberEvent(
    { en: 'A volunteer was asked to join a team', zh: '已邀请志愿者入队' },
    {},
    { membership: { ...joined, status: 'invited', joinedOn: null } },
  ),
  TeamInvitationDeclined: memberEvent(
    { en: 'An invitation was declined, or taken back', zh: '入队邀请已谢绝或撤回' },
    {},
    { membership: { ...joined, status: 'declined', joinedOn: null } },
  ),
  TeamMemberJoined: memberEvent(
    { en: 'A volunteer joined a team', zh: '志愿者已入队' },
    {},
    { membership: joined },
  ),
  TeamMemberLeft: memberEvent(
    { en: 'A member left a team, or was removed for a reason', zh: '队员已离队或被移出' },
    { reason: reason.nullable() },
    { membership: { ...joined, status: 'left', leftOn: '2025-11-01' }, reason: null },
  ),
};
