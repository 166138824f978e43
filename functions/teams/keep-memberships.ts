import type { DomainEvent } from '../../events/catalogue.ts';
import type { Membership, Team } from '../../events/teams.ts';
import { execute, find, type Together } from '../ledger/execute.ts';
import { followUp } from '../ledger/follow-up.ts';
import { snapshot } from '../ledger/references.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { survivorOf } from '../people/self.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { listOfMemberships } from '../views/keys.ts';
import { type ListQuery, listRows, rowEquals } from '../views/views.ts';
import { membershipStream } from './change-membership.ts';
import { bringOver, evolveMembership, evolveTeam, leave, revise } from './decider.ts';
import { teamRows } from './projection.ts';

/** The events after which somebody may be no volunteer any more, or one under another record. */
type Gone = DomainEvent<
  'VolunteerMerged' | 'VolunteerErased' | 'VolunteerDeactivated' | 'ConsentWithdrawn'
>;

const forEach = async <Row extends object>(
  list: Omit<ListQuery, 'limit' | 'cursor'>,
  act: (row: Row & { readonly id: string }) => Promise<unknown>,
): Promise<void> => {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof listRows<Row>>> = await listRows<Row>({
      ...list,
      limit: 100,
      cursor,
    });
    for (const row of page.items) await act(row);
    cursor = page.next;
  }
};

/** Ends a membership, and begins the one it becomes, if any, at once. */
const endMembership = (event: Gone, teamId: string, to: string | undefined) => {
  const at = Date.parse(event.recordedAt);
  return execute<Membership>({
    stream: membershipStream(teamId, event.aggregate.id),
    evolve: evolveMembership,
    request: followUp(event),
    authorise: () => event.actor.role,
    decide: (membership) =>
      leave(membership, {
        own: true,
        reason: null,
        today: localDateOf(at, settings().timezone),
      }),
    together: async (membership): Promise<readonly Together[]> => {
      if (to === undefined) return [];
      const stream = membershipStream(teamId, to);
      const there = await find(stream, evolveMembership);
      const fact = bringOver(membership, there?.state ?? null, to);
      return fact ? [{ stream, version: there?.version ?? 0, fact }] : [];
    },
  });
};

const endLeading = (event: Gone, teamId: string, to: string | undefined) =>
  execute<Team>({
    stream: { type: 'team', id: teamId },
    evolve: evolveTeam,
    request: followUp(event),
    authorise: () => event.actor.role,
    decide: (team) =>
      team.status === 'active' && team.leaderId === event.aggregate.id
        ? revise(team, { leaderId: to ?? null })
        : null,
  });

/**
 * Whoever is no volunteer any more is in no team and leads none; whose record was merged is and
 * does under the one it went into. It goes by what the records say now, so the same event again,
 * and events in any order, come to the same; somebody who came back stays where they are. The queue
 * holds the event for some seconds, so that who joined just before is in the Views.
 */
export const keepMemberships = async (event: Gone): Promise<void> => {
  const { id } = event.aggregate;
  const volunteer = await snapshot('volunteer', id);
  // Without their own yes nobody is in a team; and a list that nobody confirmed is erased in bulk.
  if (!volunteer || volunteer.status === 'active' || volunteer.confirmedOn === null) return;
  const { mergedInto } = volunteer;
  const survivor = mergedInto === null ? undefined : await survivorOf(mergedInto);
  const takesPart =
    survivor !== undefined && (await snapshot('volunteer', survivor))?.status === 'active';
  const to = takesPart ? survivor : undefined;
  await forEach<Membership>({ index: 'lists', partition: listOfMemberships(id) }, ({ teamId }) =>
    endMembership(event, teamId, to),
  );
  await forEach<Team>(
    { index: 'items', partition: teamRows, where: rowEquals({ leaderId: id }) },
    (team) => endLeading(event, team.id, to),
  );
};

export const handler = subscribe(async (event) => {
  switch (event.type) {
    case 'VolunteerMerged':
    case 'VolunteerErased':
    case 'VolunteerDeactivated':
    case 'ConsentWithdrawn':
      return keepMemberships(event);
    default:
      return undefined;
  }
});
