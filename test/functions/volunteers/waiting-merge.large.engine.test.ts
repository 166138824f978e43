import '../../support/tables.ts';

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readEvent } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { handler as notices } from '../../../functions/notices/api.ts';
import { noticesOf } from '../../../functions/people/notice.ts';
import { openApi } from '../../../functions/reference/openapi.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { type Ask, ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  logHours,
  may,
  must,
  organiserOf,
  readVolunteer,
  verifierOf,
} from '../../support/town.ts';

type Slice = Parameters<typeof may>[0] | 'notices';
type Token = Readonly<Record<string, string>>;

let town: Awaited<ReturnType<typeof foundTown>>;
/** The record that goes, and its person's token; the one that stays, and its. */
let from: string;
let into: string;
const ofFrom = { sub: 'from', role: 'volunteer' };
const ofInto = { sub: 'into', role: 'volunteer' };
const stranger = { sub: 'stranger', role: 'volunteer' };

const registerOneself = async (token: Token, more: object = {}): Promise<string> => {
  const person = { name: token.sub, phone: '13800138000' };
  const body = { areaId: 'hongqi', consentVersion: '1', person, ...more };
  return (await must('volunteers', { route: 'POST /volunteers', body, token })).body.id;
};
const on = (route: string, id: string, token: Token, body?: object): Ask => ({
  route,
  params: { id },
  token,
  ...(body ? { body } : {}),
});
const merge = (id: string, intoId: string) =>
  must('volunteers', on('POST /volunteers/{id}/merge', id, admin, { intoId, reason: '同一人' }));
const accepting = (id: string, fromId: string, token: Token, more: object = {}): Ask =>
  on('POST /volunteers/{id}/accept-merge', id, token, { fromId, ...more });
const accept = (id: string, fromId: string, token: Token) =>
  must('volunteers', accepting(id, fromId, token));
const asked = (slice: Slice, request: Ask) =>
  slice === 'notices' ? ask(notices, request) : may(slice, request);
const outcome = async (slice: Slice, request: Ask): Promise<string> => {
  const { status, body } = await asked(slice, request);
  return status > 299 ? `${status} ${body.type?.replace('urn:leifeng:problem:', '')}` : 'allowed';
};
const read = readVolunteer;
const erase = (id: string, token: Token = admin) =>
  must('volunteers', on('DELETE /volunteers/{id}', id, token));
const log = (volunteerId: string, date?: string) => logHours(town, volunteerId, date);
const allItems = async (): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const TableName of [process.env.LEDGER_TABLE, process.env.PEOPLE_TABLE]) {
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }));
    found.push(...Items.map((item) => JSON.stringify(item)));
  }
  return found.sort();
};

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  [from, into] = [await registerOneself(ofFrom), await registerOneself(ofInto)];
});

