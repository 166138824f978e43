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
  const others = ['p3', 'p4', 'p5', 'p6'];
  for (const name of others) {
    const token = await mint({ sub: name, role: 'volunteer' });
    await post(name, '/volunteers', { areaId: 'hongqi-01', consentVersion: '1' }, token);
  }
  // On one sheet: the first waits, one is verified, one struck out, one entered late.
  const on = (name: string, origin = 'leader-roll') => ({
    volunteerId: ids[name],
    attendedMinutes: 120,
    origin,
  });
  await post('sheet', entriesPath(), {
    entries: [on('p3'), on('p4'), on('p5'), on('p6', 'back-entry')],
  });
  const change = (what: string, token: string | undefined, body: object) =>
    client.post(`/sheets/${ids.sheet}/${what}`, token ?? '', what, body);
  await change('verify', tokens.verifier, { entries: [ids.p4] });
  await change('void', organiser, { entries: [ids.p5], reason: '重复' });
});
afterAll(() => running?.stop());

const entry = () => ({
  volunteerId: ids.volunteer,
  attendedMinutes: 120,
  origin: 'leader-roll',
});
const entries = () => ({ entries: [entry()] });
const unknownId = '00000000-0000-8000-8000-000000000000';
/** Where people are entered on the sheet of a day. */
const entriesPath = (activity = ids.activity, date = day): string =>
  `/activities/${activity}/sheets/${date}/entries`;
