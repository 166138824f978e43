import type { Role } from '../../events/envelope.ts';
import { type Actor, volunteerIdOf } from '../../functions/ledger/actor.ts';

/** The actor of a token: its subject, the organisation that it names, and its roles. */
export const actor = (id: string, organisationId: string | null, ...roles: Role[]): Actor => ({
  id,
  roles,
  organisationId,
  areaIds: null,
  volunteerId: volunteerIdOf('test', id),
  year: 2025,
});