const reason = { reason: '测试用例' };
/** What a volunteer's own token asks of a record, in an order in which all of it is possible. */
const personal: readonly [Slice, string, (id: string) => Omit<Ask, 'route' | 'token'>][] = [
  ['volunteers', 'GET /volunteers/{id}', () => ({})],
  ['volunteers', 'GET /volunteers/{id}/person', () => ({})],
  ['volunteers', 'GET /volunteers/{id}/access-log', () => ({})],
  ['notices', 'GET /volunteers/{id}/notices', () => ({})],
  ['calendars', 'POST /volunteers/{id}/calendar', () => ({})],
  ['calendars', 'DELETE /volunteers/{id}/calendar', () => ({})],
  ['records', 'GET /volunteers/{id}/record', () => ({})],
  ['records', 'GET /volunteers/{id}/proofs', () => ({ query: { year: '2025' } })],
  ['records', 'GET /volunteers/{id}/export', () => ({})],
  ['recognition', 'GET /volunteers/{id}/certificates', () => ({})],
  ['stars', 'GET /volunteers/{id}/stars', () => ({})],
  ['volunteers', 'PATCH /volunteers/{id}', () => ({ body: { tags: ['youth'] } })],
  ['volunteers', 'PATCH /volunteers/{id}/person', () => ({ body: { skills: ['理发'] } })],
  [
    'volunteers',
    'POST /volunteers/{id}/consents',
    () => ({ body: { purpose: 'publicity', version: '1' } }),
  ],
  [
    'volunteers',
    'DELETE /volunteers/{id}/consents/{purpose}',
    (id) => ({ params: { id, purpose: 'publicity' } }),
  ],
  ['volunteers', 'POST /volunteers/{id}/deactivate', () => ({ body: reason })],
  ['volunteers', 'POST /volunteers/{id}/reactivate', () => ({})],
  ['participation', 'GET /hours', (id) => ({ query: { volunteerId: id } })],
  [
    'participation',
    'POST /activities/{id}/sheets/{date}/entries',
    (id) => ({
      params: { id: town.activityId, date: '2025-10-18' },
      body: { entries: [{ volunteerId: id, attendedMinutes: 30, origin: 'self-declared' }] },
    }),
  ],
  ['volunteers', 'DELETE /volunteers/{id}', () => ({})],
];
/** What only staff ask, or what is arranged by itself; test/access has all of it for a waiting merge. */
const notOfAPerson = new Set([
  'POST /volunteers/{id}/confirm',
  'POST /volunteers/{id}/accept-merge',
  'POST /volunteers/{id}/certificates',
  'POST /volunteers/{id}/stars',
  'POST /volunteers/{id}/merge',
  'POST /volunteers/{id}/unmerge',
  'POST /volunteers/{id}/credentials',
  'POST /volunteers/{id}/credentials/{credentialId}/revoke',
  'PUT /volunteers/{id}/access-approvals/{readerId}',
  ...['trainings', 'commendations', 'evaluations'].flatMap((kind) => [
    `POST /volunteers/{id}/${kind}`,
    `POST /volunteers/{id}/${kind}/{entryId}/void`,
  ]),
]);
const request = ([, route, more]: (typeof personal)[number], id: string, token: Token): Ask => ({
  route,
  ...(route.includes('{id}') ? { params: { id } } : {}),
  ...more(id),
  token,
});

