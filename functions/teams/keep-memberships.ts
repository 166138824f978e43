import type { DomainEvent } from '../../events/catalogue.ts';
import type { Membership, Team } from '../../events/teams.ts';
import { type AlsoAppend, aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { newestEntry } from '../ledger/ledger.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { survivorOf } from '../people/own-record.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { checkProjected } from '../views/check-projected.ts';
import { membershipRows } from '../views/keys.ts';
import { type ListQuery, listRows, rowEquals } from '../views/views.ts';
import { membershipId } from './change-membership.ts';
import { bringOver, leave, revise } from './decider.ts';
import { projectMembership, projectTeam, teamRows } from './projection.ts';

/** The events after which somebody may be no volunteer any more, or one under another record. */
type Gone = DomainEvent<
  | 'VolunteerMerged'
  | 'VolunteerErased'
  | 'VolunteerDeactivated'
  | 'ConsentWithdrawn'
  | 'PersonalDataCorrected'
>;
/** The events after which somebody may be in a team, or lead one, who was not before. */
type Entered = DomainEvent<'TeamMemberInvited' | 'TeamMemberJoined' | 'TeamFormed' | 'TeamRevised'>;

const forEach = async <Row extends object>(
  list: Pick<ListQuery, 'partition' | 'where'>,
  act: (row: Row & { readonly id: string }) => Promise<unknown>,
): Promise<void> => {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof listRows<Row>>> = await listRows<Row>({
      ...list,
      index: 'items',
      consistent: true,
      limit: 100,
      cursor,
    });
    for (const row of page.items) await act(row);
    cursor = page.next;
  }
};

/** Somebody who is no volunteer under this record any more. */
interface Leaving {
  readonly id: string;
  /** Why: an event of theirs. What follows is dated by it, and done by whoever caused it. */
  readonly cause: DomainEvent;
  /** The record of theirs that takes part instead, if any. */
  readonly to: string | undefined;
}

/** Undefined for who takes part. It goes by what the records say now, whatever has happened. */
const leavingOf = async (id: string, cause?: DomainEvent): Promise<Leaving | undefined> => {
  const newest = (await newestEntry({ type: 'volunteer', id }))?.event;
  if (!newest || !('volunteer' in newest.data)) return undefined;
  const { status, confirmedOn, mergedInto } = newest.data.volunteer;
  // Without their own yes nobody is in a team; and a list that nobody confirmed is erased in bulk.
  if (status === 'active' || confirmedOn === null) return undefined;
  const survivor = mergedInto === null ? undefined : await survivorOf(mergedInto);
  const takesPart =
    survivor !== undefined &&
    (await aggregate('volunteer').stateNow(survivor))?.status === 'active';
  return { id, cause: cause ?? newest, to: takesPart ? survivor : undefined };
};

/** Ends a membership, and begins the one it becomes, if any, at once. */
const endMembership = ({ id, cause, to }: Leaving, teamId: string) => {
  const on = localDateOf(Date.parse(cause.recordedAt), settings().timezone);
  return aggregate('membership').execute(membershipId(teamId, id), {
    request: followUp(cause),
    authorise: () => cause.actor.role,
    decide: (membership) => {
      // Who was let in by a look at the record before may have joined on the day after.
      const { joinedOn } = membership;
      const today = joinedOn !== null && joinedOn > on ? joinedOn : on;
      return leave(membership, { own: true, reason: null, today });
    },
    alsoAppend: async (membership): Promise<readonly AlsoAppend[]> => {
      if (to === undefined) return [];
      const there = await aggregate('membership').find(membershipId(teamId, to));
      const fact = bringOver(membership, there?.state ?? null, to);
      const after = { type: 'membership', id: membershipId(teamId, to) } as const;
      return fact ? [{ ...after, version: there?.version ?? 0, fact }] : [];
    },
  });
};

const endLeading = ({ id, cause, to }: Leaving, teamId: string) =>
  aggregate('team').execute(teamId, {
    request: followUp(cause),
    authorise: () => cause.actor.role,
    decide: (team) =>
      team.status === 'active' && team.leaderId === id
        ? revise(team, { leaderId: to ?? null })
        : null,
  });

/**
 * Whoever is no volunteer any more is in no team and leads none; whose record was merged is and
 * does under the one it went into. The same event again, and events in any order, come to the same;
 * somebody who came back stays where they are. What the Views do not have yet, `checkEntered` finds.
 */
export const keepMemberships = async (event: Gone): Promise<void> => {
  const { id } = event.aggregate;
  const leaving = await leavingOf(id, event);
  if (!leaving) return;
  await forEach<Membership>({ partition: membershipRows(id) }, ({ teamId }) =>
    endMembership(leaving, teamId),
  );
  await forEach<Team>({ partition: teamRows, where: rowEquals({ leaderId: id }) }, (team) =>
    endLeading(leaving, team.id),
  );
};

/**
 * The other side of `keepMemberships`: looks at whoever entered a team once their row is in the Views.
 * Whoever left before this look is seen here; whoever leaves after it is followed by a reading of the
 * Views that finds the row. So nobody stays who left, however late the Views are.
 * @throws NotYet while the row is not there
 */
export const checkEntered = async (event: Entered): Promise<void> => {
  const { data, aggregate } = event;
  const id = 'team' in data ? data.team.leaderId : data.membership.volunteerId;
  if (id === null) return;
  const row =
    event.type === 'TeamFormed' || event.type === 'TeamRevised'
      ? projectTeam(event)
      : projectMembership(event);
  await checkProjected(row, aggregate.version);
  const leaving = await leavingOf(id);
  if (!leaving) return;
  if ('team' in data) await endLeading(leaving, aggregate.id);
  else await endMembership(leaving, data.membership.teamId);
};

export const handler = subscribe(async (event) => {
  switch (event.type) {
    case 'VolunteerMerged':
    case 'VolunteerErased':
    case 'VolunteerDeactivated':
    case 'ConsentWithdrawn':
    case 'PersonalDataCorrected':
      return keepMemberships(event);
    case 'TeamMemberInvited':
    case 'TeamMemberJoined':
    case 'TeamFormed':
    case 'TeamRevised':
      return checkEntered(event);
    default:
      return undefined;
  }
});
