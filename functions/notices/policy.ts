import { type Actor, roleAmong } from '../ledger/actor.ts';

/** An inbox is its person's and nobody else's. */
export const mayListNotices = ({ own }: { readonly own: boolean }): boolean => own;

/** The signing secret is the district's. */
export const mayReadWebhook = (actor: Actor): boolean =>
  roleAmong(actor, 'district-admin') !== undefined;
