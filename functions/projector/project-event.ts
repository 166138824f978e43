import { catalogue, type DomainEvent } from '../../events/catalogue.ts';
import { project as projectActivity } from '../activities/projection.ts';
import type { Projected } from '../figures/engine.ts';
import { project as projectImport } from '../imports/projection.ts';
import { project as projectOrganisation } from '../organisations/projection.ts';
import { project as projectHours } from '../participation/projection.ts';
import { project as projectRecordEntry } from '../records/projection.ts';
import { project as projectTeam } from '../teams/projection.ts';
import type { Projection } from '../views/projection.ts';
import { project as projectVolunteer } from '../volunteers/projection.ts';

/** Each slice's own projection of its events; a slice without one shows nothing in the Views. */
const projections: Readonly<Record<string, (event: never) => Projection>> = {
  activities: projectActivity,
  imports: projectImport,
  organisations: projectOrganisation,
  participation: projectHours,
  records: projectRecordEntry,
  teams: projectTeam,
  volunteers: projectVolunteer,
};

/** What an event makes of its aggregate in the Views; undefined when it shows nothing there. */
export const projectEvent = (event: DomainEvent): Projected | undefined => {
  const project = projections[catalogue[event.type].slice] as
    | ((event: DomainEvent) => Projection)
    | undefined;
  return project && { event, projection: project(event) };
};
