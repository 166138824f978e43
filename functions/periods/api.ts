import { serve } from '../http/serve.ts';
import { closeMonth, closeYear } from './close-period.ts';
import { periods } from './contract.ts';
import { listMonthLeaves, listYearLeaves } from './list-leaves.ts';
import { listMonthRestatements } from './list-restatements.ts';
import { prepareMonth } from './prepare-month.ts';
import { readClosedMonth, readClosedYear } from './read-period.ts';

export const handler = serve(periods, {
  readClosedMonth,
  readClosedYear,
  prepareMonth,
  closeMonth,
  closeYear,
  listMonthRestatements,
  listMonthLeaves,
  listYearLeaves,
});
