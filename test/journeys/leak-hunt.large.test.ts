import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { isCommand, isForPeople, type Route } from '../../functions/http/contract.ts';
import { volunteerIdOf } from '../../functions/ledger/actor.ts';
import { contracts } from '../../functions/reference/contracts.ts';
import { createClient } from '../../infra/season/client.ts';
import { adminClaims, foundDistrict } from '../../infra/season/found-district.ts';
import { inFolder, inTables, type Leftover } from '../support/leftovers.ts';
import { createFinder } from '../support/markers.ts';
import { residentIdOf } from '../support/people.ts';
import { type HostProcess, startHostProcess } from '../support/start-process.ts';
import { until as eventually } from '../support/until.ts';

/** What must never be found, each different from all else there is. */
const markers: Record<string, string> = {
  name: '欧阳隐真',
  idNumber: residentIdOf('1987-03-29', 417),
  phone: '13871640295',
  address: '隐真巷道四百一十七号',
  skill: '隐真点茶技艺',
  birthDate: '1987-03-29',
  otherName: '慕容护真',
  otherPhone: '13962850417',
  otherIdNumber: residentIdOf('1961-11-07', 238),
  credential: 'YSZG-417-90210-QZ',
  imported: '司徒表真',
  importedPhone: '13750961842',
};
const { name, idNumber, phone, otherName, otherPhone, otherIdNumber } = markers as Record<
  'name' | 'idNumber' | 'phone' | 'otherName' | 'otherPhone' | 'otherIdNumber',
  string
>;
const person = {
  name,
  idDocument: { type: 'resident-id', number: idNumber },
  phone,
  address: markers.address,
  skills: [markers.skill],
  guardian: {
    name: otherName,
    phone: otherPhone,
    relation: 'parent',
    idDocument: { type: 'resident-id', number: otherIdNumber },
  },
};

/** Those of the API: the pages of a session show what these answer. */
const routes = Object.values(contracts)
  .flatMap((contract) => Object.values<Route>(contract))
  .filter((route) => !isForPeople(route));
const year = new Date().getFullYear() - 1;
const day = `${year}-04-12`;
const nextDay = `${year}-04-13`;
let dataDir: string;
let running: HostProcess;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leifeng-leaks-'));
  running = await startHostProcess(dataDir);
});
afterAll(async () => {
  await running?.kill();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

type Parts = Readonly<Record<string, string>>;
interface Given {
  readonly params?: Parts;
  readonly query?: Parts;
  readonly body?: unknown;
  readonly headers?: Parts;
  readonly token?: string;
  readonly key?: string;
}
interface Answered {
  readonly asked: string;
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
  readonly body: any;
}

/** Answers to whoever may read them, and all others. */
const told: Answered[] = [];
const others: Answered[] = [];
const done = new Set<string>();
let keys = 0;

const send = async (route: string, given: Given): Promise<Answered> => {
  const [method = '', template = ''] = route.split(' ');
  const { params = {}, query = {}, body, headers, token } = given;
  const path = template.replace(/\{(\w+)\}/g, (_, part: string) =>
    encodeURIComponent(params[part] ?? ''),
  );
  keys += 1;
  const response = await fetch(`${running.url}${path}?${new URLSearchParams(query)}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': given.key ?? `leak-${keys}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.slice(text.indexOf('\n') + 1));
  } catch {
    parsed = undefined;
  }
  return {
    asked: `${route} ${JSON.stringify(given.body ?? '')}`,
    status: response.status,
    text,
    body: parsed,
  };
};

/** Asks for something that has to work. `readable`: the answer is for whoever asks to read. */
const must = async (route: string, given: Given, readable = false) => {
  const answer = await send(route, given);
  if (answer.status > 299) throw new Error(`${route}: ${answer.status} ${answer.text}`);
  (readable ? told : others).push(answer);
  done.add(route);
  return answer.body;
};

/** Asks for something that may work or not: the answer is searched in either case. */
const tryOut = async (route: string, given: Given): Promise<Answered> => {
  const answer = await send(route, given);
  others.push(answer);
  return answer;
};

/** The body once for each of its texts, with this in its place; but not where personal data go. */
const withInstead = (body: unknown, text: string, personal: readonly string[]): unknown[] => {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([field, value]) => {
    if (personal.includes(field)) return [];
    const put = (inner: unknown) =>
      Array.isArray(body)
        ? body.map((each, at) => (String(at) === field ? inner : each))
        : { ...body, [field]: inner };
    return typeof value === 'string' ? [put(text)] : withInstead(value, text, []).map(put);
  });
};

