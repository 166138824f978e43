import '../../support/tables.ts';

import { beforeAll, describe, expect, test } from '@jest/globals';
import { volunteerIdOf } from '../../../functions/ledger/actor.ts';
import { isSampled } from '../../../functions/people/audit-sample.ts';
import type { Ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
  plan,
  register,
  verifierOf,
} from '../../support/town.ts';

type Token = Readonly<Record<string, string>>;

let town: Awaited<ReturnType<typeof foundTown>>;
/** A record that staff began and its person confirmed with a token of their own. */
let linked: string;
const person = { sub: 'person', role: 'volunteer' };

beforeAll(async () => {
  await freshTables();
  town = await foundTown();
  const area = { kind: 'subdistrict', name: '新华街道', parentId: 'demo' };
  await must('organisations', {
    route: 'PUT /areas/{id}',
    params: { id: 'xinhua' },
    body: area,
    token: admin,
  });
  const { body } = await must('volunteers', {
    route: 'POST /volunteers',
    body: { areaId: 'hongqi', consentVersion: '1' },
    token: organiserOf(town.ours),
  });
  linked = body.id;
  await must('volunteers', {
    route: 'POST /volunteers/{id}/confirm',
    params: { id: linked },
    body: { code: body.confirmationCode, consentVersion: '1' },
    token: person,
  });
});

/** Each entry is on a sheet of an activity of its own. */
const publish = async (more: object = {}): Promise<string> =>
  (
    await must('activities', {
      route: 'POST /activities',
      body: { ...plan, organisationId: town.ours, ...more },
      token: admin,
    })
  ).body.id;
const log = (
  token: Token,
  { activityId = town.activityId, ...more }: { activityId?: string; [field: string]: unknown } = {},
): Ask => ({
  route: 'POST /activities/{id}/sheets/{date}/entries',
  params: { id: activityId, date: '2025-10-18' },
  body: {
    entries: [{ volunteerId: linked, attendedMinutes: 120, origin: 'leader-roll', ...more }],
  },
  token,
});
const entry = async (more: object = {}): Promise<string> =>
  (
    await must(
      'participation',
      log(organiserOf(town.ours), { activityId: await publish(), ...more }),
    )
  ).body.id;
const on = (action: string, id: string, token: Token, body?: object): Ask => ({
  route: `POST /sheets/{id}/${action}`,
  params: { id },
  token,
  body: { entries: 'all', ...body },
});
const read = (id: string, token: Token): Ask => ({
  route: 'GET /sheets/{id}',
  params: { id },
  token,
});
const list = (query: Record<string, string>, token: Token): Ask => ({
  route: 'GET /hours',
  query,
  token,
});
const refusal = async (request: Ask): Promise<string> => {
  const { status, body } = await may('participation', request);
  return `${status} ${body.type?.replace('urn:leifeng:problem:', '')}`;
};
const reason = { reason: '不符' };

describe('a record that staff began is its person’s', () => {
  test('who declares, reads, lists and objects', async () => {
    const { body } = await must('participation', log(person, { origin: 'self-declared' }));
    await must('participation', read(body.id, person));
    await must('participation', list({ volunteerId: linked }, person));
    await must('participation', on('object', body.id, person, reason));
  });

  test.each([
    ['verify', undefined],
    ['reject', reason],
  ])('who does not %s its hours, whatever their role', async (action, body) => {
    const id = await entry();
    for (const token of [verifierOf(town.theirs, 'person'), organiserOf(town.ours, 'person')])
      expect(await refusal(on(action, id, token, body))).toBe('403 own-entry');
    await must('participation', on(action, id, verifierOf(town.theirs), body));
  });
});

