import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, createClient } from '../../infra/season/client.ts';
import { adminClaims, foundDistrict } from '../../infra/season/found-district.ts';
import { startTestHost, type TestHost } from '../support/host.ts';
import { readLedger } from '../support/recompute.ts';

let running: TestHost;
let client: Client;
const tokens: Record<string, string> = {};
const ids: Record<string, string> = {};

const year = new Date().getFullYear() - 1;
const day = `${year}-10-18`;

beforeAll(async () => {
  running = await startTestHost();
  const { host } = running;
  client = createClient(host.url);
  const mint = (claims: Record<string, string>, expiresIn?: number) =>
    host.mintToken(claims, expiresIn === undefined ? {} : { expiresIn });
  const organisations = await foundDistrict(client, mint, [year]);
  const own = organisations.get('hongqi-01') ?? '';
  const other = organisations.get('federation') ?? '';
  Object.assign(tokens, {
    admin: await mint(adminClaims),
    organiser: await mint({ sub: 'o1', role: 'organiser', organisation: own }),
    stranger: await mint({ sub: 'o2', role: 'organiser', organisation: other }),
    verifier: await mint({ sub: 'v1', role: 'verifier', organisation: other }),
    ownVerifier: await mint({ sub: 'v2', role: 'verifier', organisation: own }),
    volunteer: await mint({ sub: 'p1', role: 'volunteer' }),
    auditor: await mint({ sub: 'a1', role: 'auditor' }),
    nobody: await mint({ sub: 'n1' }),
    expired: await mint({ sub: 'o1', role: 'organiser', organisation: own }, -60),
  });
  const organiser = tokens.organiser ?? '';
  const post = async (name: string, path: string, body: object, token = organiser) => {
    const { id } = await client.post<{ id: string }>(path, token, `setup-${name}`, body);
    ids[name] = id;
  };
  const activity = {
    title: '义诊',
    content: '测血压',
    theme: 'FREE_CLINIC',
    areaId: 'hongqi-01',
    organisationId: own,
    startsOn: day,
    endsOn: day,
    risk: { level: 'ordinary', notice: '无' },
  };
  ids.organisation = own;
  await post('activity', '/activities', activity);
  await post('cancelled', '/activities', { ...activity, title: '取消' });
  await client.post(`/activities/${ids.cancelled}/cancel`, organiser, 'c', { reason: '雨' });
  const self = await mint({ sub: 'p2', role: 'volunteer' });
  await post('volunteer', '/volunteers', { areaId: 'hongqi-01', consentVersion: '1' }, self);
  const entry = {
    activityId: ids.activity,
    volunteerId: ids.volunteer,
    serviceDate: day,
    attendedMinutes: 120,
    origin: 'leader-roll',
  };
  await post('hours', '/hours', entry);
  await post('verified', '/hours', entry);
  await client.post(`/hours/${ids.verified}/verify`, tokens.verifier ?? '', 'v');
  await post('voided', '/hours', entry);
  await client.post(`/hours/${ids.voided}/void`, organiser, 'x', { reason: '重复' });
  await post('backEntry', '/hours', { ...entry, origin: 'back-entry' });
});
afterAll(() => running?.stop());

const entry = () => ({
  activityId: ids.activity,
  volunteerId: ids.volunteer,
  serviceDate: day,
  attendedMinutes: 120,
  origin: 'leader-roll',
});
const unknownId = '00000000-0000-8000-8000-000000000000';
const tomorrow = () => new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10);

interface Case {
  readonly request: readonly [method: string, path: () => string];
  readonly as?: string;
  readonly body?: () => unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
  /** A pointer into the body, or the name of a parameter. */
  readonly at?: string;
}

const log = (change: () => object, status: number, code: string, at?: string): Case => ({
  request: ['POST', () => '/hours'],
  body: () => ({ ...entry(), ...change() }),
  status,
  code,
  ...(at ? { at } : {}),
});
const post = (path: () => string, rest: Omit<Case, 'request'>): Case => ({
  request: ['POST', path],
  ...rest,
});
const get = (path: () => string, rest: Omit<Case, 'request'>): Case => ({
  request: ['GET', path],
  ...rest,
});
const invalid = { status: 400, code: 'invalid-request' };
const reason = () => ({ reason: '测试' });

