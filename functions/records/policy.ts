import type { Role } from '../../events/envelope.ts';
import type { RecordEntry } from '../../events/records.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/**
 * The district, and organisers for their own organisation, may add entries to a record and strike
 * them out. Nobody may do so on their own record.
 */
export const mayRecord = (
  actor: Actor,
  { organisationId }: Pick<RecordEntry, 'organisationId'>,
  own: boolean,
): Role | undefined => {
  if (own) return undefined;
  return (
    roleAmong(actor, 'district-admin') ??
    (actor.organisationId === organisationId ? roleAmong(actor, 'organiser') : undefined)
  );
};
