// A year in short, by the types of openapi-typescript and the client openapi-fetch.
import createClient from 'openapi-fetch';
import type {
  Activity,
  Campaign,
  Dashboard,
  PlanCampaignRequest,
  Problem,
  PublishActivityRequest,
  paths,
  Sheet,
  SheetChange,
  Volunteer,
} from './generated/schema.ts';
import type { Given, Program } from './program.ts';

const clientOf = ({ url }: Pick<Given, 'url'>, token?: string) =>
  createClient<paths>({
    baseUrl: url,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });

const header = (key: string) => ({ 'Idempotency-Key': `openapi-fetch-${key}` });

/** The data of an answer. */
const done = <Data>({ data, error }: { data?: Data; error?: unknown }): Data => {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
};

export const play: Program['play'] = async (given) => {
  const { year, day, organisationId, tokens } = given;
  const admin = clientOf(given, tokens.admin);
  const organiser = clientOf(given, tokens.organiser);
  const plan: PlanCampaignRequest = { year, plan: 'learn-from-lei-feng' };
  const campaign: Campaign = done(
    await admin.POST('/campaigns', { body: plan, params: { header: header('plan') } }),
  );
  await admin.POST('/campaigns/{year}/open', {
    params: { path: { year: String(year) }, header: header('open') },
  });
  const published: PublishActivityRequest = {
    title: '新华社区义诊',
    content: '测血压、测血糖',
    theme: campaign.themes.find(({ months }) => months.includes(10))?.key ?? '',
    areaId: 'hongqi-01',
    organisationId,
    startsOn: day,
    endsOn: day,
    risk: { level: 'ordinary', notice: '站立时间较长' },
  };
  const activity: Activity = done(
    await organiser.POST('/activities', {
      body: published,
      params: { header: header('activity') },
    }),
  );
  const volunteer: Volunteer = done(
    await clientOf(given, tokens.volunteer).POST('/volunteers', {
      body: { areaId: 'hongqi-01', consentVersion: '1' },
      params: { header: header('volunteer') },
    }),
  );
  const entered: SheetChange = done(
    await organiser.POST('/activities/{id}/sheets/{date}/entries', {
      params: { path: { id: activity.id, date: day }, header: header('roll') },
      body: {
        entries: [{ volunteerId: volunteer.id, attendedMinutes: 90, origin: 'leader-roll' }],
      },
    }),
  );
  const params = { path: { id: entered.id } };
  const own = await organiser.POST('/sheets/{id}/verify', {
    params: { ...params, header: header('own') },
    body: { entries: [volunteer.id] },
  });
  const refusal: Problem | undefined = own.error && 'type' in own.error ? own.error : undefined;
  const verifier = clientOf(given, tokens.verifier);
  done(
    await verifier.POST('/sheets/{id}/verify', {
      params: { ...params, header: header('verify') },
      body: { entries: 'all' },
    }),
  );
  const sheet: Sheet = done(await verifier.GET('/sheets/{id}', { params }));
  return { refused: refusal?.type, statuses: sheet.entries.map(({ status }) => status) };
};

export const minutesIn: Program['minutesIn'] = async (given, month) => {
  // Dashboards are pages and tables too; this asks for the JSON.
  const client = createClient<paths, 'application/json'>({ baseUrl: given.url });
  const dashboard: Dashboard = done(
    await client.GET('/dashboards/{month}', {
      params: { path: { month }, query: { areaId: 'hongqi-01' } },
    }),
  );
  return dashboard.metrics.creditedMinutes?.value ?? null;
};
