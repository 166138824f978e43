import type { Role } from '../../events/envelope.ts';
import type { Import } from '../../events/imports.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** Who hands in lists of people: the district, and organisers for areas where they work. */
export const mayImport = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser');

/** The district registers people everywhere, an organiser where they work. */
export const mayImportInto = (actor: Actor, { inArea }: { readonly inArea: boolean }): boolean =>
  roleAmong(actor, 'district-admin') !== undefined ||
  (inArea && roleAmong(actor, 'organiser') !== undefined);

/** Whoever handed a list in sees what became of it, and the district. */
export const mayReadImport = (actor: Actor, { startedBy }: Pick<Import, 'startedBy'>): boolean =>
  roleAmong(actor, 'district-admin') !== undefined ||
  (actor.id === startedBy && roleAmong(actor, 'organiser') !== undefined);
