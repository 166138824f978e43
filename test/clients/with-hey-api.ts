// A year in short, by the functions that @hey-api/openapi-ts makes.
import { createClient } from './generated/client';
import {
  enterHours,
  openCampaign,
  planCampaign,
  publishActivity,
  readMonth,
  readSheet,
  registerVolunteer,
  verifyHours,
} from './generated/sdk.gen';
import type {
  Activity,
  Campaign,
  Dashboard,
  PlanCampaignRequest,
  ProblemType,
  PublishActivityRequest,
  Sheet,
  SheetChange,
  Volunteer,
} from './generated/types.gen';
import type { Given, Program } from './program.ts';

const clientOf = ({ url }: Pick<Given, 'url'>, token = '') =>
  createClient({ baseUrl: url, auth: () => token });

const keyed = (key: string) => ({ 'Idempotency-Key': `hey-api-${key}` });

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
    await planCampaign({ client: admin, body: plan, headers: keyed('plan') }),
  );
  await openCampaign({ client: admin, path: { year: String(year) }, headers: keyed('open') });
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
    await publishActivity({ client: organiser, body: published, headers: keyed('activity') }),
  );
  const volunteer: Volunteer = done(
    await registerVolunteer({
      client: clientOf(given, tokens.volunteer),
      body: { areaId: 'hongqi-01', consentVersion: '1' },
      headers: keyed('volunteer'),
    }),
  );
  const entered: SheetChange = done(
    await enterHours({
      client: organiser,
      path: { id: activity.id, date: day },
      body: {
        entries: [{ volunteerId: volunteer.id, attendedMinutes: 90, origin: 'leader-roll' }],
      },
      headers: keyed('roll'),
    }),
  );
  const path = { id: entered.id };
  const own = await verifyHours({
    client: organiser,
    path,
    body: { entries: [volunteer.id] },
    headers: keyed('own'),
  });
  const refused: ProblemType | undefined =
    own.error && 'type' in own.error ? own.error.type : undefined;
  const client = clientOf(given, tokens.verifier);
  done(await verifyHours({ client, path, body: { entries: 'all' }, headers: keyed('verify') }));
  const sheet: Sheet = done(await readSheet({ client, path }));
  return { refused, statuses: sheet.entries.map(({ status }) => status) };
};

export const minutesIn: Program['minutesIn'] = async (given, month) => {
  const dashboard: Dashboard = done(
    await readMonth({ client: clientOf(given), path: { month }, query: { areaId: 'hongqi-01' } }),
  );
  return dashboard.metrics.creditedMinutes?.value ?? null;
};
