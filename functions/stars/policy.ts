import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

interface Standing {
  readonly own: boolean;
  readonly mayBeOwn: boolean;
}

/**
 * Staff nominate others: the district, and organisers who work in the person's area. Where stars are found by the hours
 * alone, people nominate themselves too.
 * @param by `self`: the policy is automatic, and the level is not one for which people are selected
 */
export const mayNominate = (
  actor: Actor,
  { own, mayBeOwn }: Standing,
  { inArea, self }: { readonly inArea: boolean; readonly self: boolean },
): Role | undefined => {
  const asStaff =
    roleAmong(actor, 'district-admin') ?? (inArea ? roleAmong(actor, 'organiser') : undefined);
  if (asStaff && !mayBeOwn) return asStaff;
  return own && self ? roleAmong(actor, 'volunteer') : undefined;
};

/** The district decides, and nobody for themselves. */
export const mayDecide = (actor: Actor, { mayBeOwn }: Pick<Standing, 'mayBeOwn'>) =>
  mayBeOwn ? undefined : roleAmong(actor, 'district-admin');

/** Staff take objections down, wherever they work: what residents say comes by the form for complaints. */
export const mayObject = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser', 'verifier');

/** A person's stars are read by the person and the district. */
export const mayRead = (actor: Actor, { own }: Pick<Standing, 'own'>): boolean =>
  own || roleAmong(actor, 'district-admin') !== undefined;

/** The stars of an area are listed by those who work there, and all of them by the district. */
export const mayList = (actor: Actor, { inArea }: { readonly inArea: boolean }): boolean =>
  roleAmong(actor, 'district-admin') !== undefined ||
  (inArea && roleAmong(actor, 'organiser', 'verifier') !== undefined);
