import { worksIn } from '../access/working-area.ts';
import type { Request } from '../http/request.ts';
import { serve } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { dashboards } from './contract.ts';
import { listLines } from './list-lines.ts';
import { mayExplain } from './policy.ts';
import { listPseudonymousLines } from './pseudonyms.ts';
import { readDashboard } from './read-dashboard.ts';

const dashboard = async (period: string, query: Request<typeof dashboards.readMonth>['query']) => ({
  body: await readDashboard({ period, areaId: query.area ?? null, theme: query.theme ?? null }),
});

const lines = async (
  period: string,
  { actor, query }: Pick<Request<typeof dashboards.listMonthLines>, 'actor' | 'query'>,
) => {
  const { area } = query;
  const inArea =
    area !== undefined && actor.roles.includes('organiser') && (await worksIn(actor, area));
  const shown = mayExplain(actor, { inArea });
  if (!shown) throw new Rejection('forbidden');
  const list = shown === 'pseudonymous' ? listPseudonymousLines : listLines;
  return { body: await list({ period, ...query }) };
};

export const handler = serve(dashboards, {
  readMonth: ({ params, query }) => dashboard(params.month, query),
  readYear: ({ params, query }) => dashboard(params.year, query),
  listMonthLines: (request) => lines(request.params.month, request),
  listYearLines: (request) => lines(request.params.year, request),
});
