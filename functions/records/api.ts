import { serve } from '../http/serve.ts';
import { tokensRecordOf } from '../people/own-record.ts';
import { openSession } from '../session/session.ts';
import { records } from './contract.ts';
import { exportVolunteer } from './export-volunteer.ts';
import { listProofs } from './list-proofs.ts';
import { renderRecord } from './page.ts';
import { readRecord } from './read-record.ts';
import { recordCommendation, recordEvaluation, recordTraining } from './record-entry.ts';
import { voidCommendation, voidEvaluation, voidTraining } from './void-entry.ts';

export const handler = serve(
  records,
  {
    recordTraining,
    recordCommendation,
    recordEvaluation,
    voidTraining,
    voidCommendation,
    voidEvaluation,
    readRecord,
    listProofs,
    exportVolunteer,
    recordPage: readRecord,
    ownRecordPage: async (request) => {
      const params = { id: await tokensRecordOf(request.actor) };
      return readRecord({ ...request, params });
    },
  },
  {
    readRecord: { 'text/html': renderRecord },
    ownRecordPage: { 'text/html': renderRecord },
    recordPage: { 'text/html': renderRecord },
  },
  openSession,
);