/** A command that works; before it, with people's numbers in every text that is not for them. */
const drive = async (route: string, given: Given, readable = false) => {
  const { personal = [] } = routes.find(({ key }) => key === route) ?? {};
  for (const number of [phone, `证件${idNumber.slice(0, 6)} ${idNumber.slice(6)}`])
    for (const body of withInstead(given.body, number, personal)) {
      const { status, text } = await tryOut(route, { ...given, body });
      // Refused for what it says: where only the state stood in the way, it would be kept one day.
      if (![400, 403, 404, 422].includes(status)) throw new Error(`${route} ${status} ${text}`);
    }
  return must(route, given, readable);
};

const setClock = async (now: number | null): Promise<void> => {
  const body = JSON.stringify({ now: now && new Date(now).toISOString() });
  expect((await fetch(`${running.url}/_local/clock`, { method: 'PUT', body })).status).toBe(200);
};
/** Longer than a public notice. */
const noticeMs = 20 * 86_400_000;

interface Honouring extends Record<'organiser' | 'verifier' | 'token', string> {
  readonly plan: object;
}

/** A star and an exemplar with their public notices, for somebody who is given the hours for it. */
const honour = async (
  byPerson: { readonly id: string },
  { organiser, verifier, token, plan }: Honouring,
): Promise<void> => {
  const days = Array.from({ length: 15 }, (_, at) => `${year}-03-${String(at + 10)}`);
  const { id: activity } = await must('POST /activities', {
    token: organiser,
    body: { ...plan, startsOn: days[0], endsOn: days.at(-1) },
  });
  const sheets: string[] = [];
  for (const date of days) {
    const { id: sheet } = await must('POST /activities/{id}/sheets/{date}/entries', {
      token: organiser,
      params: { id: activity, date },
      body: {
        entries: [{ volunteerId: byPerson.id, attendedMinutes: 480, origin: 'leader-roll' }],
      },
    });
    await must('POST /sheets/{id}/verify', {
      token: verifier,
      params: { id: sheet },
      body: { entries: 'all' },
    });
    sheets.push(sheet);
  }
  await running.untilIdle();
  const nominating = { token: organiser, params: byPerson, body: { level: 1 } };
  const { id: star } = await drive('POST /volunteers/{id}/stars', nominating);
  const params = { id: star };
  await drive('POST /stars/{id}/notice', { token, params });
  const objecting = { token: verifier, params, body: { text: '时长与签到表不符' } };
  await drive('POST /stars/{id}/objections', objecting);
  await drive('POST /stars/{id}/objections/{n}/answer', {
    token,
    params: { ...params, n: '1' },
    body: { upheld: false, answer: '已核对，无误' },
  });
  const { id: exemplar } = await must('POST /stories', {
    token: organiser,
    body: {
      ...{ kind: 'exemplar', areaId: 'hongqi-01', organisationId: ours },
      ...{ title: '身边的志愿者', summary: '先进典型', text: '热心服务邻里。' },
    },
  });
  await must('POST /stories/{id}/submit', { token: organiser, params: { id: exemplar } });
  await must('POST /stories/{id}/approve', { token: verifier, params: { id: exemplar } });
  await must('POST /stories/{id}/publish', { token: organiser, params: { id: exemplar } });
  await setClock(Date.now() + noticeMs);
  await drive('POST /stars/{id}/grant', { token, params });
  await drive('POST /stories/{id}/confirm', { token, params: { id: exemplar } });
  await setClock(null);
  // An entry that it rests on is struck out: it is under review, and upheld with another one.
  await must('POST /sheets/{id}/void', {
    token: organiser,
    params: { id: sheets[0] ?? '' },
    body: { entries: [byPerson.id], reason: '重复' },
  });
  await eventually(
    async () => (await must('GET /volunteers/{id}/stars', { token, params: byPerson })).items[0],
    ({ review }: { review: object | null }) => review !== null,
  );
  await drive('POST /stars/{id}/uphold', { token, params });
  await drive('POST /stars/{id}/withdraw', { token, params, body: { reason: '授予有误' } });
  await must('POST /volunteers/{id}/stars', nominating);
  await drive('POST /stars/{id}/decline', { token, params, body: { reason: '本人不愿参评' } });
};

