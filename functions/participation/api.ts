import { serve } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { participation } from './contract.ts';
import { correctHours } from './correct-hours.ts';
import { listHours } from './list-hours.ts';
import { logHours, logHoursBatch } from './log-hours.ts';
import { noEntry } from './no-entry.ts';
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
    const found = await aggregate('hours').find(id);
    const place = found?.state ?? noEntry;
    const show = await checkReading(request, {
      volunteerId: place.volunteerId,
      place,
      isOne: true,
    });
    if (!found) throw new Rejection('not-found', { what: 'hours', id });
    const { state, version } = found;
    return { body: { id, ...(await show(state)), version }, version };
  },
});
