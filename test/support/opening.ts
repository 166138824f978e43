import { handler as activities } from '../../functions/activities/api.ts';
import { handler as campaigns } from '../../functions/campaigns/api.ts';
import { handler as dashboards } from '../../functions/dashboards/api.ts';
import { handler as organisations } from '../../functions/organisations/api.ts';
import { handler as periods } from '../../functions/periods/api.ts';
import { handler as records } from '../../functions/records/api.ts';
import { apis } from '../../functions/reference/contracts.ts';
import { handler as reports } from '../../functions/reports/api.ts';
import { handler as start } from '../../functions/start/api.ts';
import type { Browsing } from './browsing.ts';

const handlers: Readonly<Record<string, unknown>> = {
  activities,
  campaigns,
  dashboards,
  organisations,
  periods,
  records,
  reports,
  start,
};

/** Every GET of the slices with pages, with the form of its paths; those without parameters first. */
const routes = apis
  .flatMap(({ name, contract }) =>
    handlers[name]
      ? Object.values(contract).map(({ key }) => ({ key, handler: handlers[name] }))
      : [],
  )
  .filter(({ key }) => key.startsWith('GET '))
  .sort((one, other) => Number(one.key.includes('{')) - Number(other.key.includes('{')))
  .map(({ key, handler }) => ({
    ...{ key, handler },
    path: new RegExp(`^${key.slice(4).replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  }));

/** Opens a path of the site, as the gateway leads it to a function. */
export const openPath = (browsing: Browsing, path: string) => {
  const { pathname, searchParams } = new URL(path, 'https://leifeng.example');
  const found = routes.find((each) => each.path.test(pathname));
  if (!found) throw new Error(`no route leads to ${path}`);
  return browsing.ask(found.handler, {
    route: found.key,
    params: { ...found.path.exec(pathname)?.groups },
    query: Object.fromEntries(searchParams),
  });
};
