import type { Star } from '../../events/stars.ts';
import { ofKnownOrganisation, worksIn } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { nobody, standingTo } from '../people/own-record.ts';
import { shownStar } from '../people/shown-star.ts';
import { starIdOf } from '../people/stars.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { stars } from './contract.ts';
import { checkInUse, checkNominable, nominate } from './decider.ts';
import { mayNominate } from './policy.ts';
import { snapshotFor } from './snapshot.ts';
import { checkTenure, countedUntil, levelOf, termsOf } from './terms.ts';

/**
 * Nominates a person for a level, by the policy as it is now. The star's id is derived from both, so of two at once the
 * second finds the first.
 */
export const nominateStar: UseCase<typeof stars.nominateStar> = async (request) => {
  const { actor, at, params, body } = request;
  const volunteerId = params.id;
  const policy = settings().stars;
  const today = localDateOf(at, settings().timezone);
  const id = starIdOf(volunteerId, body.level);
  const authorise = async () => {
    const volunteer = (await aggregate('volunteer').stateNow(volunteerId)) ?? nobody;
    const found = policy.levels.find(({ level }) => level === body.level);
    return mayNominate(actor, await standingTo(actor, volunteerId, volunteer), {
      inArea: actor.roles.includes('organiser') && (await worksIn(actor, volunteer.areaId)),
      self: policy.by === 'automatic' && found?.selected === false,
    });
  };
  const begin = async (before?: Star) => {
    if (before) checkNominable(before);
    const volunteer = await aggregate('volunteer').stateNow(volunteerId);
    if (!volunteer) throw new Rejection('not-found', { what: 'volunteer', id: volunteerId });
    checkInUse(volunteer);
    const terms = termsOf(policy, levelOf(policy, body.level));
    checkTenure(terms, volunteer, countedUntil(terms, today));
    const snapshot = await snapshotFor(volunteerId, volunteer, terms, today);
    const { organisationId } = await ofKnownOrganisation(actor);
    const { level } = body;
    const given = { volunteerId, level, areaId: volunteer.areaId, terms, snapshot, today };
    return nominate(before, given, organisationId);
  };
  const { state, version } = await aggregate('star').execute(id, {
    request,
    authorise,
    authoriseAbsent: authorise,
    begin: () => begin(),
    decide: begin,
  });
  return { body: { id, ...shownStar(state), version }, version };
};
