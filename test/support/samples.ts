import type { Activity } from '../../events/activities.ts';
import type { Campaign } from '../../events/campaigns.ts';
import { catalogue, type DomainEvent, type EventType, type Fact } from '../../events/catalogue.ts';
import type { Hours } from '../../events/participation.ts';
import type { Volunteer } from '../../events/volunteers.ts';

/** States for the start of a test: the catalogue's examples. */
export const campaign: Campaign = catalogue.CampaignOpened.example.campaign;
export const activity: Activity = catalogue.ActivityPublished.example.activity;
export const volunteer: Volunteer = catalogue.VolunteerRegistered.example.volunteer;
export const hours: Hours = catalogue.HoursLogged.example.hours;

/** The nth id of a kind, such as `0198c0de-0000-7000-8000-00000a000003`. */
export const idOf = (sort: 'a' | 'b' | 'c' | 'd', n: number): string =>
  `0198c0de-0000-7000-8000-0000000${sort}${n.toString(16).padStart(4, '0')}`;

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
