import type { Place } from '../../events/participation.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';
import { worksIn } from './working-area.ts';

/** The facts that decide about reading entries. */
export interface ReadingAccess {
  /** The entries are about the actor's own time. */
  readonly own: boolean;
  /** The entries belong to the actor's organisation, or to an area the actor works in. */
  readonly near: boolean;
  /** The entries' volunteer is in the year's sample for auditors. */
  readonly sampled: boolean;
}

/** Verifiers may read every entry, because they verify for other organisations. */
export const mayRead = (actor: Actor, { own, near, sampled }: ReadingAccess): boolean =>
  own ||
  roleAmong(actor, 'district-admin', 'verifier') !== undefined ||
  (near && roleAmong(actor, 'organiser') !== undefined) ||
  (sampled && roleAmong(actor, 'auditor') !== undefined);

/** What decides where a sheet lies. */
export type Near = Pick<Place, 'organisationId' | 'areaId'>;

/** The entries of people whom the actor has nothing to do with. */
export const strange: ReadingAccess = { own: false, near: false, sampled: false };

const isNear = async (actor: Actor, { organisationId, areaId }: Near): Promise<boolean> =>
  actor.roles.includes('organiser') &&
  (organisationId === actor.organisationId || (await worksIn(actor, areaId)));

/** Whether an actor may read all entries of a place, whoever they are about. */
export const mayReadPlace = async (actor: Actor, place: Near): Promise<boolean> =>
  mayRead(actor, strange) || mayRead(actor, { ...strange, near: await isNear(actor, place) });
