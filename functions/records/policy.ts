import type { Role } from '../../events/envelope.ts';
import type { RecordEntry } from '../../events/records.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/**
 * Who puts entries on somebody's record and strikes them out: the district, or an organiser for
 * their own organisation; nobody on a record that is their own.
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
