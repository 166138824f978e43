import type { Membership } from '../../events/teams.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { newestEntry, repeatedEntry } from '../ledger/ledger.ts';
import { recordsOf } from '../people/lives.ts';
import { isOwnRecord, isSelf, nobody } from '../people/own-record.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import type { teams } from './contract.ts';
import { join, leave } from './decider.ts';
import { leads } from './leads.ts';
import { mayForm, mayLead, maySpeakForSelf } from './policy.ts';

/** One id for a volunteer in a team, however often they join and leave. */
export const membershipId = (teamId: string, volunteerId: string): string =>
  derivedId('membership', teamId, volunteerId);

/**
 * The record that an actor joins with: their own, or the one that this very command joined with
 * before. A repeated command must not join with the record that has become theirs meanwhile.
 */
const joiningRecord = async (
  actor: Actor,
  teamId: string,
  key: string | undefined,
): Promise<string> => {
  const records = await recordsOf(actor);
  for (const id of records.slice(0, -1)) {
    const newest = await newestEntry({ type: 'membership', id: membershipId(teamId, id) });
    if (await repeatedEntry(newest, key)) return id;
  }
  return records.at(-1) ?? actor.volunteerId;
};

export const joinTeam: UseCase<typeof teams.joinTeam> = async (request) => {
  const { actor, at, idempotency } = request;
  const { id: teamId } = request.params;
  const volunteerId =
    request.body.volunteerId ?? (await joiningRecord(actor, teamId, idempotency?.key));
  const team = await aggregate('team').get(teamId);
  const leading = mayLead(actor, team.state, await leads(actor, team.state));
  const volunteer = await aggregate('volunteer').stateNow(volunteerId);
  const own = await isOwnRecord(actor, volunteerId, volunteer ?? nobody);
  // An actor who may not invite others must not learn whether they exist.
  const role = own ? (maySpeakForSelf(actor) ?? leading) : leading;
  const decide = (membership: Membership | null) =>
    join(membership, {
      team: team.state,
      teamId,
      volunteerId,
      volunteer,
      own,
      leads: leading !== undefined,
      isStaff: mayForm(actor, team.state) !== undefined,
      today: localDateOf(at, settings().timezone),
    });
  const id = membershipId(teamId, volunteerId);
  const { state, version } = await aggregate('membership').execute(id, {
    request,
    authorise: () => role,
    authoriseAbsent: () => role,
    begin: () => decide(null),
    decide,
  });
  return { body: { id, ...state, version }, version };
};

export const leaveTeam: UseCase<typeof teams.leaveTeam> = async (request) => {
  const { actor, at, body } = request;
  const { id: teamId, volunteerId } = request.params;
  const { state: team } = await aggregate('team').get(teamId);
  const own = await isSelf(actor, volunteerId);
  const leader = !own && (await leads(actor, team));
  const role = own ? maySpeakForSelf(actor) : mayLead(actor, team, leader);
  const id = membershipId(teamId, volunteerId);
  const { state, version } = await aggregate('membership').execute(id, {
    request,
    authorise: () => role,
    authoriseAbsent: () => role,
    decide: (membership) =>
      leave(membership, {
        own,
        reason: body.reason ?? null,
        today: localDateOf(at, settings().timezone),
      }),
  });
  return { body: { id, ...state, version }, version };
};
