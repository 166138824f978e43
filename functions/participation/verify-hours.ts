import type { Hours } from '../../events/participation.ts';
import { ofKnownOrganisation, withinNamedAreas } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { standingOf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { changeHours } from './change-hours.ts';
import type { participation } from './contract.ts';
import { checkTakesPlace, reject, verify } from './decider.ts';
import { mayVerify, needsAnother } from './policy.ts';

/** Ownership is read from the volunteer's record, because a person's token may lead there by a link. */
const authorised = async (actor: Actor, hours: Hours) => {
  const [known, { own, mayBeOwn }, inArea] = await Promise.all([
    // Only a verifier's organisation decides, and verifiers may know of every entry.
    needsAnother(hours.origin) && actor.roles.includes('verifier')
      ? ofKnownOrganisation(actor)
      : actor,
    standingOf(actor, hours.volunteerId),
    withinNamedAreas(actor, hours.areaId),
  ]);
  const role = mayVerify(known, hours, { own, inArea });
  // A merge that awaits acceptance also bars the actor. Actors without the right do not learn about
  // it.
  if (role && mayBeOwn) throw new Rejection('own-entry');
  return role;
};

export const verifyHours: UseCase<typeof participation.verifyHours> = (request) =>
  changeHours(
    request,
    (hours) => authorised(request.actor, hours),
    async (hours) => {
      checkTakesPlace(await aggregate('activity').reference(hours.activityId, '#/'));
      return verify(hours, request.actor.id);
    },
  );

export const rejectHours: UseCase<typeof participation.rejectHours> = (request) =>
  changeHours(
    request,
    (hours) => authorised(request.actor, hours),
    (hours) => reject(hours, request.body.reason),
  );
