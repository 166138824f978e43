import { Rejection } from '../shared/decision.ts';
import { get } from '../shared/execute.ts';
import { serve } from '../shared/http.ts';
import { participation } from './contract.ts';
import { correctHours } from './correct-hours.ts';
import { evolve } from './decider.ts';
import { listHours } from './list-hours.ts';
import { logHours, logHoursBatch } from './log-hours.ts';
import { objectHours } from './object-hours.ts';
import { mayRead } from './policy.ts';
import { rejectHours, verifyHours } from './verify-hours.ts';
import { voidHours } from './void-hours.ts';

export const handler = serve(participation, {
  logHours,
  logHoursBatch,
  listHours,
  verifyHours,
  rejectHours,
  correctHours,
  voidHours,
  objectHours,
  readHours: async ({ actor, params: { id } }) => {
    const { state, version } = await get({ type: 'hours', id }, evolve);
    if (!mayRead(actor, state.volunteerId)) throw new Rejection('forbidden');
    return { body: { id, ...state, version }, version };
  },
});
