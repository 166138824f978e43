import type { Entry, Sheet } from '../../events/participation.ts';
import { mayRead, mayReadPlace, strange } from '../access/reading.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isSampled } from '../people/audit-sample.ts';
import { isOwnRecord, nobody } from '../people/own-record.ts';
import { pseudonymOf } from '../people/pseudonyms.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { disclosed } from '../views/disclose.ts';
import { persons } from './projection.ts';

interface Reader {
  readonly actor: Actor;
  readonly at: number;
}

const lanes = 10;

/**
 * Whether an actor may read a volunteer's entries. For an organiser they are near if the volunteer lives
 * in an area where the organiser works.
 */
const mayReadVolunteer = async (
  { actor, at }: Reader,
  volunteerId: string,
): Promise<'as-it-is' | 'sampled' | 'not-in-sample' | 'no'> => {
  const volunteer = (await aggregate('volunteer').stateNow(volunteerId)) ?? nobody;
  const own = await isOwnRecord(actor, volunteerId, volunteer);
  const near = actor.roles.includes('organiser') && (await worksIn(actor, volunteer.areaId));
  if (mayRead(actor, { own, near, sampled: false })) return 'as-it-is';
  if (!mayRead(actor, { ...strange, sampled: true })) return 'no';
  const year = yearOf(localDateOf(at, settings().timezone));
  return (await isSampled(volunteerId, year)) ? 'sampled' : 'not-in-sample';
};

/** @throws Rejection `forbidden`; `not-in-sample` to an auditor */
export const checkVolunteer = async (reader: Reader, volunteerId: string): Promise<void> => {
  if (mayRead(reader.actor, strange)) return;
  const may = await mayReadVolunteer(reader, volunteerId);
  if (may === 'not-in-sample') throw new Rejection('not-in-sample');
  if (may === 'no') throw new Rejection('forbidden');
};

/** Those of these records whose entries a reader may read. */
export const readableRecords = async (
  reader: Reader,
  volunteerIds: readonly string[],
): Promise<readonly string[]> => {
  if (mayRead(reader.actor, strange)) return volunteerIds;
  const may = await inParallel(lanes, volunteerIds, (id) => mayReadVolunteer(reader, id));
  return volunteerIds.filter((_, at) => may[at] === 'as-it-is' || may[at] === 'sampled');
};

/** The entry of a sampled volunteer as an auditor sees it. A field that is not declared is not shown. */
const asAuditorSees = async (entry: Entry, year: string): Promise<Entry> =>
  (await disclosed(entry, persons.entry, (id) => pseudonymOf(year, id))) as unknown as Entry;

/**
 * The lines of a sheet that a reader may see: all of them near the place, otherwise those about
 * themselves, about people of their area, or in an auditor's sample.
 * @throws Rejection `forbidden`; `not-in-sample` to an auditor
 */
export const readableLines = async (
  reader: Reader,
  { place, entries }: Sheet,
): Promise<readonly Entry[]> => {
  const all = [...entries.values()];
  if (await mayReadPlace(reader.actor, place)) return all;
  const year = yearOf(place.serviceDate);
  const seen = await inParallel(lanes, all, async (entry) => {
    const may = await mayReadVolunteer(reader, entry.volunteerId);
    if (may === 'as-it-is') return [entry];
    // The line of a missing sheet is nobody's, and nobody is in a sample.
    return may === 'sampled' && entry.volunteerId ? [await asAuditorSees(entry, year)] : [];
  });
  const lines = seen.flat();
  if (lines.length > 0) return lines;
  throw new Rejection(reader.actor.roles.includes('auditor') ? 'not-in-sample' : 'forbidden');
};
