import type { Activity } from '../../events/activities.ts';
import type { Entry, Sheet } from '../../events/participation.ts';
import { ofKnownOrganisation, withinNamedAreas } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { nobody, standingTo } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { onceEach } from '../runtime/once.ts';
import type { Tier } from '../sheets/day-rules.ts';
import { changeEntries, isMeant, namedIn } from './change-entries.ts';
import type { participation } from './contract.ts';
import { checkStillThere, checkTakesPlace, reject, rejected, verified, verify } from './decider.ts';
import { createVerifiedDays, createVolunteers, type VolunteerOf } from './persons-day.ts';
import { mayVerify, mayVerifyLongDay, needsAnother } from './policy.ts';

/**
 * Ownership is read from the volunteer's record, because a person's token may lead there by a link. A
 * merge that awaits acceptance also bars the actor, who learns of it only with the right to verify.
 */
const createAuthority = (actor: Actor, volunteerOf: VolunteerOf) => {
  const organisation = onceEach(() => ofKnownOrganisation(actor));
  const areaOf = onceEach((areaId) => withinNamedAreas(actor, areaId));
  return async (entry: Entry, { place }: Sheet, tier: Tier = 'one-verifier') => {
    const { volunteerId } = entry;
    const [known, volunteer = nobody, inArea] = await Promise.all([
      // Only a verifier's organisation decides, and verifiers may know of every entry.
      needsAnother(entry.origin) && actor.roles.includes('verifier') ? organisation('') : actor,
      volunteerOf(volunteerId),
      areaOf(place.areaId),
    ]);
    const { own, mayBeOwn } = await standingTo(actor, volunteerId, volunteer);
    const role =
      tier === 'district'
        ? mayVerifyLongDay(actor, entry, { own })
        : mayVerify(known, { ...entry, organisationId: place.organisationId }, { own, inArea });
    if (role && mayBeOwn) throw new Rejection('own-entry');
    return role;
  };
};

const isPending = ({ status }: Entry): boolean => status === 'pending';

export const verifyHours: UseCase<typeof participation.verifyHours> = (request) => {
  const { actor, params, body } = request;
  const volunteerOf = createVolunteers();
  const authority = createAuthority(actor, volunteerOf);
  const dayOf = createVerifiedDays(volunteerOf);
  let activity: Activity | undefined;
  const named = namedIn(body.entries);
  const isNamed = named !== undefined;
  return changeEntries({
    request,
    named,
    fits: (entry) => isPending(entry) && isMeant(body.entries, entry),
    atomic: body.atomic,
    authorise: async (entry, sheet) => {
      const isOfSomebody = entry.volunteerId !== '';
      return actor.roles.includes('district-admin') && isOfSomebody
        ? authority(entry, sheet, (await dayOf(entry, params.id, sheet)).tier)
        : authority(entry, sheet);
    },
    before: async ({ place }) => {
      activity = await aggregate('activity').reference(place.activityId, '#/');
      checkTakesPlace(activity);
    },
    change: async (entry, sheet) => {
      if (!activity) throw new Error('the activity is read first');
      checkStillThere(entry, sheet.place, activity);
      if (entry.objection && !(isNamed && body.reason !== undefined))
        throw new Rejection('objection-open');
      const day = await dayOf(entry, params.id, sheet);
      const isDistrict = actor.roles.includes('district-admin') && body.reason !== undefined;
      if (day.tier === 'district' && !isDistrict) throw new Rejection('district-required');
      return verified(entry, actor.id, day);
    },
    fact: (sheet, changed) => verify(sheet, changed, body.reason ?? null),
  });
};

export const rejectHours: UseCase<typeof participation.rejectHours> = (request) => {
  const { actor, body } = request;
  const authority = createAuthority(actor, createVolunteers());
  return changeEntries({
    request,
    named: namedIn(body.entries),
    fits: (entry) => isPending(entry) && isMeant(body.entries, entry),
    atomic: body.atomic,
    authorise: (entry, sheet) => authority(entry, sheet),
    change: async (entry) => rejected(entry),
    fact: (sheet, changed) => reject(sheet, changed, body.reason),
  });
};
