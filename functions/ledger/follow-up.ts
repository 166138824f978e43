import type { AggregateType, DomainEvent } from '../../events/catalogue.ts';
import type { Execution } from './aggregate.ts';

type Request = Execution<AggregateType>['request'];

/** What follows from an event: a command of whoever caused it, at the time they did. */
export const followUp = (
  { actor: { id, role }, recordedAt, correlationId }: DomainEvent,
  idempotency?: Request['idempotency'],
): Request => ({
  actor: { id, roles: [role], organisationId: null, areaIds: null, volunteerId: '' },
  at: Date.parse(recordedAt),
  correlationId,
  idempotency,
  ifMatch: undefined,
});
