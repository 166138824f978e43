import { type Actor, roleAmong } from '../ledger/actor.ts';

/** Only the person may read their inbox. */
export const mayListNotices = ({ own }: { readonly own: boolean }): boolean => own;

/** Only the district may read the signing secret. */
export const mayReadWebhook = (actor: Actor): boolean =>
  roleAmong(actor, 'district-admin') !== undefined;