const cases: Readonly<Record<string, Case>> = {
  'malformed JSON': post(() => '/hours', { raw: '{"a":', status: 400, code: 'malformed-json' }),
  'a JSON array': post(() => '/hours', { raw: '[]', ...invalid, at: '#' }),
  'JSON null': post(() => '/hours', { raw: 'null', ...invalid, at: '#' }),
  'a form': post(() => '/hours', {
    raw: 'a=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    code: 'unsupported-media-type',
  }),
  'a body of 300 KB': post(() => '/hours', {
    body: () => ({ ...entry(), origin: 'x'.repeat(300_000) }),
    status: 413,
    code: 'body-too-large',
  }),
  'an unknown field': log(() => ({ points: 5 }), 400, 'invalid-request', '#/points'),
  'a number as text': log(
    () => ({ attendedMinutes: '120' }),
    400,
    'invalid-request',
    '#/attendedMinutes',
  ),
  'no minutes': log(() => ({ attendedMinutes: 0 }), 400, 'invalid-request', '#/attendedMinutes'),
  'negative minutes': log(
    () => ({ attendedMinutes: -5 }),
    400,
    'invalid-request',
    '#/attendedMinutes',
  ),
  'more than a day': log(
    () => ({ attendedMinutes: 1441 }),
    400,
    'invalid-request',
    '#/attendedMinutes',
  ),
  'half a minute': log(
    () => ({ attendedMinutes: 0.5 }),
    400,
    'invalid-request',
    '#/attendedMinutes',
  ),
  'more credited than attended': log(
    () => ({ creditedMinutes: 121 }),
    400,
    'invalid-request',
    '#/creditedMinutes',
  ),
  'a day that does not exist': log(
    () => ({ serviceDate: `${year}-02-30` }),
    400,
    'invalid-request',
    '#/serviceDate',
  ),
  'a service day in the future': log(
    () => ({ serviceDate: tomorrow() }),
    422,
    'service-date-in-future',
    '#/serviceDate',
  ),
  'a service day outside the activity': log(
    () => ({ serviceDate: `${year}-10-19` }),
    422,
    'service-date-outside-activity',
    '#/serviceDate',
  ),
  'an unknown activity': log(
    () => ({ activityId: unknownId }),
    422,
    'unknown-reference',
    '#/activityId',
  ),
  'an unknown volunteer': log(
    () => ({ volunteerId: unknownId }),
    422,
    'unknown-reference',
    '#/volunteerId',
  ),
  'hours for a cancelled activity': log(
    () => ({ activityId: ids.cancelled }),
    409,
    'activity-not-open',
    '#/activityId',
  ),
  'one bad entry in a batch': post(() => '/hours/batch', {
    body: () => ({ entries: [entry(), { ...entry(), volunteerId: unknownId }] }),
    status: 422,
    code: 'unknown-reference',
    at: '#/entries/1/volunteerId',
  }),
  'a batch of none': post(() => '/hours/batch', {
    body: () => ({ entries: [] }),
    ...invalid,
    at: '#/entries',
  }),
  'a batch of 101': post(() => '/hours/batch', {
    body: () => ({ entries: Array.from({ length: 101 }, entry) }),
    ...invalid,
    at: '#/entries',
  }),
  'an unknown id': post(() => `/hours/${unknownId}/void`, {
    as: 'admin',
    body: reason,
    status: 404,
    code: 'not-found',
  }),
  'an unknown id, to whoever may not know': post(() => `/hours/${unknownId}/void`, {
    body: reason,
    status: 403,
    code: 'forbidden',
  }),
  'a name twice': post(() => '/hours', {
    raw: '{"origin":"scan","or\\u0069gin":"import"}',
    ...invalid,
    at: '#/origin',
  }),
  'a parameter twice': get(() => '/activities?limit=1&limit=2', { ...invalid, at: 'limit' }),
  'a telephone in a reason': post(() => `/hours/${ids.verified}/void`, {
    body: () => ({ reason: '请致电 138.7164.0295' }),
    ...invalid,
    at: '#/reason',
  }),
  'an id that is none': get(() => '/hours/42', { ...invalid, at: 'id' }),
  'an id with a NUL': get(() => '/hours/%00', { ...invalid, at: 'id' }),
  'verified twice': post(() => `/hours/${ids.verified}/verify`, {
    as: 'verifier',
    status: 409,
    code: 'illegal-transition',
  }),
  'a verified entry rejected': post(() => `/hours/${ids.verified}/reject`, {
    as: 'verifier',
    body: reason,
    status: 409,
    code: 'illegal-transition',
  }),
  'a voided entry corrected': post(() => `/hours/${ids.voided}/correct`, {
    body: () => ({ attendedMinutes: 60, creditedMinutes: 60, ...reason() }),
    status: 409,
    code: 'illegal-transition',
  }),
  'a cancelled activity completed': post(() => `/activities/${ids.cancelled}/complete`, {
    status: 409,
    code: 'illegal-transition',
  }),
  'an unknown output': post(() => `/activities/${ids.activity}/complete`, {
    body: () => ({ outputs: { goldMedals: 3 } }),
    status: 422,
    code: 'unknown-reference',
    at: '#/outputs/goldMedals',
  }),
  'a negative output': post(() => `/activities/${ids.activity}/complete`, {
    body: () => ({ outputs: { illegalAdsRemoved: -1 } }),
    ...invalid,
    at: '#/outputs/illegalAdsRemoved',
  }),
  'a high risk without insurance': post(() => '/activities', {
    body: () => ({
      title: 't',
      content: 'c',
      theme: 'FREE_CLINIC',
      areaId: 'hongqi-01',
      organisationId: ids.organisation,
      startsOn: day,
      endsOn: day,
      risk: { level: 'high', notice: '登高' },
    }),
    ...invalid,
    at: '#/risk/insurance',
  }),
  'a year without a campaign': {
    request: ['PATCH', () => `/activities/${ids.activity}`],
    body: () => ({ startsOn: '2031-10-18', endsOn: '2031-10-18' }),
    status: 409,
    code: 'campaign-not-open',
    at: '#/startsOn',
  },
  'a theme that is not planned': {
    request: ['PATCH', () => `/activities/${ids.activity}`],
    body: () => ({ theme: 'CHESS' }),
    status: 422,
    code: 'theme-not-planned',
    at: '#/theme',
  },
  'an end before the start': {
    request: ['PATCH', () => `/activities/${ids.activity}`],
    body: () => ({ endsOn: `${year}-10-01` }),
    status: 422,
    code: 'invalid-period',
    at: '#/endsOn',
  },
  'nothing to change': {
    request: ['PATCH', () => `/activities/${ids.activity}`],
    body: () => ({}),
    ...invalid,
    at: '#',
  },
  'a stale If-Match': {
    request: ['PATCH', () => `/activities/${ids.activity}`],
    body: () => ({ title: '新' }),
    headers: { 'if-match': '"7"' },
    status: 412,
    code: 'stale-version',
  },
  'an If-Match that is no version': {
    request: ['PATCH', () => `/activities/${ids.activity}`],
    body: () => ({ title: '新' }),
    headers: { 'if-match': 'seven' },
    ...invalid,
    at: 'If-Match',
  },
  'no Idempotency-Key': post(() => '/hours', {
    body: entry,
    headers: { 'idempotency-key': '' },
    status: 400,
    code: 'idempotency-key-required',
  }),
  'a used Idempotency-Key with another body': post(() => '/hours', {
    body: () => ({ ...entry(), attendedMinutes: 121 }),
    headers: { 'idempotency-key': 'setup-hours' },
    status: 422,
    code: 'idempotency-key-reused',
  }),
  'a campaign planned twice': post(() => '/campaigns', {
    as: 'admin',
    body: () => ({ year, plan: 'learn-from-lei-feng' }),
    status: 409,
    code: 'already-exists',
  }),
  'a campaign opened twice': post(() => `/campaigns/${year}/open`, {
    as: 'admin',
    status: 409,
    code: 'illegal-transition',
  }),
  'an area under a community': {
    request: ['PUT', () => '/areas/x-1'],
    as: 'admin',
    body: () => ({ kind: 'community', name: 'x', parentId: 'hongqi-01' }),
    status: 422,
    code: 'invalid-value',
    at: '#/parentId',
  },
  'a token without a role': post(() => '/hours', {
    as: 'nobody',
    body: entry,
    status: 403,
    code: 'forbidden',
  }),
  'an auditor who enters hours': post(() => '/hours', {
    as: 'auditor',
    body: entry,
    status: 403,
    code: 'forbidden',
  }),
  'an organiser of another organisation': post(() => '/hours', {
    as: 'stranger',
    body: entry,
    status: 403,
    code: 'forbidden',
  }),
  'a volunteer who enters somebody else’s time': post(() => '/hours', {
    as: 'volunteer',
    body: () => ({ ...entry(), origin: 'self-declared' }),
    status: 403,
    code: 'forbidden',
  }),
  'one’s own entry verified': post(() => `/hours/${ids.hours}/verify`, {
    as: 'organiser',
    status: 403,
    code: 'own-entry',
  }),
  'a back-entry verified within the organisation': post(() => `/hours/${ids.backEntry}/verify`, {
    as: 'ownVerifier',
    status: 403,
    code: 'other-organisation-required',
  }),
  'somebody else’s hours read by a volunteer': get(() => `/hours/${ids.hours}`, {
    as: 'volunteer',
    status: 403,
    code: 'forbidden',
  }),
  'an organiser who plans a campaign': post(() => '/campaigns', {
    body: () => ({ year: 2030, plan: 'learn-from-lei-feng' }),
    status: 403,
    code: 'forbidden',
  }),
  'an unknown query parameter': get(() => '/dashboards/2025-10?colour=red', {
    ...invalid,
    at: 'colour',
  }),
  'month 13': get(() => '/dashboards/2025-13', { ...invalid, at: 'month' }),
  'a limit of 1000': get(() => '/activities?limit=1000', { ...invalid, at: 'limit' }),
  'a cursor that is none': get(() => '/activities?cursor=xyz', {
    status: 400,
    code: 'invalid-cursor',
  }),
  'a cursor into another partition': get(
    () =>
      `/activities?cursor=${Buffer.from(
        JSON.stringify({ pk: 'a', sk: 'b', list: 'volunteer#x', listOrder: 'c' }),
      ).toString('base64url')}`,
    { status: 400, code: 'invalid-cursor' },
  ),
  'an unknown metric': get(() => `/dashboards/${year}-10/lines?metric=constructor`, {
    status: 400,
    code: 'unknown-metric',
  }),
  'hours of nobody in particular': get(() => '/hours', { ...invalid, at: 'volunteer' }),
};

