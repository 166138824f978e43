import { cancelActivity } from '../../functions/activities/cancel-activity.ts';
import { completeActivity } from '../../functions/activities/complete-activity.ts';
import { publishActivity } from '../../functions/activities/publish-activity.ts';
import { reviseActivity } from '../../functions/activities/revise-activity.ts';
import { verifyActivity } from '../../functions/activities/verify-activity.ts';
import { correctHours } from '../../functions/participation/correct-hours.ts';
import { logHours, logHoursBatch } from '../../functions/participation/log-hours.ts';
import { objectHours } from '../../functions/participation/object-hours.ts';
import { rejectHours, verifyHours } from '../../functions/participation/verify-hours.ts';
import { voidHours } from '../../functions/participation/void-hours.ts';
import { registerVolunteer } from '../../functions/volunteers/register-volunteer.ts';
import { actor } from '../support/actors.ts';

const useCases = {
  publishActivity,
  reviseActivity,
  cancelActivity,
  completeActivity,
  verifyActivity,
  registerVolunteer,
  logHours,
  logHoursBatch,
  verifyHours,
  rejectHours,
  correctHours,
  voidHours,
  objectHours,
};

/** A request somebody makes, as data: so that it can be printed, repeated and left out. */
export interface LabCommand {
  readonly name: keyof typeof useCases;
  /** Its Idempotency-Key. */
  readonly key: string;
  readonly id?: string;
  readonly body: object;
  /** The volunteer who asks, where it is one. */
  readonly volunteerId?: string;
  readonly at: number;
  /** Sent again although it was answered. */
  readonly again: boolean;
}

const admin = actor('admin', null, 'district-admin');
const verifier = actor('verifier', 'another-organisation', 'verifier');

/** Sends a command to its use case; resolves with the version it made, or rejects as that does. */
export const run = ({ name, key, id, body, volunteerId, at }: LabCommand): Promise<unknown> =>
  (useCases[name] as (request: object) => Promise<unknown>)({
    params: { id },
    query: {},
    body,
    actor: volunteerId
      ? { ...actor('person', null, 'volunteer'), volunteerId }
      : /^(verify|reject)/.test(name)
        ? verifier
        : admin,
    at,
    correlationId: 'lab',
    idempotency: { key, hash: key },
    ifMatch: undefined,
  });
