import { serve } from '../http/serve.ts';
import { records } from './contract.ts';
import { exportVolunteer } from './export-volunteer.ts';
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
    exportVolunteer,
  },
  { readRecord: { 'text/html': renderRecord } },
);