test('lines of a merged record are listed with the other’s for staff, and for its person once they accept', async () => {
  const [from, into] = [await register('from'), await register('into')];
  const [ofFrom, ofInto] = [await entry({ volunteerId: from }), await entry({ volunteerId: into })];
  await must('volunteers', {
    route: 'POST /volunteers/{id}/merge',
    params: { id: from },
    body: { intoId: into, reason: '同一人两次注册' },
    token: admin,
  });
  await deliver((await ledger()).filter(({ aggregate }) => aggregate.type !== 'volunteer'));
  const listed = async (volunteerId: string, token: Token): Promise<string[]> => {
    const { body } = await must('participation', list({ volunteerId }, token));
    return body.items.map(({ sheetId }: { sheetId: string }) => sheetId).sort();
  };
  const both = [ofFrom, ofInto].sort();
  const [hers, his] = [
    { sub: 'from', role: 'volunteer' },
    { sub: 'into', role: 'volunteer' },
  ];
  expect(await listed(into, admin)).toEqual(both);
  expect(await listed(into, his)).toEqual([ofInto]);
  expect(await listed(from, hers)).toEqual([ofFrom]);
  await must('volunteers', {
    route: 'POST /volunteers/{id}/accept-merge',
    params: { id: into },
    body: { fromId: from },
    token: his,
  });
  expect(await listed(into, his)).toEqual(both);
});

describe('an organiser', () => {
  const inXinhua = () => ({ ...organiserOf(town.ours, 'o-2'), area: 'xinhua' });

  const less = { entries: [] as object[], ...reason };
  beforeAll(() => {
    less.entries.push({ volunteerId: linked, creditedMinutes: 60 });
  });

  test('whose token names other areas enters, corrects, voids and verifies nothing here', async () => {
    const id = await entry();
    for (const request of [
      log(inXinhua()),
      on('correct', id, inXinhua(), less),
      on('void', id, inXinhua(), reason),
      on('verify', id, inXinhua()),
    ])
      expect(await refusal(request)).toBe('403 forbidden');
    const inDistrict = { ...inXinhua(), area: 'demo' };
    await must('participation', on('verify', id, inDistrict));
  });

  test('corrects what their organisation did where the district had it work', async () => {
    const id = await entry({ activityId: await publish({ areaId: 'xinhua' }) });
    await must('participation', on('correct', id, organiserOf(town.ours), less));
  });

  test('reads what is of their organisation or near, and nothing else', async () => {
    const id = await entry();
    const queries: Record<string, string>[] = [
      { volunteerId: linked },
      { activityId: town.activityId },
      { activityId: town.activityId, volunteerId: linked },
    ];
    // Of the organisation; of the area; of both; of neither.
    const ours = { ...organiserOf(town.ours), area: 'xinhua' };
    const here = organiserOf(town.theirs);
    const stranger = { ...organiserOf(town.theirs), area: 'xinhua' };
    for (const request of [ours, here].map((token) => read(id, token)))
      await must('participation', request);
    for (const query of queries) await must('participation', list(query, here));
    await must('participation', list({ activityId: town.activityId }, ours));
    expect(await refusal(list({ volunteerId: linked }, ours))).toBe('403 forbidden');
    expect(await refusal(read(id, stranger))).toBe('403 forbidden');
    for (const query of queries) expect(await refusal(list(query, stranger))).toBe('403 forbidden');
  });
});

describe('an auditor', () => {
  const auditor = { sub: 'a', role: 'auditor' };
  const registered = async (sampled: boolean): Promise<string> => {
    const subs = Array.from({ length: 500 }, (_, n) => `v-${n}`);
    const are = await Promise.all(
      subs.map((each) => isSampled(volunteerIdOf('test', each), '2025')),
    );
    const sub = subs[are.indexOf(sampled)];
    const { body } = await must('volunteers', {
      route: 'POST /volunteers',
      body: { areaId: 'hongqi', consentVersion: '1' },
      token: { sub: sub ?? '', role: 'volunteer' },
    });
    return body.id;
  };

  test('reads entries of sampled volunteers, one by one and listed', async () => {
    const volunteerId = await registered(true);
    await must('participation', read(await entry({ volunteerId }), auditor));
    await must('participation', list({ volunteerId }, auditor));
    const both = { volunteerId, activityId: town.activityId };
    await must('participation', list(both, auditor));
  });

  test('reads no others, nor who took part in an activity', async () => {
    const volunteerId = await registered(false);
    const id = await entry({ volunteerId });
    expect(await refusal(read(id, auditor))).toBe('403 not-in-sample');
    expect(await refusal(list({ volunteerId }, auditor))).toBe('403 not-in-sample');
    expect(await refusal(list({ activityId: town.activityId }, auditor))).toBe('403 forbidden');
  });
});
