import type { Entry, Sheet } from '../../events/participation.ts';
import { ofKnownOrganisation, withinNamedAreas } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { standingOf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { onceEach } from '../runtime/once.ts';
import { type Tier, tierOf } from '../sheets/day-rules.ts';
import { changeEntries, isMeant, namedIn } from './change-entries.ts';
import type { participation } from './contract.ts';
import { checkTakesPlace, reject, rejected, verified, verify } from './decider.ts';
import { createDays, readRecords } from './persons-day.ts';
import { mayVerify, mayVerifyLongDay, needsAnother } from './policy.ts';

/**
 * Ownership is read from the volunteer's record, because a person's token may lead there by a link. A
 * merge that awaits acceptance also bars the actor, who learns of it only with the right to verify.
 */
const createAuthority = (actor: Actor) => {
  const organisation = onceEach(() => ofKnownOrganisation(actor));
  const areaOf = onceEach((areaId) => withinNamedAreas(actor, areaId));
  return async (entry: Entry, { place }: Sheet, tier: Tier = 'one-verifier') => {
    const [known, { own, mayBeOwn }, inArea] = await Promise.all([
      // Only a verifier's organisation decides, and verifiers may know of every entry.
      needsAnother(entry.origin) && actor.roles.includes('verifier') ? organisation('') : actor,
      standingOf(actor, entry.volunteerId),
      areaOf(place.areaId),
    ]);
    const role =
      tier === 'district'
        ? mayVerifyLongDay(actor, entry, { own })
        : mayVerify(known, { ...entry, organisationId: place.organisationId }, { own, inArea });
    if (role && mayBeOwn) throw new Rejection('own-entry');
    return role;
  };
};

const isPending = ({ status }: Entry): boolean => status === 'pending';

/** The tier of each person's day, read once for each line. */
const createTiers = () => {
  const daysOf = createDays();
  return async (entry: Entry, sheetId: string, date: string): Promise<Tier> => {
    if (entry.onDuty) return 'one-verifier';
    const { volunteerId, creditedMinutes } = entry;
    const others = await daysOf(await readRecords(volunteerId), date, {
      notOn: sheetId,
      notOf: volunteerId,
    });
    return tierOf(creditedMinutes, others);
  };
};

export const verifyHours: UseCase<typeof participation.verifyHours> = (request) => {
  const { actor, params, body } = request;
  const authority = createAuthority(actor);
  const tiers = createTiers();
  const tierFor = (entry: Entry, { place }: Sheet): Promise<Tier> =>
    entry.volunteerId === '' || actor.roles.includes('volunteer')
      ? Promise.resolve('one-verifier')
      : tiers(entry, params.id, place.serviceDate);
  return changeEntries({
    request,
    named: namedIn(body.entries),
    fits: (entry) => isPending(entry) && isMeant(body.entries, entry),
    atomic: body.atomic,
    authorise: async (entry, sheet) => {
      const isDistrict = actor.roles.includes('district-admin');
      const tier = isDistrict ? await tierFor(entry, sheet) : 'one-verifier';
      return authority(entry, sheet, tier);
    },
    before: async ({ place }) =>
      checkTakesPlace(await aggregate('activity').reference(place.activityId, '#/')),
    change: async (entry, sheet) => {
      const tier = await tierFor(entry, sheet);
      const isDistrict = actor.roles.includes('district-admin') && body.reason !== undefined;
      if (tier === 'district' && !isDistrict) throw new Rejection('district-required');
      return verified(entry, actor.id, tier);
    },
    fact: (sheet, changed) => verify(sheet, changed, body.reason ?? null),
  });
};

export const rejectHours: UseCase<typeof participation.rejectHours> = (request) => {
  const { actor, body } = request;
  const authority = createAuthority(actor);
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
