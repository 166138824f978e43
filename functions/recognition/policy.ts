import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

interface Unit {
  readonly issuerId: string;
}

/** Staff of the recording unit, wherever they work. */
const ofUnit = (actor: Actor, { issuerId }: Unit): Role | undefined =>
  actor.organisationId === issuerId ? roleAmong(actor, 'organiser') : undefined;

/** Volunteers apply for themselves, and organisers of the recording unit for those who served there. */
export const mayApply = (
  actor: Actor,
  unit: Unit,
  { own }: { readonly own: boolean },
): Role | undefined => (own ? roleAmong(actor, 'volunteer') : undefined) ?? ofUnit(actor, unit);

/** The district and the recording unit issue, decline, revoke and reissue. Nobody does so for themselves. */
export const mayDecide = (
  actor: Actor,
  unit: Unit,
  { mayBeOwn }: { readonly mayBeOwn: boolean },
): Role | undefined =>
  mayBeOwn ? undefined : (roleAmong(actor, 'district-admin') ?? ofUnit(actor, unit));

/** Only the person withdraws what was applied for. */
export const mayWithdraw = (actor: Actor, { own }: { readonly own: boolean }): Role | undefined =>
  own ? roleAmong(actor, 'volunteer') : undefined;

/** A person reads the list of their own certificates, and the district that of anybody. */
export const mayList = (actor: Actor, { own }: { readonly own: boolean }): boolean =>
  own || roleAmong(actor, 'district-admin') !== undefined;

/** The role in which staff read a certificate of somebody else, or the register of a unit. */
export const mayReadAsStaff = (
  actor: Actor,
  unit: Unit,
): 'district-admin' | 'organiser' | undefined =>
  (roleAmong(actor, 'district-admin') ?? ofUnit(actor, unit)) as
    | 'district-admin'
    | 'organiser'
    | undefined;
