import { serve } from '../http/serve.ts';
import { participation } from './contract.ts';
import { correctHours } from './correct-hours.ts';
import { enterHours } from './enter-hours.ts';
import { listHours } from './list-hours.ts';
import { objectHours } from './object-hours.ts';
import { listSheets, readSheet } from './read-sheet.ts';
import { rejectHours, verifyHours } from './verify-hours.ts';
import { voidHours } from './void-hours.ts';

export const handler = serve(participation, {
  enterHours,
  listSheets,
  readSheet,
  listHours,
  verifyHours,
  rejectHours,
  correctHours,
  voidHours,
  objectHours,
});
