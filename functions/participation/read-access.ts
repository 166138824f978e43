import type { Hours } from '../../events/participation.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isSampled } from '../people/audit-sample.ts';
import { isOwnRecord, nobody } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { mayRead } from './policy.ts';

type Place = Pick<Hours, 'organisationId' | 'areaId'>;

/** The entries asked for: those of a volunteer, of an activity, or of a volunteer in an activity. */
interface Asked {
  readonly volunteerId: string | undefined;
  readonly place: Place | undefined;
  /** A single entry was asked for. */
  readonly isOne?: boolean;
}

const strange = { own: false, near: false, sampled: false };

/**
 * Checks that the actor may read the entries asked for. For an organiser, entries are near if they
 * belong to their organisation, to an area they work in, or to a volunteer who lives in such an
 * area. Reads nothing if the role alone is enough.
 * @throws Rejection `forbidden`; `not-in-sample` to an auditor
 */
export const checkReading = async (
  { actor, at }: { readonly actor: Actor; readonly at: number },
  { volunteerId, place, isOne = false }: Asked,
): Promise<void> => {
  if (mayRead(actor, strange)) return;
  const found =
    volunteerId === undefined ? undefined : await aggregate('volunteer').stateNow(volunteerId);
  const volunteer = found ?? nobody;
  const own = volunteerId !== undefined && (await isOwnRecord(actor, volunteerId, volunteer));
  const near =
    actor.roles.includes('organiser') &&
    ((place !== undefined && place.organisationId === actor.organisationId) ||
      (place !== undefined && (await worksIn(actor, place.areaId))) ||
      (volunteerId !== undefined && (await worksIn(actor, volunteer.areaId))));
  const year = yearOf(localDateOf(at, settings().timezone));
  const sampled =
    actor.roles.includes('auditor') && !!volunteerId && (await isSampled(volunteerId, year));
  if (mayRead(actor, { own, near, sampled })) return;
  const elseIn =
    (isOne || volunteerId !== undefined) && mayRead(actor, { ...strange, sampled: true });
  throw new Rejection(elseIn ? 'not-in-sample' : 'forbidden');
};