const sheetPath = (what: string) => () => `/sheets/${ids.sheet}/${what}`;
const unknownSheet = `${unknownId}~${day}~1`;
const named = (...names: readonly string[]) => ({ entries: names.map((name) => ids[name]) });
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
  request: ['POST', () => entriesPath()],
  body: () => ({ entries: [{ ...entry(), ...change() }] }),
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
  'malformed JSON': post(() => entriesPath(), {
    raw: '{"a":',
    status: 400,
    code: 'malformed-json',
  }),
  'a JSON array': post(() => entriesPath(), { raw: '[]', ...invalid, at: '#' }),
  'JSON null': post(() => entriesPath(), { raw: 'null', ...invalid, at: '#' }),
  'a form': post(() => entriesPath(), {
    raw: 'a=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    code: 'unsupported-media-type',
  }),
  'a body of 300 KB': post(() => entriesPath(), {
    body: () => ({ entries: [{ ...entry(), origin: 'x'.repeat(300_000) }] }),
    status: 413,
    code: 'body-too-large',
  }),
  'an unknown field': log(() => ({ points: 5 }), 400, 'invalid-request', '#/entries/0/points'),
  'a number as text': log(
    () => ({ attendedMinutes: '120' }),
    400,
    'invalid-request',
    '#/entries/0/attendedMinutes',
  ),
  'no minutes': log(
    () => ({ attendedMinutes: 0 }),
    400,
    'invalid-request',
    '#/entries/0/attendedMinutes',
  ),
  'negative minutes': log(
    () => ({ attendedMinutes: -5 }),
    400,
    'invalid-request',
    '#/entries/0/attendedMinutes',
  ),
  'more than a day': log(
    () => ({ attendedMinutes: 1441 }),
    400,
    'invalid-request',
    '#/entries/0/attendedMinutes',
  ),
  'half a minute': log(
    () => ({ attendedMinutes: 0.5 }),
    400,
    'invalid-request',
    '#/entries/0/attendedMinutes',
  ),
  'more credited than attended': log(
    () => ({ creditedMinutes: 121 }),
    400,
    'invalid-request',
    '#/entries/0/creditedMinutes',
  ),
  'an unknown volunteer': log(
    () => ({ volunteerId: unknownId }),
    422,
    'unknown-reference',
    '#/entries/0/volunteerId',
  ),
  'nobody named': log(
    () => ({ volunteerId: undefined }),
    400,
    'invalid-request',
    '#/entries/0/volunteerId',
  ),
  'somebody named twice over': log(
    () => ({ phone: '13800138000' }),
    400,
    'invalid-request',
    '#/entries/0/volunteerId',
  ),
  'a phone that nobody has': log(
    () => ({ volunteerId: undefined, phone: '13800138000' }),
    422,
    'nobody-with-number',
    '#/entries/0/phone',
  ),
  'a phone that is none': log(
    () => ({ volunteerId: undefined, phone: '12' }),
    422,
    'invalid-value',
    '#/entries/0/phone',
  ),
  'an ID number that nobody has': log(
    () => ({ volunteerId: undefined, idNumber: '110101199003078515' }),
    422,
    'nobody-with-number',
    '#/entries/0/idNumber',
  ),
  'no minutes at all': log(
    () => ({ attendedMinutes: undefined }),
    400,
    'invalid-request',
    '#/entries/0/attendedMinutes',
  ),
  'minutes on duty': log(
    () => ({ onDuty: true }),
    400,
    'invalid-request',
    '#/entries/0/attendedMinutes',
  ),
  'credit on duty': log(
    () => ({ onDuty: true, attendedMinutes: undefined, creditedMinutes: 60 }),
    400,
    'invalid-request',
    '#/entries/0/creditedMinutes',
  ),
  'somebody who is on the sheet': log(
    () => ({ volunteerId: ids.p3 }),
    409,
    'already-on-sheet',
    '#/entries/0/volunteerId',
  ),
  'a day that does not exist': post(() => entriesPath(ids.activity, `${year}-02-30`), {
    body: entries,
    ...invalid,
    at: 'date',
  }),
  'a service day in the future': post(() => entriesPath(ids.activity, tomorrow()), {
    body: entries,
    status: 422,
    code: 'service-date-in-future',
  }),
  'a service day outside the activity': post(() => entriesPath(ids.activity, `${year}-10-19`), {
    body: entries,
    status: 422,
    code: 'service-date-outside-activity',
  }),
  'an unknown activity': post(() => entriesPath(unknownId), {
    as: 'admin',
    body: entries,
    status: 404,
    code: 'not-found',
  }),
  'an activity that is no id': post(() => entriesPath('42'), {
    body: entries,
    ...invalid,
    at: 'id',
  }),
  'hours for a cancelled activity': post(() => entriesPath(ids.cancelled), {
    body: entries,
    status: 409,
    code: 'activity-not-open',
  }),
  'an unknown team': post(() => entriesPath(), {
    body: () => ({ ...entries(), teamId: unknownId }),
    status: 422,
    code: 'unknown-reference',
    at: '#/teamId',
  }),
  'one bad entry in a roll': post(() => entriesPath(), {
    body: () => ({ entries: [entry(), { ...entry(), volunteerId: unknownId }] }),
    status: 422,
    code: 'unknown-reference',
    at: '#/entries/1/volunteerId',
  }),
  'somebody twice in a roll': post(() => entriesPath(), {
    body: () => ({ entries: [entry(), entry()] }),
    status: 409,
    code: 'already-on-sheet',
    at: '#/entries/1/volunteerId',
  }),
  'bad entries only, for which not all need fit': post(() => entriesPath(), {
    body: () => ({
      entries: [
        { ...entry(), volunteerId: unknownId },
        { ...entry(), volunteerId: ids.p3 },
      ],
      atomic: false,
    }),
    status: 422,
    code: 'unknown-reference',
    at: '#/entries/1/volunteerId',
  }),
  'a roll of none': post(() => entriesPath(), {
    body: () => ({ entries: [] }),
    ...invalid,
    at: '#/entries',
  }),
  'a roll of 201': post(() => entriesPath(), {
    body: () => ({ entries: Array.from({ length: 201 }, entry) }),
    ...invalid,
    at: '#/entries',
  }),
  'an unknown sheet': post(() => `/sheets/${unknownSheet}/void`, {
    as: 'admin',
    body: () => ({ ...named('p3'), ...reason() }),
    status: 404,
    code: 'not-found',
  }),
  'an unknown sheet, to whoever may not know': post(() => `/sheets/${unknownSheet}/void`, {
    body: () => ({ ...named('p3'), ...reason() }),
    status: 403,
    code: 'forbidden',
  }),
  'a name twice': post(() => entriesPath(), {
    raw: '{"entries":[{"origin":"scan","or\\u0069gin":"import"}]}',
    ...invalid,
    at: '#/entries/0/origin',
  }),
  'a parameter twice': get(() => '/activities?limit=1&limit=2', { ...invalid, at: 'limit' }),
  'a telephone in a reason': post(sheetPath('void'), {
    body: () => ({ ...named('p4'), reason: '请致电 138.7164.0295' }),
    ...invalid,
    at: '#/reason',
  }),
  'a sheet that is none': get(() => '/sheets/42', { ...invalid, at: 'id' }),
  'a sheet with a NUL': get(() => '/sheets/%00', { ...invalid, at: 'id' }),
  'a sheet’s version that is none': get(() => `/sheets/${ids.sheet}?version=0`, {
    ...invalid,
    at: 'version',
  }),
  'a sheet’s version that is not yet': get(() => `/sheets/${ids.sheet}?version=9`, {
    as: 'admin',
    status: 404,
    code: 'not-found',
  }),
  'verified twice': post(sheetPath('verify'), {
    as: 'verifier',
    body: () => named('p4'),
    status: 409,
    code: 'illegal-transition',
    at: '#/entries/0',
  }),
  'one of two that cannot be verified': post(sheetPath('verify'), {
    as: 'verifier',
    body: () => named('p3', 'p4'),
    status: 409,
    code: 'illegal-transition',
    at: '#/entries/1',
  }),
  'somebody who is not on the sheet verified': post(sheetPath('verify'), {
    as: 'verifier',
    body: () => named('volunteer'),
    status: 404,
    code: 'not-found',
    at: '#/entries/0',
  }),
  'all but nobody verified': post(sheetPath('verify'), {
    as: 'verifier',
    body: () => ({ entries: { allBut: [] } }),
    ...invalid,
    at: '#/entries/allBut',
  }),
  'some verified': post(sheetPath('verify'), {
    as: 'verifier',
    body: () => ({ entries: 'some' }),
    ...invalid,
    at: '#/entries',
  }),
  'a verified entry rejected': post(sheetPath('reject'), {
    as: 'verifier',
    body: () => ({ ...named('p4'), ...reason() }),
    status: 409,
    code: 'illegal-transition',
  }),
  'a rejection without a reason': post(sheetPath('reject'), {
    as: 'verifier',
    body: () => named('p3'),
    ...invalid,
    at: '#/reason',
  }),
  'a voided entry corrected': post(sheetPath('correct'), {
    body: () => ({
      entries: [{ volunteerId: ids.p5, attendedMinutes: 60, creditedMinutes: 60 }],
      ...reason(),
    }),
    status: 409,
    code: 'illegal-transition',
  }),
  'a correction to more credit than attended': post(sheetPath('correct'), {
    body: () => ({ entries: [{ volunteerId: ids.p3, creditedMinutes: 121 }], ...reason() }),
    status: 422,
    code: 'invalid-value',
    at: '#/entries/0',
  }),
  'an objection to somebody else’s line': post(sheetPath('object'), {
    as: 'volunteer',
    body: () => ({ ...named('p3'), ...reason() }),
    status: 403,
    code: 'forbidden',
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
  'no Idempotency-Key': post(() => entriesPath(), {
    body: entries,
    headers: { 'idempotency-key': '' },
    status: 400,
    code: 'idempotency-key-required',
  }),
  'a used Idempotency-Key with another body': post(() => entriesPath(), {
    body: entries,
    headers: { 'idempotency-key': 'setup-sheet' },
    status: 422,
    code: 'idempotency-key-reused',
  }),
  'a campaign planned twice': post(() => '/campaigns', {
    as: 'admin',
    body: () => ({ year, plan: 'learn-from-lei-feng' }),
    status: 409,
    code: 'already-exists',
  }),
  'a date that lies in none of its theme’s months': {
    request: ['PATCH', () => `/campaigns/${year}`],
    as: 'admin',
    body: () => ({
      themes: [{ key: 'FREE_CLINIC', title: '义诊', months: [10], dates: [`${year}-03-05`] }],
    }),
    status: 422,
    code: 'invalid-value',
    at: '#/themes/0/dates',
  },
  'a theme with activities taken out of its plan': {
    request: ['PATCH', () => `/campaigns/${year}`],
    as: 'admin',
    body: () => ({ themes: [{ key: 'LAUNCH', title: '启动仪式', months: [3] }] }),
    status: 409,
    code: 'theme-in-use',
    at: '#/themes',
  },
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
  'a token without a role': post(() => entriesPath(), {
    as: 'nobody',
    body: entries,
    status: 403,
    code: 'forbidden',
  }),
  'an auditor who enters hours': post(() => entriesPath(), {
    as: 'auditor',
    body: entries,
    status: 403,
    code: 'forbidden',
  }),
  'an organiser of another organisation': post(() => entriesPath(), {
    as: 'stranger',
    body: entries,
    status: 403,
    code: 'forbidden',
  }),
  'a volunteer who enters somebody else’s time': post(() => entriesPath(), {
    as: 'volunteer',
    body: () => ({ entries: [{ ...entry(), origin: 'self-declared' }] }),
    status: 403,
    code: 'forbidden',
  }),
  'one’s own entry verified': post(sheetPath('verify'), {
    as: 'organiser',
    body: () => named('p3'),
    status: 403,
    code: 'own-entry',
  }),
  'a back-entry verified within the organisation': post(sheetPath('verify'), {
    as: 'ownVerifier',
    body: () => named('p6'),
    status: 403,
    code: 'other-organisation-required',
  }),
  'a sheet of others read by a volunteer': get(() => `/sheets/${ids.sheet}`, {
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
  'hours of nobody in particular': get(() => '/hours', { ...invalid, at: 'volunteerId' }),
};

const refusedToken = {
  request: ['POST', () => entriesPath()],
  body: entries,
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
