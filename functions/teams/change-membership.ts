import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { commandBy } from '../ledger/command.ts';
import { isOwnRecord, isSelf, ownRecordOf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import type { teams } from './contract.ts';
import { join, leave } from './decider.ts';
import { mayLead, maySpeakForSelf } from './policy.ts';

/** One id for a volunteer in a team, however often they join and leave. */
export const membershipId = (teamId: string, volunteerId: string): string =>
  derivedId('membership', teamId, volunteerId);

export const joinTeam: UseCase<typeof teams.joinTeam> = async (request) => {
  const { actor, at } = request;
  const { id: teamId } = request.params;
  const { state: team } = await aggregate('team').get(teamId);
  const volunteerId = request.body.volunteerId ?? (await ownRecordOf(actor));
  const leader = team.leaderId !== null && (await isSelf(actor, team.leaderId));
  const leading = mayLead(actor, team, leader);
  // An actor who may not invite others must not learn whether they exist.
  if (request.body.volunteerId === undefined || leading || (await isSelf(actor, volunteerId))) {
    const volunteer = await aggregate('volunteer').reference(volunteerId, '#/volunteerId');
    const own = await isOwnRecord(actor, volunteerId, volunteer);
    const role = own ? (maySpeakForSelf(actor) ?? leading) : leading;
    const command = commandBy(role, request);
    const joining = {
      team,
      teamId,
      volunteerId,
      volunteerStatus: volunteer.status,
      own,
      leads: leading !== undefined,
      today: localDateOf(at, settings().timezone),
    };
    const id = membershipId(teamId, volunteerId);
    const begin = async () => {
      if (await aggregate('membership').find(id)) return undefined;
      const first = join(null, joining);
      if (!first) throw new Error('a membership begins with an event');
      try {
        return await aggregate('membership').create(id, async () => first, command);
      } catch (error) {
        // Another request created the membership meanwhile: this one changes it.
        if (error instanceof Rejection && error.code === 'already-exists') return undefined;
        throw error;
      }
    };
    const { state, version } =
      (await begin()) ??
      (await aggregate('membership').execute(id, {
        request,
        authorise: () => role,
        decide: (current) => join(current, joining),
      }));
    return { body: { id, ...state, version }, version };
  }
  throw new Rejection('forbidden');
};

export const leaveTeam: UseCase<typeof teams.leaveTeam> = async (request) => {
  const { actor, at, body } = request;
  const { id: teamId, volunteerId } = request.params;
  const { state: team } = await aggregate('team').get(teamId);
  const own = await isSelf(actor, volunteerId);
  const leader = !own && team.leaderId !== null && (await isSelf(actor, team.leaderId));
  const role = own ? maySpeakForSelf(actor) : mayLead(actor, team, leader);
  if (!role) throw new Rejection('forbidden');
  const id = membershipId(teamId, volunteerId);
  const { state, version } = await aggregate('membership').execute(id, {
    request,
    authorise: () => role,
    decide: (membership) =>
      leave(membership, {
        own,
        reason: body.reason ?? null,
        today: localDateOf(at, settings().timezone),
      }),
  });
  return { body: { id, ...state, version }, version };
};
