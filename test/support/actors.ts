import type { Role } from '../../events/envelope.ts';
import { type Actor, volunteerIdOf } from '../../functions/ledger/actor.ts';

/** Somebody with a token: their subject, the organisation it names, and their roles. */
export const actor = (id: string, organisationId: string | null, ...roles: Role[]): Actor => ({
  id,
  roles,
  organisationId,
  areaIds: null,
  volunteerId: volunteerIdOf('test', id),
});
