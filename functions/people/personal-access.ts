import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Volunteer } from '../../events/volunteers.ts';
import { worksIn } from '../access/working-area.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';
import { ageGroupOf } from './age.ts';
import type { RecordKey } from './envelope.ts';
import { isOwnRecord, nobody, type Owned } from './own-record.ts';
import { type Leave, openPerson, personKey } from './people.ts';
import type { AccessReason, LoggedReason, LoggedWhat } from './personal-access-reasons.ts';
import { isMinor } from './registration.ts';

/** A reading of a person's data by somebody else. */
export interface AccessEntry {
  readonly at: string;
  readonly actorId: string;
  readonly role: string;
  readonly reason: LoggedReason;
  readonly what: LoggedWhat;
}

/** The district's approval for one reader to read the data of one minor. */
export interface Approval {
  readonly readerId: string;
  readonly approvedBy: string;
  /** The last local day on which it is valid. */
  readonly until: string;
}

export const accessPrefix = 'access#';
export const approvalKey = (volunteerId: string, readerId: string) => ({
  pk: personKey(volunteerId).pk,
  sk: `approval#${readerId}`,
});

const daySeconds = 86_400;

/** When an item kept for this many days from an instant expires, in epoch seconds. */
export const expiryOf = (at: number, days: number): number =>
  Math.floor(at / 1000) + days * daySeconds;

/** Whether the district approved this reader for this minor's data. */
export const isApproved = async (
  volunteerId: string,
  actor: Actor,
  today: string,
): Promise<boolean> => {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: peopleTable(),
      Key: approvalKey(volunteerId, actor.id),
      ConsistentRead: true,
    }),
  );
  return Item !== undefined && (Item as unknown as Approval).until >= today;
};

interface Reading extends Pick<AccessEntry, 'role' | 'reason' | 'what'> {
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The entry's own id, when a repeated request must not make another entry. */
  readonly entryId?: string;
}

/** Records who reads a sealed record, before it is read. */
export const logReading = async (
  { pk }: RecordKey,
  { actor, at, role, reason, what, entryId = randomUUID() }: Reading,
): Promise<void> => {
  const entry: AccessEntry = {
    at: new Date(at).toISOString(),
    actorId: actor.id,
    role,
    reason,
    what,
  };
  await dynamodb.send(
    new PutCommand({
      TableName: peopleTable(),
      Item: {
        pk,
        // The id is our own: a caller who names the correlation id must not overwrite another reading.
        sk: `${accessPrefix}${entry.at}#${entryId}`,
        ...entry,
        expiresAt: expiryOf(at, settings().retention.accessLogDays),
      },
    }),
  );
};

/** Leave without an entry in the log: for the person, and for followers, who tell nobody what they read. */
export const leaveWithoutLog = (volunteerId: string): Leave => ({ volunteerId }) as Leave;

/** Leave for staff, once their reading is in the log. */
export const loggedLeave = async (volunteerId: string, reading: Reading): Promise<Leave> => {
  await logReading(personKey(volunteerId), reading);
  return leaveWithoutLog(volunteerId);
};

/**
 * Whether the person has come of age since. The recorded age group may be up to a month behind. This
 * tells the reader of the age, so it is logged.
 */
const isAdult = async (volunteerId: string, reading: Reading): Promise<boolean> => {
  const leave = await loggedLeave(volunteerId, { ...reading, what: 'age' });
  const birthDate = (await openPerson(leave))?.fields.birthDate;
  const today = localDateOf(reading.at, settings().timezone);
  return typeof birthDate === 'string' && ageGroupOf(birthDate, today, settings().ages) === 'adult';
};

/**
 * Leave for staff at a volunteer's record. They open a minor's only with an approval for that minor
 * (DOMAIN.md §3.10, §3.11). The rule ends on the day the person comes of age.
 * @throws Rejection `approval-required`; Problem `record-unreadable`
 */
export const leaveForStaff = async (
  volunteerId: string,
  volunteer: Pick<Volunteer, 'ageGroup'>,
  reading: Reading,
): Promise<Leave> => {
  const today = localDateOf(reading.at, settings().timezone);
  const isFree = !isMinor(volunteer) || (await isApproved(volunteerId, reading.actor, today));
  if (!isFree && !(await isAdult(volunteerId, reading))) throw new Rejection('approval-required');
  return loggedLeave(volunteerId, reading);
};

export interface PersonalReading {
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly volunteerId: string;
  /** Undefined when there is no such volunteer. */
  readonly volunteer: (Pick<Volunteer, 'areaId' | 'ageGroup'> & Owned) | undefined;
  /** Set when there is nothing left to read. */
  readonly isGone?: boolean;
  readonly reason: AccessReason | undefined;
  readonly what: AccessEntry['what'];
  /** The staff roles that may read; organisers only where they work. */
  readonly staff: readonly ('district-admin' | 'organiser')[];
}

export interface Opened {
  readonly reader: 'own' | 'district-admin' | 'organiser';
  readonly leave: Leave;
}

/**
 * Allows the person, or staff with a reason, to read personal data, and logs a reading by staff
 * before anything is read. A person of unknown age is treated as an adult; a minor's data need an
 * approval for this reader.
 *
 * @returns who reads, the person (`own`) or the role in which staff read, and the leave to do so
 * @throws Rejection `forbidden`; for actors who may read also `not-found`, `reason-required`,
 * `approval-required`
 */
export const openPersonalData = async ({
  actor,
  at,
  volunteerId,
  volunteer,
  isGone = false,
  reason,
  what,
  staff,
}: PersonalReading): Promise<Opened> => {
  const { areaId, ...owned } = volunteer ?? nobody;
  const isOwn = await isOwnRecord(actor, volunteerId, owned);
  const role = roleAmong(actor, ...staff) as 'district-admin' | 'organiser' | undefined;
  if (!isOwn && (!role || (role === 'organiser' && !(await worksIn(actor, areaId)))))
    throw new Rejection('forbidden');
  if (!volunteer || isGone)
    throw new Rejection('not-found', { what: 'volunteer', id: volunteerId });
  if (isOwn || !role) return { reader: 'own', leave: leaveWithoutLog(volunteerId) };
  if (!reason) throw new Rejection('reason-required');
  const reading = { actor, at, role, reason, what };
  return { reader: role, leave: await leaveForStaff(volunteerId, volunteer, reading) };
};
