import { type Actor, roleAmong } from '../ledger/actor.ts';

/**
 * The figures are public. The lines behind them may be seen by the district, verifiers, and
 * organisers for areas they work in. Auditors, and organisers elsewhere, may see every line under
 * pseudonyms, so that they can add up the lines.
 */
export const mayExplain = (
  actor: Actor,
  { inArea }: { readonly inArea: boolean },
): 'as-they-are' | 'pseudonymous' | undefined => {
  if (roleAmong(actor, 'district-admin', 'verifier')) return 'as-they-are';
  if (inArea && roleAmong(actor, 'organiser')) return 'as-they-are';
  return roleAmong(actor, 'auditor', 'organiser') && 'pseudonymous';
};

/**
 * Figures by organisation or team are for the district, verifiers and auditors, and for organisers who
 * ask for their own. They are not public: nothing ranks organisations.
 */
export const mayReadByUnit = (actor: Actor, { own }: { readonly own: boolean }): boolean =>
  roleAmong(actor, 'district-admin', 'verifier', 'auditor') !== undefined ||
  (own && roleAmong(actor, 'organiser') !== undefined);
