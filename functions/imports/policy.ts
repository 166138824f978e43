import type { Role } from '../../events/envelope.ts';
import type { Import } from '../../events/imports.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** Lists are handed in by the district, and by organisers for areas where they work. */
export const mayImport = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser');

/** The district registers people everywhere, an organiser where they work. */
export const mayImportInto = (actor: Actor, { inArea }: { readonly inArea: boolean }): boolean =>
  roleAmong(actor, 'district-admin') !== undefined ||
  (inArea && roleAmong(actor, 'organiser') !== undefined);

/** The person who handed a list in and the district see its result. */
export const mayReadImport = (actor: Actor, { startedBy }: Pick<Import, 'startedBy'>): boolean =>
  roleAmong(actor, 'district-admin') !== undefined ||
  (actor.id === startedBy && roleAmong(actor, 'organiser') !== undefined);
