import type { Activity } from '../../events/activities.ts';
import type { FrozenArea } from '../closed/frozen-sources.ts';
import { dateOfSheet } from '../figures/layout.ts';
import { isPresent } from '../figures/person-year.ts';
import { givenOf, type Projected } from '../figures/projected.ts';
import {
  type ActivityFact,
  factOf,
  newestOf,
  type PersonFact,
  type SheetFact,
  type Stream,
  type TeamFact,
} from '../projector/facts.ts';
import { type HeldFact, heldFactOf } from '../projector/items-of-activities.ts';
import { parts, type ScanKey, scanStreams } from '../projector/scan-ledger.ts';
import { allOf } from '../runtime/batches.ts';

/** What the Ledger says of a period. */
export interface Folded {
  /** Those of the period. */
  readonly sheets: readonly SheetFact[];
  /** Whose entry is a Party member's, by `<sheet>|<volunteer>`. */
  readonly partyMembers: ReadonlySet<string>;
  /** Of all sheets, since an activity may have some in another month than its own. */
  readonly held: readonly HeldFact[];
  /** Those that are in the period, or were. */
  readonly activities: readonly ActivityFact[];
  readonly statuses: ReadonlyMap<string, Activity['status']>;
  /** Everybody, since any record may be merged with any other. */
  readonly persons: readonly PersonFact[];
  /** Of a year: the local date on which each record was confirmed, and on which each first took part in any year. */
  readonly registeredOn: ReadonlyMap<string, string>;
  readonly firstServed: ReadonlyMap<string, string>;
  readonly erased: ReadonlySet<string>;
  readonly teams: readonly TeamFact[];
  readonly areas: readonly FrozenArea[];
  /** The version at which each aggregate was read that ever gave the period anything, by `<type>#<id>`. */
  readonly versions: ReadonlyMap<string, number>;
}

export const nameOf = ({ type, id }: { readonly type: string; readonly id: string }): string =>
  `${type}#${id}`;

/** Whether a person ever stood among the registered at the end of the period, or before. */
const everStood = (stream: Stream, last: string): boolean =>
  givenOf(stream, 'person').some(
    ({ figures: { registeredIn, spells } }) =>
      (registeredIn !== null && registeredIn <= last) || spells.some(({ from }) => from <= last),
  );

/** Collects what streams say of a period. @param period `yyyy-mm` or `yyyy` */
export const createFold = (period: string) => {
  const isYear = period.length === 4;
  const last = isYear ? `${period}-12` : period;
  const sheets: SheetFact[] = [];
  const partyMembers = new Set<string>();
  const held: HeldFact[] = [];
  const activities: ActivityFact[] = [];
  const statuses = new Map<string, Activity['status']>();
  const persons: PersonFact[] = [];
  const registeredOn = new Map<string, string>();
  const firstServed = new Map<string, string>();
  const erased = new Set<string>();
  const teams: TeamFact[] = [];
  const areas: FrozenArea[] = [];
  const versions = new Map<string, number>();
  const others = new Map<string, number>();

  const takeFirst = ({ id, entries }: SheetFact): void => {
    const date = dateOfSheet(id);
    for (const [volunteerId, entry] of entries) {
      const first = firstServed.get(volunteerId);
      if (isPresent(entry) && (first === undefined || date < first))
        firstServed.set(volunteerId, date);
    }
  };
  const takeSheet = (stream: Stream, fact: SheetFact): boolean => {
    const verified = heldFactOf(fact);
    if (verified) held.push(verified);
    if (isYear) takeFirst(fact);
    if (!dateOfSheet(fact.id).startsWith(period)) return false;
    sheets.push(fact);
    const members = new Map<string, boolean>();
    for (const { figures } of givenOf(stream, 'sheet'))
      for (const { volunteerId, tags } of figures.entries)
        members.set(volunteerId, tags.includes('party-member'));
    for (const [volunteerId, isMember] of members)
      if (isMember) partyMembers.add(`${fact.id}|${volunteerId}`);
    return true;
  };
  const takeActivity = ({ event }: Projected, fact: ActivityFact): boolean => {
    if (!fact.places.some((place) => place.startsWith(period))) return false;
    activities.push(fact);
    if ('activity' in event.data) statuses.set(fact.id, event.data.activity.status);
    return true;
  };
  const takePerson = (stream: Stream, fact: PersonFact): boolean => {
    const { data } = newestOf(stream).event;
    if ('volunteer' in data) {
      const { status, confirmedOn } = data.volunteer;
      if (status === 'erased') erased.add(fact.id);
      if (isYear && confirmedOn !== null) registeredOn.set(fact.id, confirmedOn);
    }
    persons.push(fact);
    others.set(fact.id, fact.version);
    return everStood(stream, last);
  };
  /** Whoever has an entry may have registered later. */
  const withEntered = (): ReadonlyMap<string, number> => {
    for (const { entries } of sheets)
      for (const [id] of entries) {
        const version = others.get(id);
        if (version !== undefined) versions.set(nameOf({ type: 'volunteer', id }), version);
      }
    return versions;
  };

  return {
    /** @returns whether the aggregate gives the period anything, or ever did */
    take: (stream: Stream): boolean => {
      const newest = newestOf(stream);
      const { aggregate, type, data } = newest.event;
      if (type === 'AreaDefined') areas.push({ id: data.area.id, parents: data.area.parents });
      const fact = factOf(stream);
      if (!fact) return false;
      const concerns =
        fact.of === 'sheet'
          ? takeSheet(stream, fact)
          : fact.of === 'activity'
            ? takeActivity(newest, fact)
            : fact.of === 'person'
              ? takePerson(stream, fact)
              : teams.push(fact) > 0;
      if (concerns) versions.set(nameOf(aggregate), aggregate.version);
      return concerns;
    },
    folded: (): Folded => ({
      ...{ sheets, partyMembers, held, activities, statuses, persons },
      ...{ registeredOn, firstServed, erased, teams },
      areas: areas.sort((a, b) => (a.id < b.id ? -1 : 1)),
      versions: withEntered(),
    }),
  };
};

/** After so many rows it is said how far the reading has come. */
const rowsToTell = 5000;

/**
 * Reads the whole Ledger, every stream once, in several parts at the same time.
 * @param tell gets the number of rows now and then
 */
export const scanLedger = async (
  take: (stream: Stream) => unknown,
  tell: (rows: number) => Promise<void>,
): Promise<void> => {
  let [read, told] = [0, 0];
  const scanPart = async (part: number): Promise<void> => {
    let from: ScanKey | undefined;
    do {
      const { streams, next, rows } = await scanStreams(part, from);
      for (const stream of streams) take(stream);
      read += rows;
      if (read - told >= rowsToTell) {
        told = read;
        await tell(read);
      }
      from = next;
    } while (from);
  };
  await allOf(Array.from({ length: parts }, (_, part) => scanPart(part)));
};
