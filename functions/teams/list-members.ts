import type { Membership } from '../../events/teams.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { activeRecordOf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { listOfMembers } from '../views/keys.ts';
import { listRows, rowEquals } from '../views/views.ts';
import { membershipId } from './change-membership.ts';
import type { teams } from './contract.ts';
import { leads } from './leads.ts';
import { mayReadMembers } from './policy.ts';

export const listMembers: UseCase<typeof teams.listMembers> = async ({ params, query, actor }) => {
  const { state: team } = await aggregate('team').get(params.id);
  const leader = await leads(actor, team);
  const isMember = async (): Promise<boolean> => {
    const id = await activeRecordOf(actor);
    const own = id && (await aggregate('membership').stateNow(membershipId(params.id, id)));
    return own ? own.status === 'joined' : false;
  };
  const allowed =
    mayReadMembers(actor, team, { leader, member: false }) ||
    mayReadMembers(actor, team, { leader, member: await isMember() });
  if (!allowed) throw new Rejection('forbidden');
  const { status, limit, cursor } = query;
  return {
    body: await listRows<Membership>({
      index: 'lists',
      partition: listOfMembers(params.id),
      where: rowEquals({ status }),
      limit,
      cursor,
    }),
  };
};