/** Tells a story, corrects it and takes it down. Whom it names has a test of their own. */
const tellStory = async (token: string, reader: string): Promise<string> => {
  const body = {
    ...{ kind: 'story', areaId: 'hongqi-01', organisationId: ours },
    ...{ title: '义诊', summary: '义诊', text: '义诊进社区。' },
  };
  const { id } = await drive('POST /stories', { token, body });
  const params = { id };
  const reviewed = { token: reader, params };
  await drive('POST /stories/{id}/submit', { token, params });
  await drive('POST /stories/{id}/return', { ...reviewed, body: { reason: '请核对' } });
  await drive('PATCH /stories/{id}', { token, params, body: { title: '义诊进社区' } });
  const approved = async () => {
    await must('POST /stories/{id}/submit', { token, params });
    await drive('POST /stories/{id}/approve', reviewed);
  };
  await approved();
  await drive('POST /stories/{id}/publish', { token, params });
  const channel = { kind: 'news', on: `${year}-01-01`, url: 'https://news.example.org/a' };
  await drive('POST /stories/{id}/channels', { token, params, body: channel });
  await must('PATCH /stories/{id}', { token, params, body: { summary: '更正' } });
  await approved();
  await drive('POST /stories/{id}/correct', { token, params, body: { reason: '有误' } });
  await drive('POST /stories/{id}/withdraw', { token, params, body: { reason: '有误' } });
  return id;
};

/** Sends the form for complaints, which names people, and returns the number of the complaint. */
const complain = async (): Promise<string> => {
  const url = `${running.url}/pages/complaints`;
  const page = await (await fetch(url)).text();
  const [, ticket = ''] = /name="ticket" value="([^"]*)"/.exec(page) ?? [];
  const fields = { ticket, text: `${name}的电话是${phone}`, contact: phone };
  // It is refused in its first seconds.
  const sent = await eventually(
    async () => {
      const headers = { origin: running.url, 'sec-fetch-site': 'same-origin' };
      const body = new URLSearchParams(fields);
      const answer = await fetch(url, { method: 'POST', headers, body });
      return { status: answer.status, text: await answer.text() };
    },
    ({ status }) => status === 200,
  );
  others.push({ asked: 'POST /pages/complaints', ...sent, body: undefined });
  return /<code>(\d{6}-\d{8}-\d{2})</.exec(sent.text)?.[1] ?? '';
};

let ours: string;
let tokens: Record<
  'admin' | 'organiser' | 'verifier' | 'auditor' | 'lei' | 'feng' | 'other',
  string
>;

