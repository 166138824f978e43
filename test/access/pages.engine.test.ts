// Who may use the pages and forms of plans and closes: the policies of the use cases behind them decide.
import '../support/tables.ts';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Role, roles } from '../../events/envelope.ts';
import { handler as activities } from '../../functions/activities/api.ts';
import { handler as campaigns } from '../../functions/campaigns/api.ts';
import { newFormToken } from '../../functions/http/forms.ts';
import { handler as periods } from '../../functions/periods/api.ts';
import { monthsOf } from '../../functions/runtime/calendar.ts';
import { newSession, openSession } from '../../functions/session/session.ts';
import { appendClosed, january } from '../support/closing.ts';
import { httpEvent } from '../support/http-event.ts';
import { freshTables } from '../support/tables.ts';
import { foundTown } from '../support/town.ts';

let activityId = '';
beforeAll(async () => {
  await freshTables();
  ({ activityId } = await foundTown());
});
afterAll(freshTables);

interface Form {
  readonly handler: typeof campaigns;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, string>>;
}

const planOf = (year: number) => ({
  ...{ year: String(year), title: '学雷锋志愿服务' },
  ...{ 'themes.0.title': '义诊', 'themes.0.months[]': '3' },
});
let serial = 0;
const next = (): number => {
  serial += 1;
  return serial;
};

/** Sends a page's request as somebody with a role, or with none. */
const send = async (
  key: string,
  { handler, params = {}, query = {}, fields = {} }: Form,
  role?: Role,
) => {
  const [method = '', template = ''] = key.split(' ');
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const actor = {
    ...{ id: `${role ?? 'nobody'}-1`, roles: role ? [role] : [], organisationId: null },
    ...{ areaIds: null, volunteerId: '' },
  };
  const cookie = (await newSession(actor, january, january + 3_600_000)).split(';', 1)[0] ?? '';
  const { secret = '' } = (await openSession([cookie], january)) ?? {};
  const body = new URLSearchParams({ ...fields, form: newFormToken(secret, key, path) });
  const event = httpEvent({
    ...{ route: key, params, query, at: january, key: null },
    ...(method === 'POST' ? { body: body.toString() } : {}),
    headers: {
      ...{ accept: 'text/html', host: 'leifeng.example', origin: 'https://leifeng.example' },
      ...{ 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    },
  });
  const result = await handler(
    { ...event, cookies: [cookie] } as never,
    {
      getRemainingTimeInMillis: () => 10_000,
    } as never,
  );
  return { status: result.statusCode, location: result.headers?.location };
};

const staff: readonly Role[] = ['district-admin', 'organiser', 'verifier', 'auditor'];
const district: readonly Role[] = ['district-admin'];

/** A year that nobody has opened, with a plan. */
const planned = async (): Promise<Form> => {
  const year = 2100 + next();
  const plan = { handler: campaigns, fields: planOf(year) };
  expect((await send('POST /pages/plans/confirm', plan, 'district-admin')).status).toBe(303);
  return { handler: campaigns, params: { year: String(year) } };
};

/** Each page and form: who may, and what is asked, of something that nobody has asked for before. */
const pages: Readonly<Record<string, readonly [readonly Role[], () => Form | Promise<Form>]>> = {
  'GET /pages/plans': [district, () => ({ handler: campaigns })],
  'POST /pages/plans': [district, () => ({ handler: campaigns, fields: { text: '3月 义诊' } })],
  'POST /pages/plans/confirm': [
    district,
    () => ({ handler: campaigns, fields: planOf(2100 + next()) }),
  ],
  'POST /pages/campaigns/{year}/open': [district, planned],
  'GET /pages/campaigns/{year}/revise': [district, planned],
  'POST /pages/campaigns/{year}/revise': [
    district,
    async () => ({ ...(await planned()), fields: { ...planOf(2100), year: '', version: '1' } }),
  ],
  'GET /pages/campaigns/{year}/copy': [district, planned],
  'POST /pages/campaigns/{year}/copy': [
    district,
    async () => ({ ...(await planned()), fields: { year: String(2100 + next()) } }),
  ],
  'GET /pages/months/{month}/close': [
    staff,
    () => ({ handler: periods, params: { month: '2025-03' } }),
  ],
  'GET /pages/months/{month}/open': [
    staff,
    () => ({ handler: periods, params: { month: '2025-03' }, query: { what: 'waitingEntries' } }),
  ],
  'GET /pages/activities/{id}': [
    staff,
    () => ({ handler: activities, params: { id: activityId } }),
  ],
  'POST /pages/months/{month}/close': [
    district,
    () => ({ handler: periods, params: { month: `${2000 + (next() % 16)}-01` } }),
  ],
  'GET /pages/years/{year}/close': [staff, () => ({ handler: periods, params: { year: '2025' } })],
  'POST /pages/years/{year}/close': [
    district,
    // Only the first that may closes it: there is one.
    async () => {
      for (const month of monthsOf('2018')) await appendClosed(month);
      return { handler: periods, params: { year: '2018' } };
    },
  ],
  'POST /pages/years/{year}/close-empty-months': [
    district,
    () => ({ handler: periods, params: { year: '2019' } }),
  ],
};

test.each(Object.entries(pages))('%s is for some only', async (key, [allowed, arrange]) => {
  const answers: [string, boolean][] = [];
  for (const role of [...roles, undefined]) {
    // Whoever is refused leaves nothing behind, so each asks for something new.
    const { status } = await send(key, await arrange(), role);
    if (status !== 403) expect(status).toBe(/^GET|plans$/.test(key) ? 200 : 303);
    answers.push([role ?? 'nobody', status !== 403]);
  }
  expect(answers).toEqual(
    [...roles, undefined].map((role) => [
      role ?? 'nobody',
      role !== undefined && allowed.includes(role),
    ]),
  );
});

test('a plan’s form leads to its plan, and the close of a month back to its page', async () => {
  const plan = { handler: campaigns, fields: planOf(2200) };
  expect(await send('POST /pages/plans/confirm', plan, 'district-admin')).toEqual({
    ...{ status: 303, location: '/pages/campaigns/2200' },
  });
  const month = { handler: periods, params: { month: '2024-05' } };
  expect(await send('POST /pages/months/{month}/close', month, 'district-admin')).toEqual({
    ...{ status: 303, location: '/pages/months/2024-05/close' },
  });
});
