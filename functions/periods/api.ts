import { nowhere } from '../html/page.ts';
import { serve } from '../http/serve.ts';
import { openSession } from '../session/session.ts';
import { renderClose } from './close-page.ts';
import { closeEmptyMonths, closeMonthPage, closeYearPage } from './close-pages.ts';
import { closeMonth, closeYear } from './close-period.ts';
import { periods } from './contract.ts';
import { listMonthLeaves, listYearLeaves } from './list-leaves.ts';
import { openPage } from './list-open.ts';
import { listMonthRestatements } from './list-restatements.ts';
import { renderOpen } from './open-page.ts';
import { monthClosePage, prepareMonth } from './prepare-month.ts';
import { yearClosePage } from './prepare-year.ts';
import { readClosedMonth, readClosedYear } from './read-period.ts';
import { renderYearClose } from './year-close-page.ts';

export const handler = serve(
  periods,
  {
    readClosedMonth,
    readClosedYear,
    prepareMonth,
    closeMonth,
    closeYear,
    listMonthRestatements,
    listMonthLeaves,
    listYearLeaves,
    monthClosePage,
    openPage,
    closeMonthPage,
    yearClosePage,
    closeYearPage,
    closeEmptyMonths,
  },
  {
    monthClosePage: { 'text/html': renderClose },
    openPage: { 'text/html': renderOpen },
    closeMonthPage: { 'text/html': nowhere },
    yearClosePage: { 'text/html': renderYearClose },
    closeYearPage: { 'text/html': nowhere },
    closeEmptyMonths: { 'text/html': nowhere },
  },
  openSession,
);
