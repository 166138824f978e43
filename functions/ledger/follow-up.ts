import type { AggregateType, DomainEvent } from '../../events/catalogue.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { Execution } from './aggregate.ts';

type Request = Execution<AggregateType>['request'];

/** There is no role for machines. What is due by time happens in the district's role. */
const role = 'district-admin';

/**
 * Who asks for a command that is due by time, and in which role.
 * @param id an id that no token has
 * @param at epoch milliseconds
 */
export const dueByTime = (
  id: `leifeng:${string}`,
  at: number,
  correlationId: string,
): Pick<Execution<AggregateType>, 'request' | 'authorise' | 'authoriseAbsent'> => ({
  request: {
    actor: {
      id,
      roles: [role],
      organisationId: null,
      areaIds: [],
      volunteerId: '',
      year: localYearOf(at, settings().timezone),
    },
    at,
    correlationId,
    idempotency: undefined,
    ifMatch: undefined,
  },
  authorise: () => role,
  authoriseAbsent: () => role,
});

/**
 * The request for a command that follows from an event, by the actor and at the time of the event.
 * @param idempotency the key of what the event causes, when it must happen only once
 */
export const followUp = (
  { actor: { id, role }, recordedAt, correlationId }: DomainEvent,
  idempotency?: Request['idempotency'],
): Request => ({
  actor: {
    id,
    roles: [role],
    organisationId: null,
    areaIds: null,
    volunteerId: '',
    year: localYearOf(Date.parse(recordedAt), settings().timezone),
  },
  at: Date.parse(recordedAt),
  correlationId,
  idempotency,
  decidesAgain: true,
  ifMatch: undefined,
});
