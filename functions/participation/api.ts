import { serve } from '../http/serve.ts';
import { get } from '../ledger/execute.ts';
import { participation } from './contract.ts';
import { correctHours } from './correct-hours.ts';
import { evolve } from './decider.ts';
import { listHours } from './list-hours.ts';
import { logHours, logHoursBatch } from './log-hours.ts';
import { objectHours } from './object-hours.ts';
import { checkReading } from './read-access.ts';
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
  readHours: async (request) => {
    const { id } = request.params;
    const { state, version } = await get({ type: 'hours', id }, evolve);
    await checkReading(request, { volunteerId: state.volunteerId, place: state });
    return { body: { id, ...state, version }, version };
  },
});
