import type { Activity } from '../../events/activities.ts';
import type { Role } from '../../events/envelope.ts';
import { areasAbove } from '../access/areas.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { yearOf } from '../runtime/calendar.ts';
import { mayRun } from './policy.ts';

/**
 * A plan or activity with the areas that contain its area in its year. They are filled in when it is
 * published or revised, and again when its outcome is reported: an area may have moved since to
 * another parent for a year that had not begun, and stays there once it has.
 */
export const placedIn = async <Placed extends Pick<Activity, 'areaId' | 'startsOn'>>(
  plan: Placed,
): Promise<Placed & Pick<Activity, 'areasAbove'>> => ({
  ...plan,
  areasAbove: [...(await areasAbove(plan.areaId, Number(yearOf(plan.startsOn))))],
});

/**
 * The role in which the actor may hold an organisation's activity in an area; undefined means no.
 * Areas are public, so an actor who is refused because the area does not exist is told so.
 * @throws Rejection `unknown-reference`
 */
export const mayPlace = async (
  actor: Actor,
  organisationId: string,
  areaId: string,
): Promise<Role | undefined> => {
  const inArea = actor.roles.includes('organiser') && (await worksIn(actor, areaId));
  const role = mayRun(actor, organisationId, { inArea });
  if (!role) await aggregate('area').referenceEventually(areaId, '#/areaId');
  return role;
};
