import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { membership, team } from '../../events/teams.ts';
import { type Contract, pageOf, paging, route } from '../http/contract.ts';
import { officialText } from '../http/official-text.ts';

const answer = z
  .object({ id: uuid, ...team.shape, version: z.int() })
  .meta({ id: 'Team', description: 'A team of volunteers.' });
const member = z
  .object({ id: uuid, ...membership.shape, version: z.int() })
  .meta({ id: 'TeamMember', description: 'One volunteer in one team.' });
const byId = z.strictObject({ id: uuid });

const described = {
  name: officialText(60),
  specialty: team.shape.specialty,
  areaId,
  leaderId: team.shape.leaderId,
  joining: team.shape.joining,
};

export const teams = {
  formTeam: route({
    key: 'POST /teams',
    access: 'token',
    summary: { en: 'Form a team', zh: '组建志愿服务队' },
    body: z.strictObject({
      ...described,
      organisationId: uuid,
      leaderId: described.leaderId.default(null),
      joining: described.joining.default('by-invitation'),
      formedOn: team.shape.formedOn
        .refine((day) => day >= '2000-01-01', { message: '过早 / too early' })
        .optional(),
    }),
    status: 201,
    answer,
    versioned: true,
    problems: ['unknown-reference', 'volunteer-not-active', 'invalid-value'],
  }),
  listTeams: route({
    key: 'GET /teams',
    access: 'token',
    summary: { en: 'Teams by id', zh: '志愿服务队列表' },
    query: z.strictObject({
      areaId: areaId.optional(),
      organisationId: uuid.optional(),
      specialty: team.shape.specialty.optional(),
      status: team.shape.status.optional(),
      ...paging,
    }),
    answer: pageOf(answer),
    problems: ['invalid-cursor'],
  }),
  readTeam: route({
    key: 'GET /teams/{id}',
    access: 'token',
    summary: { en: 'One team', zh: '查看志愿服务队' },
    params: byId,
    answer,
    versioned: true,
    problems: ['not-found'],
  }),
  reviseTeam: route({
    key: 'PATCH /teams/{id}',
    access: 'token',
    summary: { en: 'Change a team', zh: '变更志愿服务队' },
    params: byId,
    body: z
      .strictObject(described)
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        message: '至少更改一项 / change at least one field',
      }),
    answer,
    versioned: true,
    problems: [
      'not-found',
      'illegal-transition',
      'stale-version',
      'unknown-reference',
      'volunteer-not-active',
    ],
  }),
  dissolveTeam: route({
    key: 'POST /teams/{id}/dissolve',
    access: 'token',
    summary: { en: 'Dissolve a team', zh: '解散志愿服务队' },
    params: byId,
    body: z.strictObject({ reason: officialText(200) }),
    answer,
    versioned: true,
    problems: ['not-found', 'illegal-transition', 'stale-version'],
  }),
  joinTeam: route({
    key: 'POST /teams/{id}/members',
    access: 'token',
    summary: {
      en: 'Join a team, or say yes to an invitation; for somebody else: invite them',
      zh: '入队或接受邀请；为他人办理时为邀请',
    },
    params: byId,
    body: z.strictObject({ volunteerId: uuid.optional() }),
    status: 201,
    answer: member,
    versioned: true,
    problems: [
      'not-found',
      'unknown-reference',
      'illegal-transition',
      'volunteer-not-active',
      'cannot-be-invited',
      'invitation-required',
    ],
  }),
  listMembers: route({
    key: 'GET /teams/{id}/members',
    access: 'token',
    summary: { en: 'Who was asked to join a team, is in it or was', zh: '队员列表' },
    params: byId,
    query: z.strictObject({ status: membership.shape.status.optional(), ...paging }),
    answer: pageOf(member),
    problems: ['not-found', 'invalid-cursor'],
  }),
  leaveTeam: route({
    key: 'DELETE /teams/{id}/members/{volunteerId}',
    access: 'token',
    summary: {
      en: 'Leave a team or decline; for somebody else: remove them, with a reason',
      zh: '离队或谢绝邀请；移出他人须注明原因',
    },
    params: z.strictObject({ id: uuid, volunteerId: uuid }),
    body: z.strictObject({ reason: officialText(200).optional() }),
    answer: member,
    versioned: true,
    problems: ['not-found', 'invalid-value', 'stale-version'],
  }),
} satisfies Contract;
