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
import { personKey, readSealed } from './people.ts';
import type { AccessReason } from './personal-access-reasons.ts';
import { isMinor } from './registration.ts';

/** A reading of personal data by somebody else than the person. */
export interface AccessEntry {
  readonly at: string;
  readonly actorId: string;
  readonly role: string;
  readonly reason: AccessReason;
  /** What was read. */
  readonly what: 'person' | 'record' | 'export' | 'contact';
}

/** Leave, given by the district, to read the data of one person who is not of age. */
export interface Approval {
  readonly readerId: string;
  readonly approvedBy: string;
  /** The last local day it holds. */
  readonly until: string;
}

export const accessPrefix = 'access#';
export const approvalKey = (volunteerId: string, readerId: string) => ({
  pk: personKey(volunteerId).pk,
  sk: `approval#${readerId}`,
});

const daySeconds = 86_400;

/** When an item that is kept so many days from an instant may go, in epoch seconds. */
export const expiryOf = (at: number, days: number): number =>
  Math.floor(at / 1000) + days * daySeconds;

const isApproved = async (volunteerId: string, actor: Actor, today: string): Promise<boolean> => {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: peopleTable(),
      Key: approvalKey(volunteerId, actor.id),
      ConsistentRead: true,
    }),
  );
  return Item !== undefined && (Item as unknown as Approval).until >= today;
};

/** Whether somebody has come of age since the record was told: it lags behind by up to a month. */
const isAdult = async (volunteerId: string, today: string): Promise<boolean> => {
  const birthDate = (await readSealed(personKey(volunteerId)))?.fields.birthDate;
  return typeof birthDate === 'string' && ageGroupOf(birthDate, today, settings().ages) === 'adult';
};

/**
 * Lets staff at a minor's data only with an approval for this very one of them (DOMAIN.md §3.10,
 * §3.11), until the day the person comes of age.
 * @param at epoch milliseconds
 * @throws Rejection `approval-required`; Problem `record-unreadable`
 */
export const checkApproval = async (
  { actor, at }: { readonly actor: Actor; readonly at: number },
  volunteerId: string,
  volunteer: Pick<Volunteer, 'ageGroup'>,
): Promise<void> => {
  if (!isMinor(volunteer)) return;
  const today = localDateOf(at, settings().timezone);
  if (await isApproved(volunteerId, actor, today)) return;
  if (!(await isAdult(volunteerId, today))) throw new Rejection('approval-required');
};

interface Reading extends Pick<AccessEntry, 'role' | 'reason' | 'what'> {
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly correlationId: string;
}

/** Writes down who reads a sealed record, before it is read. */
export const logReading = async (
  { pk }: RecordKey,
  { actor, at, correlationId, ...read }: Reading,
): Promise<void> => {
  const entry: AccessEntry = { at: new Date(at).toISOString(), actorId: actor.id, ...read };
  await dynamodb.send(
    new PutCommand({
      TableName: peopleTable(),
      Item: {
        pk,
        sk: `${accessPrefix}${entry.at}#${correlationId}`,
        ...entry,
        expiresAt: expiryOf(at, settings().retention.accessLogDays),
      },
    }),
  );
};

export interface PersonalReading {
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly correlationId: string;
  readonly volunteerId: string;
  /** Undefined when there is none. */
  readonly volunteer: (Pick<Volunteer, 'areaId' | 'ageGroup'> & Owned) | undefined;
  /** There is nothing to read any more. */
  readonly isGone?: boolean;
  readonly reason: AccessReason | undefined;
  readonly what: AccessEntry['what'];
  /** Staff roles that may; organisers only where they work. */
  readonly staff: readonly ('district-admin' | 'organiser')[];
}

/**
 * Lets the person, or staff with a reason, read personal data, and writes down that staff did
 * before anything is read. Whose age is not known is taken for an adult; a minor's data need an
 * approval for this very reader.
 *
 * @returns who reads: the person (`own`), or the role that staff read in
 * @throws Rejection `forbidden`; to whoever has a role that may `not-found`, `reason-required`,
 *   `approval-required`
 */
export const openPersonalData = async ({
  actor,
  at,
  correlationId,
  volunteerId,
  volunteer,
  isGone = false,
  reason,
  what,
  staff,
}: PersonalReading): Promise<'own' | 'district-admin' | 'organiser'> => {
  const { areaId, ...owned } = volunteer ?? nobody;
  const isOwn = await isOwnRecord(actor, volunteerId, owned);
  const role = roleAmong(actor, ...staff) as 'district-admin' | 'organiser' | undefined;
  if (!isOwn && (!role || (role === 'organiser' && !(await worksIn(actor, areaId)))))
    throw new Rejection('forbidden');
  if (!volunteer || isGone)
    throw new Rejection('not-found', { what: 'volunteer', id: volunteerId });
  if (isOwn || !role) return 'own';
  if (!reason) throw new Rejection('reason-required');
  await checkApproval({ actor, at }, volunteerId, volunteer);
  await logReading(personKey(volunteerId), { actor, at, correlationId, role, reason, what });
  return role;
};
