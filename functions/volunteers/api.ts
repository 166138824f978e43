import { serve } from '../http/serve.ts';
import { acceptMerge } from './accept-merge.ts';
import { approveAccess, readAccessLog } from './access-log.ts';
import { addCredential, revokeCredential } from './add-credential.ts';
import { confirmVolunteer } from './confirm-volunteer.ts';
import { volunteers } from './contract.ts';
import { correctPerson } from './correct-person.ts';
import { deactivateVolunteer, reactivateVolunteer } from './deactivate-volunteer.ts';
import { eraseVolunteer } from './erase-volunteer.ts';
import { giveConsent, withdrawConsent } from './give-consent.ts';
import { listVolunteers } from './list-volunteers.ts';
import { lookUpVolunteers } from './look-up-volunteers.ts';
import { mergeVolunteer } from './merge-volunteer.ts';
import { readPerson } from './read-person.ts';
import { listPossibleDuplicates, readVolunteer } from './read-volunteer.ts';
import { registerVolunteer } from './register-volunteer.ts';
import { reviseVolunteer } from './revise-volunteer.ts';
import { unmergeVolunteer } from './unmerge-volunteer.ts';

export const handler = serve(volunteers, {
  registerVolunteer,
  listVolunteers,
  lookUpVolunteers,
  listPossibleDuplicates,
  readVolunteer,
  readPerson,
  reviseVolunteer,
  correctPerson,
  confirmVolunteer,
  giveConsent,
  withdrawConsent,
  addCredential,
  revokeCredential,
  deactivateVolunteer,
  reactivateVolunteer,
  mergeVolunteer,
  unmergeVolunteer,
  acceptMerge,
  eraseVolunteer,
  readAccessLog,
  approveAccess,
});
