import { worksIn } from '../access/working-area.ts';
import type { Request } from '../http/request.ts';
import { serve } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { openSession } from '../session/session.ts';
import type { Cell } from '../totals/add-up.ts';
import { dashboards } from './contract.ts';
import { renderCsv } from './csv.ts';
import { renderLines } from './lines-page.ts';
import { listLines } from './list-lines.ts';
import { renderDashboard } from './page.ts';
import { mayExplain } from './policy.ts';
import { listPseudonymousLines } from './pseudonyms.ts';
import { readDashboard } from './read-dashboard.ts';
import { readForStaff } from './read-for-staff.ts';

type Query = Request<typeof dashboards.readMonth>['query'];

const cellOf = (
  period: string,
  { areaId, within, theme }: Omit<Query, 'organisationId' | 'teamId'>,
): Cell => ({
  period,
  areaId: areaId ?? null,
  alone: areaId !== undefined && within === 'only',
  theme: theme ?? null,
});

const todayAt = (at: number): string => localDateOf(at, settings().timezone);

/** The gateway checks no token on a public route, so what is not public has a route of its own. */
const forAnybody = async (
  period: string,
  { at, query }: Pick<Request<typeof dashboards.readMonth>, 'at' | 'query'>,
  route: string,
) => {
  if (query.organisationId !== undefined || query.teamId !== undefined)
    throw new Problem('staff-only', { route });
  return { body: await readDashboard(cellOf(period, query), todayAt(at)) };
};

const forStaff = async (
  period: string,
  {
    actor,
    at,
    query,
  }: Pick<Request<typeof dashboards.readMonthForStaff>, 'actor' | 'at' | 'query'>,
) => {
  const unit = { organisationId: query.organisationId ?? null, teamId: query.teamId ?? null };
  return { body: await readForStaff(actor, cellOf(period, query), todayAt(at), unit) };
};

const lines = async (
  period: string,
  { actor, at, query }: Pick<Request<typeof dashboards.listMonthLines>, 'actor' | 'at' | 'query'>,
) => {
  const { areaId, metric, limit, cursor } = query;
  const inArea =
    areaId !== undefined && actor.roles.includes('organiser') && (await worksIn(actor, areaId));
  const shown = mayExplain(actor, { inArea });
  if (!shown) throw new Rejection('forbidden');
  const list = shown === 'pseudonymous' ? listPseudonymousLines : listLines;
  return {
    body: await list({ cell: cellOf(period, query), today: todayAt(at), metric, limit, cursor }),
  };
};

export const handler = serve(
  dashboards,
  {
    readMonth: (request) =>
      forAnybody(request.params.month, request, dashboards.readMonthForStaff.key),
    readYear: (request) =>
      forAnybody(request.params.year, request, dashboards.readYearForStaff.key),
    readMonthForStaff: (request) => forStaff(request.params.month, request),
    readYearForStaff: (request) => forStaff(request.params.year, request),
    listMonthLines: (request) => lines(request.params.month, request),
    listYearLines: (request) => lines(request.params.year, request),
    monthLinesPage: (request) => lines(request.params.month, request),
    yearLinesPage: (request) => lines(request.params.year, request),
  },
  {
    readMonth: { 'text/html': renderDashboard, 'text/csv': renderCsv },
    readYear: { 'text/html': renderDashboard, 'text/csv': renderCsv },
    monthLinesPage: { 'text/html': renderLines },
    yearLinesPage: { 'text/html': renderLines },
  },
  openSession,
);
