import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import type { Team } from '../../events/teams.ts';
import { monthOf } from '../runtime/calendar.ts';
import { listOfMembers, membershipRows, teamRows } from '../views/keys.ts';
import type { Projection, TeamFigures } from '../views/projection.ts';

/** Both aggregates have rows. */
type Rowed = Projection & Required<Pick<Projection, 'row'>>;

/**
 * A team stays counted as formed. After it is dissolved, it is not counted as standing from that
 * month on.
 */
const figuresOf = ({ areaId, formedOn, dissolvedOn }: Team): TeamFigures => ({
  of: 'team',
  areaId,
  formedIn: monthOf(formedOn),
  spells: [{ from: monthOf(formedOn), until: dissolvedOn === null ? null : monthOf(dissolvedOn) }],
});

export const projectTeam = ({
  aggregate: { id },
  data: { team },
}: DomainEvent<EventTypeOf<'team'>>): Rowed => ({
  row: { pk: teamRows, sk: id, row: team },
  figures: figuresOf(team),
});

/** In the volunteer's own partition, because it can be read consistently, unlike an index. */
export const projectMembership = ({
  data: { membership },
}: DomainEvent<EventTypeOf<'membership'>>): Rowed => ({
  row: {
    pk: membershipRows(membership.volunteerId),
    sk: membership.teamId,
    row: membership,
    list: { name: listOfMembers(membership.teamId), order: membership.volunteerId },
  },
});

/** A line of a team names no person. */
export const persons = { team: { id: 'shown' } } as const;
