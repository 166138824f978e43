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
import { membershipRows, teamRows } from '../views/keys.ts';
import { type ListQuery, listRows, rowEquals } from '../views/views.ts';
import { membershipId } from './change-membership.ts';
import { bringOver, leave, revise } from './decider.ts';
import { projectMembership, projectTeam } from './projection.ts';

/** Events after which a person may not be an active volunteer, or may be one under another record. */
type Gone = DomainEvent<
  | 'VolunteerMerged'
  | 'VolunteerErased'
  | 'VolunteerDeactivated'
  | 'ConsentWithdrawn'
  | 'PersonalDataCorrected'
>;
/** Events after which a person may newly be in a team or lead one. */
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

/** A person who is no longer an active volunteer under this record. */
interface Leaving {
  readonly id: string;
  /** The reason: an event of their record. Its time and actor are used for the changes that follow. */
  readonly cause: DomainEvent;
  /** The person's record that is active in its place, if any. */
  readonly to: string | undefined;
}

/** Undefined for an active volunteer. Decided on the present state, whatever the event said. */
const leavingOf = async (id: string, cause?: DomainEvent): Promise<Leaving | undefined> => {
  const newest = (await newestEntry({ type: 'volunteer', id }))?.event;
  if (!newest || !('volunteer' in newest.data)) return undefined;
  const { status, confirmedOn, mergedInto } = newest.data.volunteer;
  // A person who never confirmed is in no team. Returning here also saves work when an unconfirmed
  // list is erased.
  if (status === 'active' || confirmedOn === null) return undefined;
  const survivor = mergedInto === null ? undefined : await survivorOf(mergedInto);
  const takesPart =
    survivor !== undefined &&
    (await aggregate('volunteer').stateNow(survivor))?.status === 'active';
  return { id, cause: cause ?? newest, to: takesPart ? survivor : undefined };
};

/** Ends a membership and, in the same transaction, begins the one under the surviving record, if any. */
const endMembership = ({ id, cause, to }: Leaving, teamId: string) => {
  const on = localDateOf(Date.parse(cause.recordedAt), settings().timezone);
  return aggregate('membership').execute(membershipId(teamId, id), {
    request: followUp(cause),
    authorise: () => cause.actor.role,
    // `checkEntered` uses an earlier event as the cause, so the member may have joined on a later day.
    decide: (membership) => leave(membership, { own: true, reason: null, today: on }),
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
 * A person who is no longer an active volunteer leaves all teams and stops leading. After a merge,
 * memberships and leadership move to the surviving record. Repeated events, and events in any
 * order, have the same result; a person who has returned keeps their memberships. `checkEntered`
 * handles rows that the Views do not have yet.
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
 * Completes `keepMemberships`: checks a person who entered a team, at once and again when their row is
 * in the Views. If the person left before the last check, it finds that here. If they leave after it,
 * `keepMemberships` reads the Views and finds the row. So nobody who left remains, however late the
 * Views are.
 * @throws NotYet while the row of a person who has not left is missing
 */
export const checkEntered = async (event: Entered): Promise<void> => {
  const { data, aggregate } = event;
  const id = 'team' in data ? data.team.leaderId : data.membership.volunteerId;
  if (id === null) return;
  const { row } =
    event.type === 'TeamFormed' || event.type === 'TeamRevised'
      ? projectTeam(event)
      : projectMembership(event);
  const endIfLeft = async (): Promise<boolean> => {
    const leaving = await leavingOf(id);
    if (!leaving) return false;
    if ('team' in data) await endLeading(leaving, aggregate.id);
    else await endMembership(leaving, data.membership.teamId);
    return true;
  };
  if (await endIfLeft()) return;
  await checkProjected(row, aggregate.version);
  await endIfLeft();
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
