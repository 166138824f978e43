import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** What somebody may pull. */
export interface PullLeave {
  /** Also what events hold, with people's ids. */
  readonly full: boolean;
  /** Only events of this organisation; null for all. */
  readonly organisationId: string | null;
}

/**
 * The district pulls everything, an auditor public figures, and a machine the public figures of the
 * organisation that its token names.
 */
export const mayPull = (actor: Actor): PullLeave | undefined => {
  const role = roleAmong(actor, 'district-admin', 'auditor', 'partner');
  if (role === 'district-admin') return { full: true, organisationId: null };
  if (role === 'auditor') return { full: false, organisationId: null };
  return role === 'partner' && actor.organisationId !== null
    ? { full: false, organisationId: actor.organisationId }
    : undefined;
};

/** What leaves the district, and to whom, is for the district to decide and to see. */
export const mayManageWebhooks = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin');