test('every route works with marked people', async () => {
  const { mint } = running;
  const client = createClient(running.url);
  const organisations = await foundDistrict(client, mint, [year - 1]);
  ours = organisations.get('hongqi-01') ?? '';
  const another = organisations.get('federation') ?? '';
  tokens = {
    admin: await mint(adminClaims),
    organiser: await mint({ sub: 'o1', role: 'organiser', organisation: ours }),
    verifier: await mint({ sub: 'v1', role: 'verifier', organisation: another }),
    auditor: await mint({ sub: 'a1', role: 'auditor' }),
    lei: await mint({ sub: 'lei', role: 'volunteer' }),
    feng: await mint({ sub: 'feng', role: 'volunteer' }),
    other: await mint({ sub: 'other', role: 'volunteer' }),
  };
  const { admin: token, organiser, verifier, lei, feng } = tokens;
  const byYear = { year: String(year) };

  await drive('POST /campaigns', {
    token,
    body: { year, plan: 'learn-from-lei-feng', title: '学雷锋' },
  });
  await drive('POST /campaigns/{year}/open', { token, params: byYear });
  await drive('POST /campaigns/{year}/copy', { token, params: byYear, body: { year: year + 2 } });
  const byNext = { year: String(year + 2) };
  await drive('PATCH /campaigns/{year}', {
    token,
    params: byNext,
    body: { title: '学雷锋好榜样' },
  });
  await drive('POST /campaigns/{year}/open', { token, params: byNext });
  await drive('POST /campaigns/{year}/close', { token, params: byNext });
  const area = { kind: 'community', name: '丰收社区', parentId: 'hongqi' };
  await drive('PUT /areas/{id}', { token, params: { id: 'hongqi-07' }, body: area });
  const house = { kind: 'company', name: '机械厂', areaId: 'hongqi-07' };
  const { id: company } = await drive('POST /organisations', { token, body: house });
  await drive('PATCH /organisations/{id}', {
    token,
    params: { id: company },
    body: { name: '新机械厂' },
  });
  await drive(
    'PUT /organisations/{id}/contact',
    { token, params: { id: company }, body: { name: otherName, phone: otherPhone } },
    true,
  );

  const registration = { areaId: 'hongqi-01', consentVersion: '1', person };
  const { id: own } = await drive('POST /volunteers', { token: lei, body: registration });
  expect(own).toBe(volunteerIdOf('local', 'lei'));
  const byOwn = { id: own };
  const registered = await must('POST /volunteers', { token: organiser, body: registration }, true);
  markers.confirmationCode = registered.confirmationCode;
  const byFeng = { id: registered.id as string };
  const yes = { code: registered.confirmationCode, consentVersion: '1' };
  await must('POST /volunteers/{id}/confirm', { token: feng, params: byFeng, body: yes });
  const sheet = `姓名,手机号,居住区域\n${markers.imported},${markers.importedPhone},hongqi-01\n坏${markers.imported},123,hongqi-01\n`;
  const take = (dryRun: string) =>
    must('POST /volunteers/import', {
      token,
      query: { dryRun, consentVersion: '1' },
      body: sheet,
      headers: { 'content-type': 'text/csv' },
    });
  await take('true');
  const { id: taken } = await take('false');
  await drive('PATCH /volunteers/{id}', {
    token: lei,
    params: byOwn,
    body: { areaId: 'hongqi-02' },
  });
  await drive('PATCH /volunteers/{id}/person', {
    token: lei,
    params: byOwn,
    body: { phone: otherPhone },
  });
  await must('PATCH /volunteers/{id}/person', { token: lei, params: byOwn, body: { phone } });
  const consent = { purpose: 'publicity', version: '1' };
  await drive('POST /volunteers/{id}/consents', { token: lei, params: byOwn, body: consent });
  await drive('DELETE /volunteers/{id}/consents/{purpose}', {
    token: lei,
    params: { ...byOwn, purpose: 'publicity' },
  });
  const shown = {
    kind: 'doctor',
    number: markers.credential,
    holderName: name,
    issuedBy: '卫健委',
    evidence: 'original-seen',
  };
  const { credentials } = await drive('POST /volunteers/{id}/credentials', {
    token,
    params: byOwn,
    body: shown,
  });
  await drive('POST /volunteers/{id}/credentials/{credentialId}/revoke', {
    token,
    params: { ...byOwn, credentialId: credentials[0].id },
    body: { reason: '注销' },
  });
  const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await drive('PUT /volunteers/{id}/access-approvals/{readerId}', {
    token,
    params: { ...byOwn, readerId: 'o1' },
    body: { until },
  });

  const plan = {
    title: '清洁家园',
    content: '清扫',
    theme: 'CIVILIZED_COMMUNITY',
    areaId: 'hongqi-01',
    organisationId: ours,
    startsOn: day,
    endsOn: nextDay,
    risk: { level: 'high', notice: '无', insurance: '意外险' },
  };
  const { id: activity } = await drive('POST /activities', { token: organiser, body: plan });
  const byActivity = { id: activity };
  await drive('PATCH /activities/{id}', {
    token: organiser,
    params: byActivity,
    body: { title: '大扫除' },
  });
  const { id: cancelled } = await must('POST /activities', { token: organiser, body: plan });
  await drive('POST /activities/{id}/cancel', {
    token: organiser,
    params: { id: cancelled },
    body: { reason: '雨' },
  });
  const line = (of: object) => ({ attendedMinutes: 90, origin: 'leader-roll', ...of });
  const enterRoute = 'POST /activities/{id}/sheets/{date}/entries';
  const roll = (date: string, entries: readonly object[]) => ({
    token: organiser,
    params: { ...byActivity, date },
    body: { entries },
  });
  const { id: first } = await drive(enterRoute, roll(day, [line({ volunteerId: own })]));
  // Two records of the district have the numbers, so that nobody is meant, also where one of them is.
  const named = [{ phone }, { idNumber }, { volunteerId: own }, { volunteerId: byFeng.id }];
  const many = roll(day, named.map(line));
  const tried = [await tryOut(enterRoute, { ...many, token }), await tryOut(enterRoute, many)];
  const refusals = tried.map(({ status, body }) => [
    status,
    ...body.errors.map(({ code }: { code: string }) => code),
  ]);
  const onSheet = 'already-on-sheet';
  const ofNamed = ['nobody-with-number', 'nobody-with-number', onSheet];
  expect(refusals).toEqual([
    [422, ...ofNamed],
    [422, ...ofNamed],
  ]);
  const some = { ...many, body: { ...many.body, atomic: false } };
  const { entries, refused } = await must(enterRoute, some);
  expect(entries).toMatchObject([{ volunteerId: byFeng.id }]);
  expect(refused.map(({ code }: { code: string }) => code)).toEqual(ofNamed);
  const { id: second } = await must(enterRoute, roll(nextDay, [line({ volunteerId: own })]));
  const bySheet = { id: first };
  await drive('POST /sheets/{id}/verify', {
    token: verifier,
    params: bySheet,
    body: { entries: { allBut: [byFeng.id] } },
  });
  await drive('POST /sheets/{id}/object', {
    token: lei,
    params: bySheet,
    body: { entries: 'all', reason: '不是我' },
  });
  await drive('POST /sheets/{id}/correct', {
    token: organiser,
    params: bySheet,
    body: { entries: [{ volunteerId: own, creditedMinutes: 30 }], reason: '更正' },
  });
  await drive('POST /sheets/{id}/void', {
    token: organiser,
    params: bySheet,
    body: { entries: [own], reason: '重复' },
  });
  await must('POST /sheets/{id}/verify', {
    token: verifier,
    params: bySheet,
    body: { entries: 'all' },
  });
  await drive('POST /sheets/{id}/reject', {
    token: verifier,
    params: { id: second },
    body: { entries: [own], reason: '不符' },
  });
  // What was verified is certified, once the Views have it.
  await running.untilIdle();
  const days = { issuerId: ours, from: day, until: day };
  const applying = { token: organiser, params: byFeng, body: days };
  const onCertificate = (id: string, body?: unknown): Given => ({
    ...{ token: organiser, params: { id } },
    ...(body === undefined ? {} : { body }),
  });
  const { id: withdrawn } = await drive('POST /volunteers/{id}/certificates', applying);
  await drive('POST /certificates/{id}/withdraw', { ...onCertificate(withdrawn), token: feng });
  const { id: declined } = await must('POST /volunteers/{id}/certificates', applying);
  const notIssued = onCertificate(declined, { reason: '时段有误' });
  await drive('POST /certificates/{id}/decline', notIssued);
  const { id: certificate } = await must('POST /volunteers/{id}/certificates', applying);
  await drive('POST /certificates/{id}/issue', onCertificate(certificate));
  const sealed = onCertificate(certificate, '%PDF-1.7\n%%EOF\n');
  await drive('PUT /certificates/{id}/sealed-file', sealed);
  const reading = { ...onCertificate(certificate), query: { reason: 'certificate' } };
  await must('GET /certificates/{id}/document', reading, true);
  await must('GET /certificates/{id}/sealed-file', reading);
  const { id: reissued, number } = await drive(
    'POST /certificates/{id}/reissue',
    onCertificate(certificate),
  );
  await must('GET /certificates/{number}', { params: { number } });
  const list = `${new Date().getFullYear()}-1`;
  await must('GET /credentials/status/{list}', { params: { list } });
  await drive('POST /certificates/{id}/revoke', onCertificate(reissued, { reason: '出具有误' }));
  await honour(byFeng, { organiser, verifier, token, plan });
  const reported = { token: organiser, params: byActivity, body: { outputs: {} } };
  await drive('POST /activities/{id}/complete', reported);
  await drive('POST /activities/{id}/reject', {
    token: verifier,
    params: byActivity,
    body: { reason: '没有填报成果' },
  });
  await must('POST /activities/{id}/complete', reported);
  await drive('POST /activities/{id}/correct', {
    token: organiser,
    params: byActivity,
    body: { outputs: { healthHandbooks: 5 }, reason: '漏报' },
  });
  await drive('POST /activities/{id}/verify', { token: verifier, params: byActivity });

  const by = { organisationId: ours, date: day };
  const blocks = {
    trainings: { ...by, name: '急救', content: '心肺复苏', studyMinutes: 90 },
    commendations: { ...by, name: '优秀志愿者' },
    evaluations: { ...by, quality: 'good' },
  };
  for (const [block, body] of Object.entries(blocks)) {
    const { id: entryId } = await drive(`POST /volunteers/{id}/${block}`, {
      token: organiser,
      params: byOwn,
      body,
    });
    await drive(`POST /volunteers/{id}/${block}/{entryId}/void`, {
      token: organiser,
      params: { ...byOwn, entryId },
      body: { reason: '误记' },
    });
  }
  const team = { name: '义诊队', specialty: 'medical', areaId: 'hongqi-01', organisationId: ours };
  const { id: teamId } = await drive('POST /teams', { token: organiser, body: team });
  await drive('PATCH /teams/{id}', {
    token: organiser,
    params: { id: teamId },
    body: { name: '白衣队' },
  });
  await drive('POST /teams/{id}/members', {
    token: organiser,
    params: { id: teamId },
    body: { volunteerId: own },
  });
  await must('POST /teams/{id}/members', { token: lei, params: { id: teamId } });
  await drive('DELETE /teams/{id}/members/{volunteerId}', {
    token: lei,
    params: { id: teamId, volunteerId: own },
    body: {},
  });
  await drive('POST /teams/{id}/dissolve', {
    token: organiser,
    params: { id: teamId },
    body: { reason: '调整' },
  });
  await running.untilIdle();

  for (const known of [{ phone }, { idNumber }, { name, areaId: 'hongqi-01' }])
    await drive('POST /volunteers/look-up', {
      token: organiser,
      body: { ...known, reason: 'support' },
    });

  // To whom it may be told: otherwise finding nothing would mean nothing.
  for (const place of ['person', 'record', 'export'])
    await must(`GET /volunteers/{id}/${place}`, { token: lei, params: byOwn }, true);
  const reason = { reason: 'support' };
  await must('GET /volunteers/{id}/person', { token, params: byFeng, query: reason }, true);
  await must(
    'GET /organisations/{id}/contact',
    { token, params: { id: company }, query: reason },
    true,
  );
  const calendarOf = { token: lei, params: byOwn };
  const { path } = await must('POST /volunteers/{id}/calendar', calendarOf, true);
  const file: string = path.split('/').at(-1);
  // The calendar is read, and asked for with a secret that is none any more, before logs are searched.
  await must('GET /feeds/calendar/{file}', { params: { file } });
  markers.calendarSecret = file.slice(22, -'.ics'.length);
  const hookBody = {
    url: 'http://127.0.0.1:1/hook',
    description: '区数据平台',
    types: ['VolunteerDeactivated', 'notice.deactivated'],
    content: 'full',
  };
  const hook = await drive('POST /webhooks', { token, body: hookBody });
  const byHook = { id: hook.id };
  await drive('PATCH /webhooks/{id}', { token, params: byHook, body: { description: '市平台' } });
  await drive('POST /webhooks/{id}/rotate-secret', { token, params: byHook, body: {} });
  await drive('POST /webhooks/{id}/test', { token, params: byHook, body: {} });
  const since = '2020-01-01T00:00:00Z';
  await drive('POST /webhooks/{id}/recover', { token, params: byHook, body: { since } });
  const supplier = {
    description: '市志愿服务平台',
    areaIds: ['hongqi-01'],
    accepts: [{ type: 'cn.example.signin', as: 'hours', fields: null, expression: null }],
  };
  const partner = await drive('POST /inbound', { token, body: supplier }, true);
  markers.partnerSecret = partner.secret.slice('whsec_'.length);
  const byPartner = { partner: partner.id };
  const ofPartner = { token, params: byPartner };
  await drive('PATCH /inbound/{partner}', { ...ofPartner, body: { description: '省平台' } });
  await drive('POST /inbound/{partner}/rotate-secret', { ...ofPartner, body: {} });
  // A sender's ids may be made of numbers, and its events have fields that we do not know.
  const signin = (data: object) => ({
    ...{ specversion: '1.0', id: `${phone}-${idNumber}`, source: `/${phone}` },
    ...{ type: 'cn.example.signin', subject: name, data },
  });
  const given = { activityId: partner.id, serviceDate: day, phone, name, attendedMinutes: 60 };
  const event = signin(given);
  await must('POST /inbound/{partner}/try', { ...ofPartner, body: { event } }, true);
  const handedIn = JSON.stringify([
    event,
    signin({ [name]: phone }),
    signin({ ...given, idNumber }),
  ]);
  const signedAt = new Date();
  const batch = await must('POST /inbound/{partner}', {
    params: byPartner,
    body: handedIn,
    headers: {
      'webhook-id': phone,
      'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
      'webhook-signature': new Webhook(partner.secret).sign(phone, signedAt, handedIn),
    },
  });
  const byBatch = { ...byPartner, id: batch.id };
  await must('GET /inbound/{partner}', ofPartner);
  await must('GET /inbound/{partner}/batches', ofPartner);
  await must('GET /inbound/{partner}/batches/{id}', { token, params: byBatch });
  const text = '2026年学雷锋志愿服务活动方案\n一、邻里守望\n时间：3月5日\n责任单位：新华社区\n';
  await must('POST /plans', { token, body: { text } });
  await drive('PUT /reports/{year}/texts/{part}', {
    token,
    params: { ...byYear, part: 'problems' },
    body: { text: '个别月份活动偏少' },
  });
  // What comes later, such as the merge, restates them.
  const months = Array.from(
    { length: 12 },
    (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`,
  );
  for (const month of months)
    await drive('POST /months/{month}/close', {
      token,
      params: { month },
      body: { acceptOpen: true },
    });
  const isClosed = ({ status }: { readonly status: string }) => status !== 'closing';
  for (const month of months)
    await eventually(
      async () => await must('GET /months/{month}', { params: { month } }),
      isClosed,
    );
  await drive('POST /years/{year}/close', { token, params: byYear, body: {} });
  await eventually(async () => await must('GET /years/{year}', { params: byYear }), isClosed);
  const byStory = { id: await tellStory(organiser, verifier) };
  const byNumber = { number: await complain() };
  const ofComplaint = { token, params: byNumber };
  await drive('POST /complaints/{number}/take', ofComplaint);
  await drive('POST /complaints/{number}/answer', { ...ofComplaint, body: { text: '已核实。' } });
  await drive('POST /complaints/{number}/close', ofComplaint);
  await must('GET /complaints/{number}', { ...ofComplaint, query: { reason: 'support' } }, true);
  const ids: Parts = {
    stories: byStory.id,
    'story-drafts': byStory.id,
    webhooks: hook.id,
    activities: activity,
    sheets: first,
    teams: teamId,
    organisations: ours,
    areas: 'hongqi-01',
    imports: taken,
  };
  const queries: Readonly<Record<string, Parts>> = {
    '/lines': { metric: 'creditedMinutes' },
    '/proofs': byYear,
    'GET /hours': { activityId: activity },
    'GET /volunteers': { areaId: 'hongqi-01' },
  };
  for (const { key } of routes.filter((each) => !isCommand(each) && !done.has(each.key))) {
    const [, of = ''] = key.split('/');
    const isOwn = key.startsWith('GET /volunteers/{id}');
    const [, query = {}] = Object.entries(queries).find(([end]) => key.endsWith(end)) ?? [];
    await must(key, {
      token: isOwn ? lei : token,
      params: { ...byYear, month: day.slice(0, 7), ...byNumber, id: isOwn ? own : (ids[of] ?? '') },
      query,
    });
  }
  for (const nobody of Object.values(tokens)) {
    await tryOut('GET /sheets/{id}', { token: nobody, params: bySheet });
    await tryOut('GET /activities/{id}/sheets', { token: nobody, params: byActivity });
    await tryOut('GET /hours', { token: nobody, query: { activityId: activity } });
  }
  for (const place of ['person', 'record', 'export'])
    for (const [who, nobody] of Object.entries(tokens)) {
      if (who === 'lei') continue;
      await tryOut(`GET /volunteers/{id}/${place}`, { token: nobody, params: byOwn });
    }

  await drive('POST /volunteers/{id}/deactivate', {
    token: lei,
    params: byOwn,
    body: { reason: '迁出' },
  });
  await drive('POST /volunteers/{id}/reactivate', { token: lei, params: byOwn });
  const merging = { token, params: byFeng, body: { intoId: own, reason: '同一人' } };
  await drive('POST /volunteers/{id}/merge', merging);
  await drive('POST /volunteers/{id}/unmerge', {
    token,
    params: byFeng,
    body: { reason: '不是同一人' },
  });
  await must('POST /volunteers/{id}/merge', merging);
  await drive('POST /volunteers/{id}/accept-merge', {
    token: lei,
    params: byOwn,
    body: { fromId: byFeng.id },
  });
  // Now the numbers lead to one person in the district, too.
  const { id: later } = await must('POST /activities', { token: organiser, body: plan });
  for (const [date, number] of [
    [day, { phone }],
    [nextDay, { idNumber }],
  ] as const)
    await must(enterRoute, {
      token,
      params: { id: later, date },
      body: { entries: [line(number)] },
    });
  const deliveriesOf = { token, params: byHook };
  const listed = await eventually(
    async () => (await must('GET /webhooks/{id}/deliveries', deliveriesOf)).items,
    (items: readonly { id: string }[]) => items.length > 0,
  );
  await drive('POST /webhooks/{id}/deliveries/{deliveryId}/resend', {
    token,
    params: { ...byHook, deliveryId: listed[0]?.id ?? '' },
    body: {},
  });
  await drive('DELETE /webhooks/{id}', deliveriesOf);
  await drive('DELETE /inbound/{partner}', ofPartner);
  await drive('DELETE /volunteers/{id}/calendar', calendarOf);
  expect((await tryOut('GET /feeds/calendar/{file}', { params: { file } })).status).toBe(404);
  await must('DELETE /volunteers/{id}', { token: feng, params: byFeng });
  await running.untilIdle();
  await drive('DELETE /volunteers/{id}', { token: lei, params: byOwn });
  await running.untilIdle();

  expect(routes.map(({ key }) => key).filter((key) => !done.has(key))).toEqual([]);
});

test('and marked values in all the wrong places', async () => {
  const ascii = [phone, idNumber];
  const path = (value: string) =>
    ({
      id: value,
      date: value,
      year: value,
      month: value,
      purpose: value,
      credentialId: value,
      entryId: value,
      file: value,
      number: value,
      readerId: value,
      volunteerId: value,
      list: value,
    }) as Parts;
  for (const { key, file } of routes)
    for (const token of [tokens.admin, undefined]) {
      const given: Given = token ? { token } : {};
      const body =
        key.startsWith('GET') || file
          ? {}
          : { body: { note: person, name: { ...person }, reason: [name] } };
      await tryOut(key, { ...given, ...body, params: path(volunteerIdOf('local', 'lei')) });
      await tryOut(key, {
        ...given,
        ...body,
        params: path(name),
        query: { q: name, reason: name, metric: name, cursor: name },
      });
      if (!key.startsWith('GET')) {
        await tryOut(key, {
          ...given,
          params: path(String(year)),
          body: `{"name": "${name}", ${phone}`,
        });
        const answer = await send(key, {
          ...given,
          body: `${name}\n${phone}`,
          headers: { 'content-type': 'text/plain' },
        });
        // Whoever hands in the text of a plan gets it back beside the draft. Nothing of it is kept.
        (key === 'POST /plans' ? told : others).push(answer);
      }
      for (const value of ascii)
        await tryOut(key, {
          ...given,
          key: value,
          query: { q: value },
          headers: {
            'x-correlation-id': value,
            'if-match': value,
            'accept-language': value,
            accept: value,
            'user-agent': value,
            'x-forwarded-for': value,
          },
        });
    }
  await running.untilIdle();
});

/** A value that is not of anybody, to know that the search finds what there is. */
const control = '对照标记乙丙丁';

test('nothing of it is found but in answers to whoever may read it', async () => {
  const base = new DynamoDBClient({
    endpoint: running.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { TableNames = [] } = await base.send(new ListTablesCommand({}));
  const tables = await inTables(running.endpoint);
  expect(TableNames.every((table) => tables.some(({ where }) => where.startsWith(table)))).toBe(
    true,
  );
  await base.send(
    new PutItemCommand({
      TableName: TableNames.find((table) => table.includes('Views')),
      Item: { pk: { S: 'control' }, sk: { S: control } },
    }),
  );
  base.destroy();
  // Every command of every slice went through: each function has the permissions it needs.
  expect(await running.denied()).toEqual([]);
  await running.kill();
  const files = await inFolder(dataDir);
  const findControl = createFinder({ control });
  expect(files.some(({ what }) => findControl(what).length > 0)).toBe(true);
  expect(files.some(({ where }) => where.endsWith('.log'))).toBe(true);
  expect(files.some(({ where }) => where.includes('queues.sqlite'))).toBe(true);

  const find = createFinder(markers);
  const foundIn = (places: readonly Leftover[]) =>
    places.flatMap(({ where, what }) => find(what).map((marker) => `${marker} in ${where}`));
  expect(foundIn(tables)).toEqual([]);
  expect(foundIn(files)).toEqual([]);
  expect(foundIn([{ where: 'the terminal', what: running.said() }])).toEqual([]);
  const answers = others.map(({ asked, status, text }) => ({
    where: `${status} to ${asked}\n${text}`,
    what: text,
  }));
  expect(foundIn(answers)).toEqual([]);
  const readable = new Set(told.flatMap(({ text }) => find(text)));
  const hidden = ['imported', 'importedPhone'];
  expect(Object.keys(markers).filter((marker) => !readable.has(marker))).toEqual(hidden);
});

test.each([
  'plain',
  '13 871-640 295',
  Buffer.from(`x${phone}`).toString('base64'),
  Buffer.from(name).toString('base64url'),
  encodeURIComponent(name),
  `\\u6b27\\u9633\\u9690\\u771f`,
])('the search would find %s', (form) => {
  const find = createFinder({ name, phone });
  expect(find(`before ${form === 'plain' ? name : form} after`)).toHaveLength(1);
  expect(find('before and after')).toEqual([]);
});