test('every route on a volunteer is in one of the two lists', () => {
  const routes = Object.entries(openApi().paths ?? {}).flatMap(([path, operations]) =>
    path.startsWith('/volunteers/{id}')
      ? Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`)
      : [],
  );
  const listed = [...personal.map(([, route]) => route), ...notOfAPerson];
  expect(routes.filter((route) => !listed.includes(route))).toEqual([]);
});

describe('until the person of the record that stays has accepted the merge', () => {
  beforeEach(() => merge(from, into));

  test.each(personal)('%s: by %s a token is a stranger’s at the other record', async (...row) => {
    const before = await allItems();
    for (const [id, token] of [
      [into, ofFrom],
      [from, ofInto],
    ] as const) {
      const of = (who: Token) => outcome(row[0], request(row, id, who));
      expect(await of(token)).toBe(await of(stranger));
      expect(await of(token)).toMatch(/^40[34] /);
    }
    expect(await allItems()).toEqual(before);
  });

  test('the other person cannot accept it for them, nor a stranger, nor staff', async () => {
    for (const token of [ofFrom, stranger, admin, { ...ofFrom, role: 'district-admin' }])
      expect(await outcome('volunteers', accepting(into, from, token))).toBe('403 forbidden');
    expect(await outcome('volunteers', accepting(from, from, ofFrom))).toBe(
      '409 illegal-transition',
    );
  });

  test('each reads their own record, what became of it, and what to do about it', async () => {
    const { body } = await must('volunteers', on('GET /volunteers/{id}', from, ofFrom));
    expect(body).toMatchObject({ status: 'merged', mergedInto: into });
    const person = await must('volunteers', on('GET /volunteers/{id}/person', from, ofFrom));
    expect(person.body.name).toBe('from');
    const told = (await ledger()).flatMap((event) => noticesOf(event).map(({ kind }) => kind));
    expect(told).toEqual(expect.arrayContaining(['merged', 'merge-to-accept']));
    expect((await must('volunteers', on('GET /volunteers/{id}', into, ofInto))).body).toMatchObject(
      {
        mergedFrom: [{ id: from, awaiting: from }],
      },
    );
  });

  test('in teams neither token speaks for the other record', async () => {
    const team = await must('teams', {
      route: 'POST /teams',
      body: {
        name: '义诊队',
        specialty: 'medical',
        areaId: 'hongqi',
        organisationId: town.ours,
        joining: 'open',
        leaderId: into,
      },
      token: admin,
    });
    const members = `${team.body.id}`;
    const joining = { route: 'POST /teams/{id}/members', params: { id: members } };
    for (const request of [
      { ...joining, body: { volunteerId: into }, token: ofFrom },
      { ...joining, body: { volunteerId: from }, token: stranger },
      { route: 'GET /teams/{id}/members', params: { id: members }, token: ofFrom },
    ])
      expect(await outcome('teams', request)).toMatch(/^40[34]/);
    await must('teams', { ...joining, token: ofInto });
    const leaving = {
      route: 'DELETE /teams/{id}/members/{volunteerId}',
      params: { id: members, volunteerId: into },
      token: ofFrom,
    };
    expect(await outcome('teams', leaving)).toMatch(/^40[34]/);
    expect(await outcome('teams', { ...joining, token: ofFrom })).toBe('409 volunteer-not-active');
  });

  test('erasing the one that stays leaves the other one’s data, and its person begins anew', async () => {
    await erase(into, ofInto);
    expect((await read(from)).status).toBe('merged');
    const person = on('GET /volunteers/{id}/person', from, ofFrom);
    expect((await must('volunteers', person)).body.name).toBe('from');
    const again = await registerOneself(ofFrom);
    expect([from, into]).not.toContain(again);
    await must('volunteers', on('GET /volunteers/{id}/person', again, ofFrom));
    await erase(from, ofFrom);
    await must('volunteers', on('GET /volunteers/{id}/person', again, ofFrom));
    await must('teams', { route: 'GET /teams', token: ofFrom });
  });

  test('while the one that stays is there, the other person registers no second record', async () => {
    const body = { areaId: 'hongqi', consentVersion: '1' };
    const registering = { route: 'POST /volunteers', body, token: ofFrom };
    expect(await outcome('volunteers', registering)).toBe('409 already-exists');
  });

  test('a record that was erased while it waited is not accepted, and its person begins anew', async () => {
    await erase(from, ofFrom);
    expect(await outcome('volunteers', accepting(into, from, ofInto))).toBe(
      '409 illegal-transition',
    );
    const again = await registerOneself(ofFrom);
    expect(again).not.toBe(from);
    expect(await outcome('volunteers', on('GET /volunteers/{id}', into, ofFrom))).toMatch(
      /^40[34]/,
    );
  });

  test('who was erased accepts nothing any more', async () => {
    await erase(into, ofInto);
    expect(await outcome('volunteers', accepting(into, from, ofInto))).toBe('403 forbidden');
  });

  test.each([1, 2, 3, 4])(
    'accepted and erased at once: one of the two happened first (%i)',
    async () => {
      const [accepted] = await Promise.all([
        outcome('volunteers', accepting(into, from, ofInto)),
        erase(from, ofFrom),
      ]);
      const entry = (await read(into)).mergedFrom[0];
      expect(entry.awaiting).toBe(accepted === 'allowed' ? null : from);
      expect((await read(from)).status).toBe('erased');
      const events = (await ledger()).filter(({ type }) => type === 'MergeAccepted');
      expect(events).toHaveLength(accepted === 'allowed' ? 2 : 0);
    },
  );
});

test.each([
  ['the one that stays', () => into, () => ofFrom],
  ['the one that goes', () => from, () => ofInto],
])(
  'lines of %s are not the other token’s to read, to object to or to verify',
  async (_, of, other) => {
    const sheet = await log(of());
    await merge(from, into);
    const reading = on('GET /sheets/{id}', sheet, other());
    expect(await outcome('participation', reading)).toMatch(/^40[34]/);
    for (const entries of ['all', [of()]]) {
      const objection = on('POST /sheets/{id}/object', sheet, other(), { entries, ...reason });
      expect(await outcome('participation', objection)).toMatch(/^40[34]/);
      const verifier = verifierOf(town.theirs, other().sub);
      const verifying = on('POST /sheets/{id}/verify', sheet, verifier, { entries });
      expect(await outcome('participation', verifying)).toBe('403 own-entry');
    }
  },
);

describe('when they have accepted it', () => {
  beforeEach(async () => {
    await merge(from, into);
    await accept(into, from, ofInto);
  });

  test('either token leads to the record that stays, in all it does', async () => {
    for (const row of personal)
      expect([row[1], await outcome(row[0], request(row, into, ofFrom))]).toEqual([
        row[1],
        'allowed',
      ]);
    expect((await read(from)).status).toBe('erased');
    const again = await registerOneself(ofFrom);
    expect([from, into]).not.toContain(again);
  });

  test('both records say so, and accepting again changes nothing', async () => {
    const { version } = await read(into);
    expect((await accept(into, from, ofInto)).body.version).toBe(version);
    const said = (await ledger()).flatMap((event) =>
      event.type === 'MergeAccepted' ? [[event.aggregate.id, event.data.fromId]] : [],
    );
    expect(said.sort()).toEqual(
      [
        [from, from],
        [into, from],
      ].sort(),
    );
    expect(await outcome('volunteers', on('GET /volunteers/{id}', into, stranger))).toMatch(
      /^40[34]/,
    );
  });

  test('the person has one record, also when the merged one was erased by itself', async () => {
    await erase(from, ofFrom);
    const body = { areaId: 'hongqi', consentVersion: '1' };
    const registering = { route: 'POST /volunteers', body, token: ofFrom };
    expect(await outcome('volunteers', registering)).toBe('409 already-exists');
    await must('volunteers', on('GET /volunteers/{id}/person', into, ofFrom));
  });
});

test('accepted twice at once, by different keys: one pair of events', async () => {
  await merge(from, into);
  await Promise.all([accept(into, from, ofInto), accept(into, from, ofInto)]);
  const said = (await ledger()).filter(({ type }) => type === 'MergeAccepted');
  expect(said).toHaveLength(2);
});

test('a record that nobody confirmed is merged without a yes, and goes with the other', async () => {
  const body = { areaId: 'hongqi', consentVersion: '1', person: { name: '小雷' } };
  const staff = { route: 'POST /volunteers', body, token: organiserOf(town.ours) };
  const { id } = (await must('volunteers', staff)).body;
  await merge(id, into);
  expect((await read(into)).mergedFrom).toEqual([{ id, awaiting: null }]);
  await must('volunteers', on('GET /volunteers/{id}/person', id, ofInto));
  await erase(into, ofInto);
  expect((await read(id)).status).toBe('erased');
});

test('a merged record that is erased alone leaves no link to it, and its token the other record', async () => {
  await merge(from, into);
  await accept(into, from, ofInto);
  await erase(from, ofFrom);
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: process.env.PEOPLE_TABLE }),
  );
  expect(Items.filter(({ volunteerId }) => volunteerId === from)).toEqual([]);
  await must('volunteers', on('GET /volunteers/{id}/person', into, ofFrom));
  await erase(into, ofFrom);
  for (const token of [ofFrom, ofInto]) await registerOneself(token);
});

test('in a chain each token gets as far as the yeses go', async () => {
  const end = town.volunteerId;
  const ofEnd = { sub: 'lei', role: 'volunteer' };
  const reaches = async (token: Token) =>
    Promise.all(
      [from, into, end].map(
        async (id) =>
          (await outcome('volunteers', on('GET /volunteers/{id}', id, token))) === 'allowed',
      ),
    );
  await merge(from, into);
  await merge(into, end);
  expect(await reaches(ofFrom)).toEqual([true, false, false]);
  expect(await reaches(ofInto)).toEqual([false, true, false]);
  expect(await reaches(ofEnd)).toEqual([false, false, true]);
  // The one in the middle cannot say yes any more: it was merged itself.
  expect(await outcome('volunteers', accepting(into, from, ofInto))).toBe('409 illegal-transition');
  await accept(end, into, ofEnd);
  expect(await reaches(ofFrom)).toEqual([true, false, false]);
  expect(await reaches(ofInto)).toEqual([false, true, true]);
  expect(await reaches(ofEnd)).toEqual([false, true, true]);
  await accept(end, from, ofInto);
  for (const token of [ofFrom, ofInto, ofEnd])
    expect(await reaches(token)).toEqual([true, true, true]);
  await erase(end, ofFrom);
  for (const id of [from, into, end]) expect((await read(id)).status).toBe('erased');
  for (const token of [ofFrom, ofInto, ofEnd]) await registerOneself(token);
});

test('a merge into the end of a chain is accepted with what was accepted in the middle', async () => {
  const end = town.volunteerId;
  await merge(from, into);
  await accept(into, from, ofInto);
  await merge(into, end);
  expect(await outcome('volunteers', on('GET /volunteers/{id}', end, ofFrom))).toMatch(/^40[34]/);
  await must('volunteers', on('GET /volunteers/{id}', into, ofFrom));
  await accept(end, into, { sub: 'lei', role: 'volunteer' });
  await must('volunteers', on('GET /volunteers/{id}/person', end, ofFrom));
});

test('merged both ways at once, one of them happened', async () => {
  const merging = (id: string, intoId: string) =>
    on('POST /volunteers/{id}/merge', id, admin, { intoId, reason: '同一人' });
  const outcomes = await Promise.all([
    outcome('volunteers', merging(from, into)),
    outcome('volunteers', merging(into, from)),
  ]);
  expect(outcomes.filter((each) => each === 'allowed')).toHaveLength(1);
  const statuses = [(await read(from)).status, (await read(into)).status];
  expect(statuses.sort()).toEqual(['active', 'merged']);
});

test('for a child the guardian says yes', async () => {
  const childToken = { sub: 'child', role: 'volunteer' };
  const child = await registerOneself(childToken, {
    person: {
      name: '小雷',
      birthDate: '2015-01-01',
      guardian: { name: '雷大', phone: '13900139000', relation: 'parent' },
    },
    guardianConsentVersion: '1',
  });
  await merge(from, child);
  expect(await outcome('volunteers', accepting(child, from, childToken))).toBe(
    '422 guardian-required',
  );
  await must('volunteers', accepting(child, from, childToken, { by: 'guardian' }));
});

test('while a merge waits each token reads the lines of its own record, and of both after it', async () => {
  const day = '2025-10-17';
  const sheets = [await log(from, day), await log(into)];
  await deliver(await ledger());
  const seen = (token: Token) =>
    Promise.all(
      sheets.map(async (sheet) => {
        const { status, body } = await may('participation', on('GET /sheets/{id}', sheet, token));
        return status > 299
          ? status
          : body.entries.map(({ volunteerId }: { volunteerId: string }) => volunteerId);
      }),
    );
  await merge(from, into);
  expect(await seen(ofFrom)).toEqual([[from], 403]);
  expect(await seen(ofInto)).toEqual([403, [into]]);
  await accept(into, from, ofInto);
  for (const token of [ofFrom, ofInto]) expect(await seen(token)).toEqual([[from], [into]]);
});

test('the hours of a merge that waits count for the record that stays, where staff read it, and once', async () => {
  await log(from, '2025-10-17');
  await log(into);
  await deliver(await ledger());
  await merge(from, into);
  const service = async (token: Token, query: Readonly<Record<string, string>> = {}) => {
    const reading = { ...on('GET /volunteers/{id}/record', into, token), query };
    const { totals, items } = (await must('records', reading)).body.service;
    const of = items.map(({ volunteerId }: { volunteerId: string }) => volunteerId);
    return [totals.pending.entries, of];
  };
  const certificate = { reason: 'certificate' };
  expect(await service(admin, certificate)).toEqual([2, [into, from]]);
  expect(await service(ofInto)).toEqual([1, [into]]);
  await accept(into, from, ofInto);
  for (const token of [ofFrom, ofInto]) expect(await service(token)).toEqual([2, [into, from]]);
  expect(await service(admin, certificate)).toEqual([2, [into, from]]);
});

test('a merge of before anybody was asked awaits the yes', () => {
  const event = exampleOf('DuplicateMerged');
  const old = {
    ...event,
    schemaVersion: 1,
    data: {
      ...event.data,
      volunteer: {
        ...(event.data as { volunteer: object }).volunteer,
        mergedFrom: [{ id: from, selfId: into }],
      },
    },
  };
  expect(readEvent(old).data).toMatchObject({
    volunteer: { mergedFrom: [{ id: from, selfId: into, awaiting: from }] },
  });
});
