import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** The role in which the actor may define areas and register organisations; undefined means no. */
export const mayDefine = (actor: Actor): Role | undefined => roleAmong(actor, 'district-admin');

/** An organisation's contact is maintained by its own organiser or the district. */
export const mayKeepContact = (actor: Actor, organisationId: string): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (actor.organisationId === organisationId ? roleAmong(actor, 'organiser') : undefined);

/** Staff who arrange activities may read another organisation's contact. */
export const mayReadContact = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser');
