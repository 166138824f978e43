import type { Hours } from '../../events/participation.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isSampled } from '../people/audit-sample.ts';
import { isOwnRecord, nobody } from '../people/own-record.ts';
import { pseudonymOf } from '../people/pseudonyms.ts';
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

/** An entry as an auditor sees it: staff under the pseudonyms that its line shows, the volunteer as sampled. */
const asAuditorSees = async <Entry extends Hours>(hours: Entry): Promise<Entry> => {
  const year = yearOf(hours.serviceDate);
  const { enteredBy, verifiedBy } = hours;
  return {
    ...hours,
    enteredBy: await Promise.all(enteredBy.map((id) => pseudonymOf(year, id))),
    verifiedBy: verifiedBy && (await pseudonymOf(year, verifiedBy)),
  };
};

/** Shows an entry to the reader it was made for. */
type Show = <Entry extends Hours>(hours: Entry) => Promise<Entry>;
const asItIs: Show = async (hours) => hours;

/**
 * Checks that the actor may read the entries asked for. For an organiser, entries are near if they
 * belong to their organisation, to an area they work in, or to a volunteer who lives in such an
 * area. Reads nothing if the role alone is enough.
 * @returns how each entry is shown to the actor
 * @throws Rejection `forbidden`; `not-in-sample` to an auditor
 */
export const checkReading = async (
  { actor, at }: { readonly actor: Actor; readonly at: number },
  { volunteerId, place, isOne = false }: Asked,
): Promise<Show> => {
  if (mayRead(actor, strange)) return asItIs;
  const found =
    volunteerId === undefined ? undefined : await aggregate('volunteer').stateNow(volunteerId);
  const volunteer = found ?? nobody;
  const own = volunteerId !== undefined && (await isOwnRecord(actor, volunteerId, volunteer));
  const near =
    actor.roles.includes('organiser') &&
    ((place !== undefined && place.organisationId === actor.organisationId) ||
      (place !== undefined && (await worksIn(actor, place.areaId))) ||
      (volunteerId !== undefined && (await worksIn(actor, volunteer.areaId))));
  if (mayRead(actor, { own, near, sampled: false })) return asItIs;
  const isAuditing =
    (isOne || volunteerId !== undefined) && mayRead(actor, { ...strange, sampled: true });
  if (!isAuditing) throw new Rejection('forbidden');
  const year = yearOf(localDateOf(at, settings().timezone));
  if (!volunteerId || !(await isSampled(volunteerId, year))) throw new Rejection('not-in-sample');
  return asAuditorSees;
};
