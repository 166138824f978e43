import type { Membership } from '../../events/teams.ts';
import { worksIn } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { ShownVolunteer } from '../people/shown-volunteer.ts';
import { Rejection } from '../refusals/decision.ts';
import {
  listOfMembers,
  listOfVolunteers,
  volunteerName,
  volunteerPartition,
} from '../views/keys.ts';
import { type ListQuery, listRows, rowEquals, rowsAt } from '../views/views.ts';
import type { volunteers } from './contract.ts';
import { mayListArea, mayListTeam } from './policy.ts';

type Row = Pick<ShownVolunteer, 'areaId' | 'status' | 'tags' | 'registeredOn'>;

const shown = ({ id, areaId, status, tags, registeredOn }: Row & { readonly id: string }) => ({
  id,
  areaId,
  status,
  tags,
  registeredOn,
});

type Paging = Pick<ListQuery, 'limit' | 'cursor'>;
type Status = string | undefined;

/** The volunteers who live in an area itself, by the month of their confirmation. */
const inArea = async (actor: Actor, areaId: string, status: Status, paging: Paging) => {
  const isNear = actor.roles.some((role) => role === 'organiser' || role === 'verifier');
  if (!mayListArea(actor, { inArea: isNear && (await worksIn(actor, areaId)) }))
    throw new Rejection('forbidden');
  await aggregate('area').get(areaId);
  const list = { index: 'lists', partition: listOfVolunteers(areaId) } as const;
  const { items, next } = await listRows<Row>({ ...list, where: rowEquals({ status }), ...paging });
  return { items: items.map(shown), next };
};

/** The volunteers who joined a team. */
const inTeam = async (actor: Actor, teamId: string, status: Status, paging: Paging) => {
  const team = await aggregate('team').stateNow(teamId);
  if (!mayListTeam(actor, { organisationId: team?.organisationId ?? null }))
    throw new Rejection('forbidden');
  if (!team) throw new Rejection('not-found', { what: 'team', id: teamId });
  const { items, next } = await listRows<Membership>({
    index: 'lists',
    partition: listOfMembers(teamId),
    where: rowEquals({ status: 'joined' }),
    ...paging,
  });
  const keyOf = (id: string) => ({ pk: volunteerPartition(id), sk: volunteerName });
  const rows = await rowsAt(items.map(({ volunteerId }) => keyOf(volunteerId)));
  const members = items.flatMap(({ volunteerId: id }) => {
    const { pk, sk } = keyOf(id);
    const row = rows.get(`${pk}|${sk}`) as unknown as Row | undefined;
    return row && (status === undefined || row.status === status) ? [shown({ ...row, id })] : [];
  });
  return { items: members, next };
};

export const listVolunteers: UseCase<typeof volunteers.listVolunteers> = async ({
  actor,
  query: { areaId, teamId, status, ...paging },
}) => ({
  body:
    areaId === undefined
      ? await inTeam(actor, teamId ?? '', status, paging)
      : await inArea(actor, areaId, status, paging),
});