const refusedToken = {
  request: ['POST', () => '/hours'],
  body: entry,
  status: 401,
  message: 'Unauthorized',
} as const;

/** What API Gateway answers by itself, before a function sees the request. */
const gatewayCases: Readonly<Record<string, Omit<Case, 'code'> & { readonly message: string }>> = {
  'no token': { ...refusedToken, as: '' },
  'an expired token': { ...refusedToken, as: 'expired' },
  'a forged token': {
    ...refusedToken,
    headers: { authorization: `Bearer ${'e30'.repeat(3)}.e30.AAAA` },
  },
  'an unknown route': { request: ['GET', () => '/salaries'], status: 404, message: 'Not Found' },
  'an unknown method': { request: ['DELETE', () => '/hours'], status: 404, message: 'Not Found' },
};

const send = async (given: Omit<Case, 'code'>) => {
  const [method, path] = given.request;
  const token = tokens[given.as ?? 'organiser'];
  return fetch(`${running.host.url}${path()}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...given.headers,
    },
    ...(method === 'GET' ? {} : { body: given.raw ?? JSON.stringify(given.body?.() ?? {}) }),
  });
};

test.each(Object.entries(cases))('%s', async (_, given) => {
  const before = await readLedger(running.host.dynamodbEndpoint);
  const response = await send(given);
  const body = (await response.json()) as {
    type: string;
    status: number;
    detail: string;
    errors?: readonly { pointer?: string; name?: string; detail: string }[];
  };
  expect([response.status, body.type]).toEqual([given.status, `urn:leifeng:problem:${given.code}`]);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body.status).toBe(given.status);
  expect(body.detail).toMatch(/[\u4e00-\u9fff]/);
  if (given.at)
    expect(body.errors?.map(({ pointer, name }) => pointer ?? name)).toContain(given.at);
  expect(await readLedger(running.host.dynamodbEndpoint)).toEqual(before);
});

test.each(Object.entries(gatewayCases))('%s', async (_, given) => {
  const before = await readLedger(running.host.dynamodbEndpoint);
  const response = await send(given);
  expect([response.status, await response.json()]).toEqual([
    given.status,
    { message: given.message },
  ]);
  expect(await readLedger(running.host.dynamodbEndpoint)).toEqual(before);
});

test('in English for who asks for it', async () => {
  const response = await send({
    ...log(() => ({ attendedMinutes: 0 }), 400, 'invalid-request'),
    headers: { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.5' },
  });
  const text = await response.text();
  expect(text).toMatch(/must be at least 1/);
  expect(text).not.toMatch(/[\u4e00-\u9fff]/);
});
