import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import type { Cell } from '../totals/add-up.ts';
import type { Unit } from '../totals/documents.ts';
import { mayReadByUnit } from './policy.ts';
import { readDashboard } from './read-dashboard.ts';

/**
 * The figures of an organisation or team. They are the sums of its sheets and activities; a team's are
 * those of the sheets on which it served, whoever ran the activity.
 * @param today the local date
 * @throws Rejection `forbidden`; `not-found` for what is unknown
 */
export const readForStaff = async (actor: Actor, cell: Cell, today: string, unit: Unit) => {
  const { organisationId, teamId } = unit;
  const [organisation, team] = await Promise.all([
    organisationId === null ? null : aggregate('organisation').stateNow(organisationId, false),
    teamId === null ? null : aggregate('team').stateNow(teamId, false),
  ]);
  const isOwn = async (id: string, areaId: string): Promise<boolean> =>
    id === actor.organisationId || worksIn(actor, areaId);
  const own =
    (organisationId === null ||
      (organisation ? await isOwn(organisationId, organisation.areaId) : false)) &&
    (teamId === null || (team ? await isOwn(team.organisationId, team.areaId) : false));
  if (!mayReadByUnit(actor, { own })) throw new Rejection('forbidden');
  if (organisation === undefined)
    throw new Rejection('not-found', { what: 'organisation', id: organisationId ?? '' });
  if (team === undefined) throw new Rejection('not-found', { what: 'team', id: teamId ?? '' });
  const isOfUnit = organisationId !== null || teamId !== null;
  return readDashboard(cell, today, { unit: isOfUnit ? unit : null, forStaff: true });
};
