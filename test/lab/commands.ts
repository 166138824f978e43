import { cancelActivity } from '../../functions/activities/cancel-activity.ts';
import { completeActivity } from '../../functions/activities/complete-activity.ts';
import { correctActivity } from '../../functions/activities/correct-activity.ts';
import { publishActivity } from '../../functions/activities/publish-activity.ts';
import { rejectActivity } from '../../functions/activities/reject-activity.ts';
import { reviseActivity } from '../../functions/activities/revise-activity.ts';
import { verifyActivity } from '../../functions/activities/verify-activity.ts';
import { importVolunteers } from '../../functions/imports/import-volunteers.ts';
import { correctHours } from '../../functions/participation/correct-hours.ts';
import { enterHours } from '../../functions/participation/enter-hours.ts';
import { objectHours } from '../../functions/participation/object-hours.ts';
import { rejectHours, verifyHours } from '../../functions/participation/verify-hours.ts';
import { voidHours } from '../../functions/participation/void-hours.ts';
import { confirmationCode } from '../../functions/people/register-person.ts';
import { closeMonth, closeYear } from '../../functions/periods/close-period.ts';
import { joinTeam, leaveTeam } from '../../functions/teams/change-membership.ts';
import { dissolveTeam, reviseTeam } from '../../functions/teams/change-team.ts';
import { formTeam } from '../../functions/teams/form-team.ts';
import { acceptMerge } from '../../functions/volunteers/accept-merge.ts';
import { confirmVolunteer } from '../../functions/volunteers/confirm-volunteer.ts';
import { correctPerson } from '../../functions/volunteers/correct-person.ts';
import {
  deactivateVolunteer,
  reactivateVolunteer,
} from '../../functions/volunteers/deactivate-volunteer.ts';
import { eraseVolunteer } from '../../functions/volunteers/erase-volunteer.ts';
import { giveConsent, withdrawConsent } from '../../functions/volunteers/give-consent.ts';
import { mergeVolunteer } from '../../functions/volunteers/merge-volunteer.ts';
import { registerVolunteer } from '../../functions/volunteers/register-volunteer.ts';
import { unmergeVolunteer } from '../../functions/volunteers/unmerge-volunteer.ts';
import { actor } from '../support/actors.ts';
import { areas, verifying } from './histories.ts';
import { csvOf, handInList } from './lists.ts';

/** The use cases that are played. `run-lab.ts` checks that each is accepted at least once. */
export const useCases = {
  publishActivity,
  reviseActivity,
  cancelActivity,
  completeActivity,
  verifyActivity,
  rejectActivity,
  correctActivity,
  registerVolunteer,
  enterHours,
  verifyHours,
  rejectHours,
  correctHours,
  voidHours,
  objectHours,
  formTeam,
  reviseTeam,
  dissolveTeam,
  joinTeam,
  leaveTeam,
  confirmVolunteer,
  deactivateVolunteer,
  reactivateVolunteer,
  eraseVolunteer,
  mergeVolunteer,
  unmergeVolunteer,
  acceptMerge,
  giveConsent,
  withdrawConsent,
  correctPerson,
  importVolunteers,
  handInList,
  closeMonth,
  closeYear,
};

/** A request as data, so that it can be printed, repeated and left out. */
export interface LabCommand {
  readonly name: keyof typeof useCases;
  /** The Idempotency-Key. */
  readonly key: string;
  readonly id?: string;
  /** Path parameters other than the id. */
  readonly params?: Readonly<Record<string, string>>;
  readonly body: object;
  /** If a volunteer sends the request, the id that their token leads to. */
  readonly volunteerId?: string | undefined;
  readonly at: number;
  /** Whether it is sent again after it was answered. */
  readonly again: boolean;
  /** Steps of waiting before it is sent. */
  readonly pause: number;
}

const admin = actor('admin', null, 'district-admin');
const verifier = actor('verifier', verifying, 'verifier');

/** What the contract of a command on a sheet adds to its body. */
const onSheets = { atomic: true };

/** The body to send: a list becomes a file, and the confirmation code is made from the record's id. */
const bodyOf = async ({ name, id = '', body }: LabCommand): Promise<unknown> => {
  if (name === 'importVolunteers')
    return csvOf((body as { rows: Parameters<typeof csvOf>[0] }).rows);
  if (name === 'confirmVolunteer') return { ...body, code: await confirmationCode(id) };
  return name.endsWith('Hours') ? { ...onSheets, ...body } : body;
};

/** Calls the command's use case. Resolves and rejects as the use case does. */
export const run = async (command: LabCommand): Promise<unknown> => {
  const { name, key, id, params, volunteerId, at } = command;
  return (useCases[name] as (request: object) => Promise<unknown>)({
    params: { id, ...params },
    query: name === 'importVolunteers' ? { consentVersion: '2025-03', areaId: areas[0] } : {},
    body: await bodyOf(command),
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
};
