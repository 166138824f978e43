import type { DomainEvent } from '../../events/catalogue.ts';
import type { Execution } from './execute.ts';

/** What follows from an event: a command of whoever caused it, at the time they did. */
export const followUp = (
  { actor: { id, role }, recordedAt, correlationId }: DomainEvent,
  idempotency?: Execution<unknown>['request']['idempotency'],
): Execution<unknown>['request'] => ({
  actor: { id, roles: [role], organisationId: null, areaIds: null, volunteerId: '' },
  at: Date.parse(recordedAt),
  correlationId,
  idempotency,
  ifMatch: undefined,
});
