import type { DomainEvent } from '../../events/catalogue.ts';
import { type Entry, entriesOf } from '../../events/participation.ts';
import { idIn } from '../runtime/ids.ts';
import { type NoticeKind, ofHours, ofRecognition, ofRecord } from './notice-kinds.ts';

/** A notice: whom it is for, by opaque id, what happened, and to which entry. It contains no name. */
export interface Notice {
  /** Derived from the event and the person, so a repeated event gives the same notice. */
  readonly id: string;
  /** When the event was recorded, RFC 3339. */
  readonly at: string;
  readonly kind: NoticeKind;
  readonly volunteerId: string;
  /** The person's entry on a sheet with its current figures; null for a notice about the record. */
  readonly hours: {
    readonly sheetId: string;
    readonly activityId: string;
    readonly serviceDate: string;
    readonly creditedMinutes: number;
    /** What staff gave as the reason, which may be the answer to an objection; null when they gave none. */
    readonly reason: string | null;
  } | null;
}

/** An entry that its first verifier verified, and that waits for the second one, is not credited yet. */
const isTold = (type: keyof typeof ofHours, { status }: Entry): boolean =>
  type !== 'HoursVerified' || status === 'verified';

const kindOf = (event: DomainEvent): NoticeKind | undefined => {
  if (event.type === 'VolunteerRegistered')
    return event.data.volunteer.status === 'pending' ? 'awaiting-confirmation' : 'registered';
  if (event.type === 'DuplicateMerged') {
    const { volunteer, fromId } = event.data;
    const merged = volunteer.mergedFrom.find(({ id }) => id === fromId);
    return merged?.awaiting === null ? 'merge-accepted' : 'merge-to-accept';
  }
  return { ...ofHours, ...ofRecord, ...ofRecognition }[event.type as keyof typeof ofHours];
};

/** The person whom an event of anything but a sheet is about. */
const personIn = ({ data, aggregate }: DomainEvent): string => {
  if ('certificate' in data) return data.certificate.volunteerId;
  return 'star' in data ? data.star.volunteerId : aggregate.id;
};

/** The notices for an event: for each entry of a sheet that it changes, or for one person; often none. */
export const noticesOf = (event: DomainEvent): readonly Notice[] => {
  const kind = kindOf(event);
  if (!kind) return [];
  const { id, recordedAt: at, aggregate } = event;
  if (!('sums' in event.data)) return [{ id, at, kind, volunteerId: personIn(event), hours: null }];
  const { activityId, serviceDate } = event.data.place;
  const reason = 'reason' in event.data ? event.data.reason : null;
  return entriesOf(event.data)
    .filter((entry) => isTold(event.type as keyof typeof ofHours, entry))
    .map(({ volunteerId, creditedMinutes }) => ({
      id: idIn(event.district, 'notice', id, volunteerId),
      at,
      kind,
      volunteerId,
      hours: { sheetId: aggregate.id, activityId, serviceDate, creditedMinutes, reason },
    }));
};
