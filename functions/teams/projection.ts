import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import type { Team } from '../../events/teams.ts';
import { monthOf } from '../runtime/calendar.ts';
import { listOfMembers, membershipRows } from '../views/keys.ts';
import type { Contribution, Disclosure, Identified, Projection } from '../views/projection.ts';

export const teamRows = 'teams';

/**
 * A team stays counted as formed. After it is dissolved, it is not counted as standing from that
 * month on.
 */
const contributionOf = ({ areaId, formedOn, dissolvedOn }: Team): Contribution => ({
  month: monthOf(formedOn),
  areaId,
  theme: null,
  kind: 'team',
  measures: { teamsFormed: 1 },
  ...(dissolvedOn === null ? {} : { until: monthOf(dissolvedOn) }),
});

export const projectTeam = ({
  aggregate: { id },
  data: { team },
}: DomainEvent<EventTypeOf<'team'>>): Projection => ({
  pk: teamRows,
  sk: id,
  row: team,
  contribution: contributionOf(team),
});

/** In the volunteer's own partition, because it can be read consistently, unlike an index. */
export const projectMembership = ({
  data: { membership },
}: DomainEvent<EventTypeOf<'membership'>>): Projection => ({
  pk: membershipRows(membership.volunteerId),
  sk: membership.teamId,
  row: membership,
  list: { name: listOfMembers(membership.teamId), order: membership.volunteerId },
});

/** What readers who may not see personal data are shown of a line. */
export const persons = {
  team: {
    id: 'shown',
    name: 'hidden',
    specialty: 'shown',
    areaId: 'shown',
    organisationId: 'shown',
    // Everybody with a token reads it in the team itself: a pseudonym beside it would name its person.
    leaderId: 'hidden',
    joining: 'shown',
    status: 'shown',
    formedOn: 'shown',
    dissolvedOn: 'shown',
  } satisfies Disclosure<Identified<Team>>,
};
