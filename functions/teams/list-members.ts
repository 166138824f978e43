import type { Membership } from '../../events/teams.ts';
import { Rejection } from '../shared/decision.ts';
import { find, get } from '../shared/execute.ts';
import type { UseCase } from '../shared/http.ts';
import { isSelf, ownRecordOf } from '../shared/self.ts';
import { listRows, rowEquals } from '../shared/views.ts';
import { membershipStream } from './change-membership.ts';
import type { teams } from './contract.ts';
import { evolveMembership, evolveTeam } from './decider.ts';
import { mayReadMembers } from './policy.ts';
import { membersOf } from './projection.ts';

export const listMembers: UseCase<typeof teams.listMembers> = async ({ params, query, actor }) => {
  const { state: team } = await get({ type: 'team', id: params.id }, evolveTeam);
  const leader = team.leaderId !== null && (await isSelf(actor, team.leaderId));
  const isMember = async (): Promise<boolean> => {
    const own = await find(membershipStream(params.id, await ownRecordOf(actor)), evolveMembership);
    return own?.state.status === 'joined';
  };
  const allowed =
    mayReadMembers(actor, team, { leader, member: false }) ||
    mayReadMembers(actor, team, { leader, member: await isMember() });
  if (!allowed) throw new Rejection('forbidden');
  const { status, limit, cursor } = query;
  return {
    body: await listRows<Membership>({
      index: 'items',
      partition: membersOf(params.id),
      where: rowEquals({ status }),
      limit,
      cursor,
    }),
  };
};
