import type { Activity } from '../../events/activities.ts';
import type { Campaign } from '../../events/campaigns.ts';
import { catalogue, type DomainEvent, type EventType, type Fact } from '../../events/catalogue.ts';
import { type Entry, entriesOf, inCommon, type Place } from '../../events/participation.ts';
import { noSums, type Sums } from '../../events/sheet-sums.ts';
import type { Volunteer } from '../../events/volunteers.ts';

/** States for the start of a test: the catalogue's examples. */
export const campaign: Campaign = catalogue.CampaignOpened.example.campaign;
export const activity: Activity = catalogue.ActivityPublished.example.activity;
export const volunteer: Volunteer = catalogue.VolunteerRegistered.example.volunteer;
export const place: Place = catalogue.HoursLogged.example.place;
/** A line of a sheet that waits: 180 of 190 minutes, of a Party member. */
export const entry: Entry = entriesOf(catalogue.HoursLogged.example)[0] as Entry;

/** The nth id of a kind, such as `0198c0de-0000-7000-8000-00000a000003`. */
export const idOf = (sort: 'a' | 'b' | 'c' | 'd', n: number): string =>
  `0198c0de-0000-7000-8000-0000000${sort}${n.toString(16).padStart(4, '0')}`;

/** The sums of a sheet with these lines, added up by hand. */
const sumsOf = (lines: readonly Entry[]): Sums => {
  const of = (status: Entry['status'], onDuty: boolean) =>
    lines.filter((each) => each.status === status && each.onDuty === onDuty);
  const minutes = (some: readonly Entry[]) =>
    some.reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0);
  const [waiting, counted] = [of('pending', false), of('verified', false)];
  return {
    ...noSums,
    waiting: waiting.length + of('pending', true).length,
    pendingMinutes: minutes(waiting),
    participations: counted.length,
    creditedMinutes: minutes(counted),
    partyMemberParticipations: counted.filter(({ tags }) => tags.includes('party-member')).length,
    onDutyParticipations: of('verified', true).length,
    objected: lines.filter(({ objection }) => objection !== null).length,
    late: counted.filter(({ flags }) => flags.includes('late')).length,
    scan: counted.filter(({ origin }) => origin === 'scan').length,
    selfDeclared: counted.filter(({ origin }) => origin === 'self-declared').length,
    backEntry: counted.filter(({ origin }) => origin === 'back-entry').length,
    imported: counted.filter(({ origin }) => origin === 'import').length,
  };
};

/** The id of a sheet. */
export const sheetIdOf = ({ activityId, serviceDate }: Place, number = 1): string =>
  `${activityId}~${serviceDate}~${number}`;

type SheetEvent = 'HoursLogged' | 'HoursVerified' | 'HoursRejected' | 'HoursVoided';

/**
 * What happened to some lines of a sheet.
 * @param all every line that is on the sheet after it; by default those that changed
 */
export const sheetFact = (
  type: SheetEvent,
  changed: readonly Entry[],
  { at = place, all = changed }: { readonly at?: Place; readonly all?: readonly Entry[] } = {},
): Fact => {
  const data = { place: at, dayRules: 1, ...inCommon(changed), sums: sumsOf(all) };
  if (type === 'HoursVerified') return { type, data: { ...data, reason: null } };
  return type === 'HoursRejected' || type === 'HoursVoided'
    ? { type, data: { ...data, reason: '不符' } }
    : { type, data };
};

interface At {
  readonly id: string;
  readonly version?: number;
  /** Epoch milliseconds. */
  readonly at?: number;
}

/** A fact in the envelope that the Ledger would give it. */
export const eventOf = <T extends EventType>(
  fact: Fact<T>,
  { id, version = 1, at = Date.UTC(2025, 9, 18, 6) }: At,
): DomainEvent<T> => {
  const { aggregate, schemaVersion } = catalogue[fact.type];
  const recordedAt = new Date(at).toISOString();
  return {
    id: '0198c0de-0000-7000-8000-000000000001',
    type: fact.type,
    schemaVersion,
    aggregate: { type: aggregate, id, version },
    district: 'test',
    occurredAt: recordedAt,
    recordedAt,
    actor: { role: 'organiser', id: 'organiser-1' },
    correlationId: 'test',
    causationId: null,
    data: fact.data,
  } as DomainEvent<T>;
};
