import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { handler as activities } from '../../functions/activities/api.ts';
import { handler as calendars } from '../../functions/calendars/api.ts';
import { handler as campaigns } from '../../functions/campaigns/api.ts';
import { handler as complaints } from '../../functions/complaints/api.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';
import { handler as organisations } from '../../functions/organisations/api.ts';
import { handler as participation } from '../../functions/participation/api.ts';
import { handler as publicity } from '../../functions/publicity/api.ts';
import { handler as recognition } from '../../functions/recognition/api.ts';
import { handler as records } from '../../functions/records/api.ts';
import { handler as reports } from '../../functions/reports/api.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { handler as stars } from '../../functions/stars/api.ts';
import { handler as teams } from '../../functions/teams/api.ts';
import { handler as volunteers } from '../../functions/volunteers/api.ts';
import { type Answer, type Ask, ask } from './http-event.ts';

const handlers = {
  activities,
  calendars,
  campaigns,
  complaints,
  organisations,
  participation,
  publicity,
  recognition,
  records,
  reports,
  stars,
  teams,
  volunteers,
};

export const admin = { sub: 'admin', role: 'district-admin' };
export const organiserOf = (organisation: string, sub = 'organiser') => ({
  sub,
  role: 'organiser',
  organisation,
});
export const verifierOf = (organisation: string, sub = 'verifier') => ({
  sub,
  role: 'verifier',
  organisation,
});

/** Invokes the slice's function. A refusal throws an error that says what it was. */
export const must = async (slice: keyof typeof handlers, request: Ask): Promise<Answer> => {
  const answer = await ask(handlers[slice], request);
  if (answer.status > 299) throw new Error(`${request.route}: ${JSON.stringify(answer.body)}`);
  return answer;
};
export const may = (slice: keyof typeof handlers, request: Ask): Promise<Answer> =>
  ask(handlers[slice], request);

export const plan = {
  title: '义诊',
  content: '量血压',
  theme: 'FREE_CLINIC',
  areaId: 'hongqi',
  startsOn: '2025-10-17',
  endsOn: '2025-10-18',
  risk: { level: 'ordinary', notice: '站立时间较长' },
};

/** Defines an area, as the district does. */
export const defineArea = (id: string, body: object): Promise<Answer> =>
  must('organisations', { route: 'PUT /areas/{id}', params: { id }, body, token: admin });

/** Registers a volunteer by their own token. Returns the record's id. */
export const register = async (sub: string, more: object = {}): Promise<string> =>
  (
    await must('volunteers', {
      route: 'POST /volunteers',
      body: { areaId: 'hongqi', consentVersion: '1', ...more },
      token: { sub, role: 'volunteer' },
    })
  ).body.id;

/** Publishes `plan` for an organisation, by its organiser. Returns the activity's id. */
export const publish = async (organisationId: string, more: object = {}): Promise<string> =>
  (
    await must('activities', {
      route: 'POST /activities',
      body: { ...plan, organisationId, ...more },
      token: organiserOf(organisationId),
    })
  ).body.id;

/** Creates a district with an open year, two organisations, a published activity and a volunteer. */
export const foundTown = async () => {
  await defineArea('demo', { kind: 'district', name: '示范区' });
  await defineArea('hongqi', { kind: 'subdistrict', name: '红旗街道', parentId: 'demo' });
  const year = { year: 2025, plan: 'learn-from-lei-feng' };
  await must('campaigns', { route: 'POST /campaigns', body: year, token: admin });
  const params = { year: '2025' };
  await must('campaigns', { route: 'POST /campaigns/{year}/open', params, token: admin });
  const organisation = async (name: string): Promise<string> => {
    const body = { kind: 'residents-committee', name, areaId: 'hongqi' };
    const route = 'POST /organisations';
    return (await must('organisations', { route, body, token: admin })).body.id;
  };
  const ours = await organisation('红旗社区居民委员会');
  const theirs = await organisation('新华社区居民委员会');
  const activityId = await publish(ours);
  const volunteerId = await register('lei', { tags: ['party-member'] });
  return { ours, theirs, activityId, volunteerId };
};

/** Every event in the Ledger, by a scan, which no request of the product makes. */
export const ledger = async (): Promise<readonly DomainEvent[]> => {
  const { Items } = await dynamodb.send(new ScanCommand({ TableName: process.env.LEDGER_TABLE }));
  return (Items ?? [])
    .filter(holdsEvent)
    .map((row) => readEvent(envelopeOf(row as unknown as LedgerRow)));
};

/** A volunteer's record as the district sees it. */
export const readVolunteer = async (id: string) =>
  (
    await must('volunteers', {
      route: 'GET /volunteers/{id}',
      params: { id },
      token: admin,
    })
  ).body;

/** Enters ninety minutes at the town's activity, from the leader's roll. Returns the sheet's id. */
export const logHours = async (
  { activityId, ours }: Pick<Awaited<ReturnType<typeof foundTown>>, 'activityId' | 'ours'>,
  volunteerId: string,
  date = '2025-10-18',
): Promise<string> => {
  const { body } = await must('participation', {
    route: 'POST /activities/{id}/sheets/{date}/entries',
    params: { id: activityId, date },
    body: { entries: [{ volunteerId, attendedMinutes: 90, origin: 'leader-roll' }] },
    token: organiserOf(ours),
  });
  return body.id;
};
