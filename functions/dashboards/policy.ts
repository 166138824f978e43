import { type Actor, roleAmong } from '../ledger/actor.ts';

/**
 * The figures are public; what is behind each is for those who answer for it: the district, a
 * verifier, and an organiser for an area they work in. An auditor, and an organiser elsewhere, may
 * see every line, for lines have to add up, but not whose it is.
 */
export const mayExplain = (
  actor: Actor,
  { inArea }: { readonly inArea: boolean },
): 'as-they-are' | 'pseudonymous' | undefined => {
  if (roleAmong(actor, 'district-admin', 'verifier')) return 'as-they-are';
  if (inArea && roleAmong(actor, 'organiser')) return 'as-they-are';
  return roleAmong(actor, 'auditor', 'organiser') && 'pseudonymous';
};
