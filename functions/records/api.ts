import { serve } from '../shared/http.ts';
import { records } from './contract.ts';
import { recordCommendation, recordEvaluation, recordTraining } from './record-entry.ts';
import { voidCommendation, voidEvaluation, voidTraining } from './void-entry.ts';

export const handler = serve(records, {
  recordTraining,
  recordCommendation,
  recordEvaluation,
  voidTraining,
  voidCommendation,
  voidEvaluation,
});
