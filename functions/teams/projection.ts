import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import type { Team } from '../../events/teams.ts';
import { monthOf } from '../runtime/calendar.ts';
import { listOfMemberships } from '../views/keys.ts';
import type { Contribution, Disclosure, Identified, Projection } from '../views/projection.ts';

export const teamRows = 'teams';
/** Where the Views keep the members of a team. */
export const membersOf = (teamId: string): string => `team#${teamId}`;

/** A team that was formed stays formed; dissolved it stands no longer, from that month on. */
const contributionOf = ({ areaId, formedOn, dissolvedOn }: Team): Contribution => ({
  month: monthOf(formedOn),
  areaId,
  theme: null,
  kind: 'team',
  measures: { teamsFormed: 1 },
  ...(dissolvedOn === null ? {} : { until: monthOf(dissolvedOn) }),
});

export const project = (event: DomainEvent<Extract<EventType, `Team${string}`>>): Projection => {
  const { id } = event.aggregate;
  if ('team' in event.data) {
    const { team } = event.data;
    return { pk: teamRows, sk: id, row: team, contribution: contributionOf(team) };
  }
  const { membership } = event.data;
  return {
    pk: membersOf(membership.teamId),
    sk: membership.volunteerId,
    row: membership,
    list: { name: listOfMemberships(membership.volunteerId), order: membership.teamId },
  };
};

/** What lines of these kinds show to whoever may not know people. */
export const persons = {
  team: {
    id: 'shown',
    name: 'hidden',
    specialty: 'shown',
    areaId: 'shown',
    organisationId: 'shown',
    leaderId: 'person',
    joining: 'shown',
    status: 'shown',
    formedOn: 'shown',
    dissolvedOn: 'shown',
  } satisfies Disclosure<Identified<Team>>,
};
