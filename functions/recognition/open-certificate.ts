import type { Certificate } from '../../events/recognition.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isOwnRecord, nobody } from '../people/own-record.ts';
import type { Leave } from '../people/people.ts';
import { leaveForStaff, leaveWithoutLog } from '../people/personal-access.ts';
import type { AccessReason } from '../people/personal-access-reasons.ts';
import { Rejection } from '../refusals/decision.ts';
import { mayReadAsStaff } from './policy.ts';

interface Reading {
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly params: { readonly id: string };
  readonly query: { readonly reason?: AccessReason | undefined };
}

/**
 * A certificate for its person, or for staff of its unit with a reason, whose reading is logged.
 * @returns also the leave to open the person's record; undefined while it names nobody: before it is issued, and
 *   after the person was erased
 * @throws Rejection `forbidden`; for who may read also `not-found`, `reason-required`, `approval-required`
 */
export const openCertificate = async ({
  actor,
  at,
  params: { id },
  query: { reason },
}: Reading): Promise<{
  readonly state: Certificate;
  readonly version: number;
  readonly own: boolean;
  readonly leave: Leave | undefined;
}> => {
  const found = await aggregate('certificate').find(id);
  const volunteerId = found?.state.volunteerId ?? '';
  const volunteer = found && (await aggregate('volunteer').stateNow(volunteerId));
  const own = await isOwnRecord(actor, volunteerId, volunteer ?? nobody);
  const role = mayReadAsStaff(actor, found?.state ?? { issuerId: '' });
  if (!own && !role) throw new Rejection('forbidden');
  if (!found) throw new Rejection('not-found', { what: 'certificate', id });
  if (!own && !reason) throw new Rejection('reason-required');
  const { state, version } = found;
  const namesSomebody = state.number !== null && volunteer && volunteer.status !== 'erased';
  if (!namesSomebody) return { state, version, own, leave: undefined };
  if (own || !role || !reason) return { state, version, own, leave: leaveWithoutLog(volunteerId) };
  const reading = { actor, at, role, reason, what: 'record' } as const;
  return { state, version, own, leave: await leaveForStaff(volunteerId, volunteer, reading) };
};
