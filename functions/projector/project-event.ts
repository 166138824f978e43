import { catalogue, type DomainEvent } from '../../events/catalogue.ts';
import type { Projected } from '../figures/projected.ts';
import { projections } from '../slices.ts';
import type { Projection } from '../views/projection.ts';

/** The projection of an event's aggregate; undefined when it shows nothing in the Views. */
export const projectEvent = (event: DomainEvent): Projected | undefined => {
  const project = projections[catalogue[event.type].aggregate] as
    | ((event: DomainEvent) => Projection)
    | null;
  return project ? { event, projection: project(event) } : undefined;
};
