import '../../support/tables.ts';

import { ScanCommand, type TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { volunteerIdOf } from '../../../functions/ledger/actor.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { NotYet } from '../../../functions/runtime/not-yet.ts';
import { findDuplicates } from '../../../functions/volunteers/find-duplicates.ts';
import { handler as peopleSubscriber } from '../../../functions/volunteers/people-subscriber.ts';
import { type Ask, ask as askOf } from '../../support/http-event.ts';
import { follow } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  defineArea,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const lei = { sub: 'lei', role: 'volunteer' };
const feng = { sub: 'feng', role: 'volunteer' };
const register: Ask = {
  route: 'POST /volunteers',
  body: { areaId: 'hongqi', consentVersion: '1' },
  token: feng,
};
const person = {
  name: '雷小锋',
  idDocument: { type: 'resident-id', number: '11010519491231002X' },
  phone: '138 0013 8000',
  skills: ['理发'],
};
const problem = (name: string) => `urn:leifeng:problem:${name}`;
const ask = (route: string, id: string, token: Ask['token'], more: Partial<Ask> = {}): Ask => {
  const { params, ...rest } = more;
  return { route, params: { id, ...params }, ...(token === undefined ? {} : { token }), ...rest };
};
const refusal = async (request: Ask): Promise<string> => {
  const { status, body } = await may('volunteers', request);
  expect(status).toBeGreaterThan(399);
  return body.type;
};

test('whoever registers themselves twice is one volunteer', async () => {
  const { body } = await must('volunteers', { ...register, key: 'a' });
  expect(body).toMatchObject({
    id: volunteerIdOf('test', 'feng'),
    registeredBy: 'self',
    status: 'active',
  });
  expect(body.confirmationCode).toBeUndefined();
  expect((await must('volunteers', { ...register, key: 'a' })).body).toEqual(body);
  const again = await may('volunteers', { ...register, key: 'b' });
  expect([again.status, again.body.type]).toEqual([409, problem('already-exists')]);
});

test('on 1 January by the clock of Shanghai', async () => {
  const at = Date.UTC(2025, 11, 31, 16);
  expect((await must('volunteers', { ...register, at })).body.registeredOn).toBe('2026-01-01');
});

test('a registration with personal data is four reads, and one transaction of three items', async () => {
  const body = { areaId: 'hongqi', consentVersion: '1', person };
  // The district's index key is read once by a container, not once by a registration.
  await must('volunteers', { ...register, body, token: { sub: 'first', role: 'volunteer' } });
  const send = jest.spyOn(dynamodb, 'send');
  await must('volunteers', { ...register, body });
  const asked = send.mock.calls.map(([command]) => command);
  send.mockRestore();
  expect(asked.map((command) => command.constructor.name)).toEqual([
    'QueryCommand', // whether they were registered before
    'GetCommand', // the link of their token
    'QueryCommand', // the record it leads to
    'QueryCommand', // the area
    'TransactWriteCommand',
  ]);
  expect((asked[4] as TransactWriteCommand).input.TransactItems).toHaveLength(3);
});

test('an organiser registers people where they work, and nowhere else', async () => {
  const area = { kind: 'subdistrict', name: '新华街道', parentId: 'demo' };
  await defineArea('xinhua', area);
  const elsewhere = { ...register, body: { areaId: 'xinhua', consentVersion: '1' } };
  const token = organiserOf(town.ours);
  expect(await refusal({ ...elsewhere, token })).toBe(problem('forbidden'));
  await must('volunteers', { ...elsewhere, token: { ...token, area: 'xinhua' } });
});

describe('registered by somebody else', () => {
  let id: string;
  let code: string;
  beforeEach(async () => {
    const { body } = await must('volunteers', {
      ...register,
      key: 'by-staff',
      token: organiserOf(town.ours),
    });
    id = body.id;
    code = body.confirmationCode;
    expect(body).toMatchObject({ registeredBy: 'organiser', status: 'pending', consents: [] });
  });
  const confirm = (token: Ask['token'], given = code, more: object = {}): Ask =>
    ask('POST /volunteers/{id}/confirm', id, token, {
      body: { code: given, consentVersion: '2', ...more },
    });

  test('the same request has the same answer, with the code', async () => {
    const token = organiserOf(town.ours);
    const { body } = await must('volunteers', { ...register, key: 'by-staff', token });
    expect([body.id, body.confirmationCode]).toEqual([id, code]);
  });

  test('nothing is logged for them before their yes', async () => {
    const entering = {
      route: 'POST /activities/{id}/sheets/{date}/entries',
      params: { id: town.activityId, date: '2025-10-17' },
      body: {
        entries: [
          { volunteerId: town.volunteerId, attendedMinutes: 60, origin: 'leader-roll' },
          { volunteerId: id, attendedMinutes: 60, origin: 'leader-roll' },
        ],
      },
      token: organiserOf(town.ours),
    };
    const { status, body } = await may('participation', entering);
    expect([status, body.type]).toEqual([409, problem('volunteer-not-active')]);
    // Nor anybody with them.
    expect((await ledger()).filter(({ aggregate }) => aggregate.type === 'sheet')).toEqual([]);
    await must('volunteers', confirm(feng));
    const { body: sheet } = await must('participation', entering);
    expect(sheet.entries.map(({ volunteerId }: { volunteerId: string }) => volunteerId)).toEqual([
      town.volunteerId,
      id,
    ]);
  });

  test('they confirm with the code, and the record is theirs', async () => {
    expect(await refusal(confirm(feng, 'WRONG'))).toBe(problem('wrong-confirmation-code'));
    const { body } = await must('volunteers', confirm(feng, code.toLowerCase()));
    expect(body).toMatchObject({ status: 'active', consentVersion: '2' });
    const read = await must('volunteers', ask('GET /volunteers/{id}', id, feng));
    expect(read.body.id).toBe(id);
    expect(await refusal(ask('GET /volunteers/{id}', id, { sub: 'x', role: 'volunteer' }))).toBe(
      problem('forbidden'),
    );
  });

  test('nobody confirms whom they registered, and nobody has two records', async () => {
    const both = { ...organiserOf(town.ours), role: ['organiser', 'volunteer'] };
    expect(await refusal(confirm(both))).toBe(problem('wrong-confirmation-code'));
    expect(await refusal(confirm(lei))).toBe(problem('already-exists'));
    await must('volunteers', confirm(feng));
    const second = await must('volunteers', { ...register, token: organiserOf(town.ours) });
    const again = ask('POST /volunteers/{id}/confirm', second.body.id, feng, {
      body: { code: second.body.confirmationCode, consentVersion: '1' },
    });
    expect(await refusal(again)).toBe(problem('already-exists'));
  });
});

const doctor = {
  kind: 'doctor',
  number: '110-CERT-77',
  holderName: '雷小锋',
  issuedBy: '区卫健委',
  evidence: 'original-seen',
  validUntil: '2026-12-31',
};

describe('personal data', () => {
  const registered = () =>
    must('volunteers', { ...register, body: { areaId: 'hongqi', consentVersion: '1', person } });

  test('are the person’s to read, and staff’s with a reason that is written down', async () => {
    const { body } = await registered();
    const read = (token: Ask['token'], reason?: string): Ask =>
      ask('GET /volunteers/{id}/person', body.id, token, reason ? { query: { reason } } : {});
    const own = await must('volunteers', read(feng));
    expect(own.body).toEqual({
      id: body.id,
      ...person,
      phone: '+8613800138000',
      birthDate: '1949-12-31',
      sex: 'female',
    });
    expect(await refusal(read(organiserOf(town.ours)))).toBe(problem('reason-required'));
    expect(await refusal(read({ sub: 'a', role: 'auditor' }, 'safety'))).toBe(problem('forbidden'));
    await must('volunteers', read(organiserOf(town.ours), 'safety'));
    const log = await must('volunteers', ask('GET /volunteers/{id}/access-log', body.id, feng));
    expect(log.body.items).toMatchObject([
      { actorId: 'organiser', role: 'organiser', reason: 'safety', what: 'person' },
    ]);
  });

  test('every reading is in the log, also those of one moment under one correlation id', async () => {
    const { body } = await registered();
    const read = (token: Ask['token']): Ask =>
      ask('GET /volunteers/{id}/person', body.id, token, {
        query: { reason: 'safety' },
        headers: { 'x-correlation-id': '0'.repeat(32) },
      });
    const readers = [admin, organiserOf(town.ours)].flatMap((token) =>
      Array.from({ length: 10 }, () => token),
    );
    await Promise.all(readers.map((token) => must('volunteers', read(token))));
    const log = await must(
      'volunteers',
      ask('GET /volunteers/{id}/access-log', body.id, feng, { query: { limit: '100' } }),
    );
    const actors = log.body.items.map(({ actorId }: { actorId: string }) => actorId);
    expect(actors.sort()).toEqual(readers.map(({ sub }) => sub).sort());
  });

  test('are nowhere but sealed', async () => {
    await registered();
    const tables = [process.env.LEDGER_TABLE, process.env.VIEWS_TABLE, process.env.PEOPLE_TABLE];
    for (const TableName of tables) {
      const { Items } = await dynamodb.send(new ScanCommand({ TableName }));
      const text = JSON.stringify(Items, (_, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      );
      for (const secret of ['雷小锋', '11010519491231002', '13800138000', '1949-12-31', '理发'])
        expect(text).not.toContain(secret);
    }
  });

  test('are corrected in part, and the event says which fields only', async () => {
    const { body } = await registered();
    const correct = ask('PATCH /volunteers/{id}/person', body.id, feng, {
      body: { phone: '139 0013 9000', skills: null },
    });
    await must('volunteers', correct);
    const own = await must('volunteers', ask('GET /volunteers/{id}/person', body.id, feng));
    expect(own.body).toMatchObject({ phone: '+8613900139000', name: '雷小锋' });
    expect(own.body.skills).toBeUndefined();
    const events = (await ledger()).filter(({ type }) => type === 'PersonalDataCorrected');
    expect(events.map(({ data }) => 'fields' in data && data.fields)).toEqual([
      ['phone', 'skills'],
    ]);
  });

  test.each([
    ['a wrong check digit', { idDocument: { type: 'resident-id', number: '110105194912310021' } }],
    [
      'a birth date that is not',
      { idDocument: { type: 'resident-id', number: '110105194902310024' } },
    ],
    ['a birth date to come', { birthDate: '2031-01-01' }],
    ['another birth date than the ID number’s', { ...person, birthDate: '1950-01-01' }],
    ['no phone number', { phone: '12345' }],
    [
      'a guardian who is the minor',
      {
        name: '小明',
        phone: '13800138000',
        guardian: { name: '小明', phone: '13800138000', relation: 'parent' },
      },
    ],
  ])('with %s nothing is written, and the message repeats nothing', async (_, given) => {
    const before = await ledger();
    const { status, body } = await may('volunteers', {
      ...register,
      body: { areaId: 'hongqi', consentVersion: '1', person: given },
    });
    expect([status, body.type]).toEqual([422, problem('invalid-value')]);
    for (const secret of ['1101051949', '13800138000', '12345', '小明'])
      expect(JSON.stringify(body)).not.toContain(secret);
    expect(await ledger()).toEqual(before);
  });

  test('of a minor are read by staff only with an approval', async () => {
    const child = { name: '小明', birthDate: '2010-05-03' };
    const { body } = await must('volunteers', {
      ...register,
      body: { areaId: 'hongqi', consentVersion: '1', person: child },
    });
    expect(body.ageGroup).toBe('under-18');
    const read = ask('GET /volunteers/{id}/person', body.id, organiserOf(town.ours), {
      query: { reason: 'safety' },
    });
    expect(await refusal(read)).toBe(problem('approval-required'));
    // Nor do they make an adult of the minor first.
    const correct = ask('PATCH /volunteers/{id}/person', body.id, organiserOf(town.ours), {
      body: { birthDate: null },
    });
    expect(await refusal(correct)).toBe(problem('approval-required'));
    const approve = (readerId: string, token = admin): Ask =>
      ask('PUT /volunteers/{id}/access-approvals/{readerId}', body.id, token, {
        params: { readerId },
        body: { until: '2025-10-31' },
      });
    expect(await refusal(approve('admin'))).toBe(problem('forbidden'));
    // Nor do they try names on the minor.
    const credential = (holderName: string): Ask =>
      ask('POST /volunteers/{id}/credentials', body.id, organiserOf(town.ours), {
        body: { ...doctor, holderName },
      });
    for (const name of ['小明', '小红'])
      expect(await refusal(credential(name))).toBe(problem('approval-required'));
    await must('volunteers', approve('organiser'));
    expect((await must('volunteers', read)).body.name).toBe('小明');
    expect(await refusal(credential('小红'))).toBe(problem('credential-of-another'));
    expect(await refusal({ ...read, at: Date.UTC(2025, 10, 1, 6) })).toBe(
      problem('approval-required'),
    );
    // Whoever was refused learnt that they are no adult yet.
    const log = ask('GET /volunteers/{id}/access-log', body.id, feng);
    const kinds = (await must('volunteers', log)).body.items.map(
      ({ reason, what }: Record<string, string>) => `${reason} ${what}`,
    );
    expect(kinds.sort()).toEqual([
      'credential-check age',
      'credential-check age',
      'credential-check name',
      'record-correction age',
      'safety age',
      'safety age',
      'safety person',
    ]);
  });

  test('of a child need a guardian’s consent', async () => {
    const child = { name: '小红', birthDate: '2015-05-03' };
    const body = { areaId: 'hongqi', consentVersion: '1', person: child };
    expect(await refusal({ ...register, body })).toBe(problem('guardian-required'));
    const guardian = { name: '母亲', phone: '13900139000', relation: 'parent' };
    const agreed = { ...body, person: { ...child, guardian }, guardianConsentVersion: 'g1' };
    expect((await must('volunteers', { ...register, body: agreed })).body.ageGroup).toBe(
      'under-14',
    );
  });
});

describe('credentials', () => {
  const add = (id: string, body: object, token: Ask['token'] = organiserOf(town.ours)): Ask =>
    ask('POST /volunteers/{id}/credentials', id, token, { body });

  test('are checked by somebody else, are the person’s, and have not ended', async () => {
    const { id } = (
      await must('volunteers', {
        ...register,
        body: { areaId: 'hongqi', consentVersion: '1', person },
      })
    ).body;
    expect(await refusal(add(id, { ...doctor, holderName: '别人' }))).toBe(
      problem('credential-of-another'),
    );
    expect(await refusal(add(id, { ...doctor, validUntil: '2025-10-17' }))).toBe(
      problem('credential-expired'),
    );
    // Only the name was compared, once.
    const log = await must('volunteers', ask('GET /volunteers/{id}/access-log', id, feng));
    expect(log.body.items).toMatchObject([
      { actorId: 'organiser', role: 'organiser', reason: 'credential-check', what: 'name' },
    ]);
    expect(await refusal(add(id, doctor, { ...feng, role: ['volunteer', 'organiser'] }))).toBe(
      problem('forbidden'),
    );
    const { body } = await must('volunteers', add(id, doctor));
    expect(body.credentials).toMatchObject([{ kind: 'doctor', checkedBy: 'organiser' }]);
    expect(JSON.stringify(await ledger())).not.toContain('110-CERT-77');
    const revoke = ask(
      'POST /volunteers/{id}/credentials/{credentialId}/revoke',
      id,
      organiserOf(town.ours),
      { params: { credentialId: body.credentials[0].id }, body: { reason: '注销' } },
    );
    expect((await must('volunteers', revoke)).body.credentials[0].revokedOn).toBe('2025-10-18');
  });
});

describe('erased', () => {
  test('what could name the person is gone at once, on request of them or the district', async () => {
    const { id } = (
      await must('volunteers', {
        ...register,
        body: { areaId: 'hongqi', consentVersion: '1', tags: ['youth'], person },
      })
    ).body;
    const erase = (token: Ask['token']): Ask => ask('DELETE /volunteers/{id}', id, token);
    expect(await refusal(erase(lei))).toBe(problem('forbidden'));
    expect(await refusal(erase(organiserOf(town.ours)))).toBe(problem('forbidden'));
    const { body } = await must('volunteers', erase(feng));
    expect(body).toMatchObject({ status: 'erased', tags: [], consents: [] });
    const { body: left } = await must(
      'volunteers',
      ask('GET /volunteers/{id}/person', id, admin, { query: { reason: 'support' } }),
    );
    expect(left).toEqual({ id });
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: process.env.PEOPLE_TABLE }));
    expect(Items?.filter(({ key, pk }) => key && pk !== 'keys')).toEqual([]);
    const again = await must('volunteers', { ...register, key: 'again' });
    expect(again.body).toMatchObject({ status: 'active' });
    expect(again.body.id).not.toBe(id);
  });

  test('whoever was erased comes back under a new record that staff begin', async () => {
    const { id } = (await must('volunteers', register)).body;
    await must('volunteers', ask('DELETE /volunteers/{id}', id, feng));
    const { body } = await must('volunteers', { ...register, token: organiserOf(town.ours) });
    const confirm = ask('POST /volunteers/{id}/confirm', body.id, feng, {
      body: { code: body.confirmationCode, consentVersion: '1' },
    });
    expect((await must('volunteers', confirm)).body.status).toBe('active');
    await must('volunteers', ask('GET /volunteers/{id}/person', body.id, feng));
  });
});

describe('possible duplicates', () => {
  test('are flagged on both sides, and nothing is merged', async () => {
    const of = async (sub: string, given: object) =>
      (
        await must('volunteers', {
          ...register,
          token: { sub, role: 'volunteer' },
          body: { areaId: 'hongqi', consentVersion: '1', person: given },
        })
      ).body.id as string;
    const first = await of('one', person);
    const second = await of('two', { phone: '+86 138-0013-8000' });
    await of('three', { phone: '13700137000' });
    for (const event of await ledger())
      if (event.type === 'VolunteerRegistered') for (const _ of [1, 2]) await findDuplicates(event);
    const state = async (id: string) =>
      (await must('volunteers', ask('GET /volunteers/{id}', id, admin))).body;
    expect(await state(first)).toMatchObject({
      possibleDuplicates: [second],
      status: 'active',
      version: 2,
    });
    expect(await state(second)).toMatchObject({ possibleDuplicates: [first], version: 2 });
  });

  test.each(['before', 'after'] as const)(
    'are settled with a record that goes %s its flags are followed',
    async (when) => {
      const of = async (sub: string): Promise<string> => {
        const body = { areaId: 'hongqi', consentVersion: '1', person: { phone: '13800138000' } };
        const token = { sub, role: 'volunteer' };
        return (await must('volunteers', { ...register, token, body })).body.id;
      };
      const settle = async () => {
        // Nothing new comes of a repeated event, so this ends when all that follows has followed.
        for (let before = -1; before < (await ledger()).length; ) {
          const events = await ledger();
          before = events.length;
          expect(await follow(peopleSubscriber, events)).toEqual([]);
        }
      };
      const flagsOf = async (id: string): Promise<readonly string[]> =>
        (await must('volunteers', ask('GET /volunteers/{id}', id, admin))).body.possibleDuplicates;
      const [one, erased, merged] = [await of('one'), await of('erased'), await of('merged')];
      const body = { areaId: 'hongqi', consentVersion: '1' };
      const into = (
        await must('volunteers', { ...register, body, token: { sub: 'into', role: 'volunteer' } })
      ).body.id;
      const go = async () => {
        await must('volunteers', ask('DELETE /volunteers/{id}', erased, admin));
        await must(
          'volunteers',
          ask('POST /volunteers/{id}/merge', merged, admin, {
            body: { intoId: into, reason: '同一人' },
          }),
        );
      };
      if (when === 'after') {
        await settle();
        expect([...(await flagsOf(one))].sort()).toEqual([erased, merged].sort());
      } else {
        // Flagged already, and nobody has looked at what follows from it.
        for (const event of await ledger())
          if (event.type === 'VolunteerRegistered') await findDuplicates(event);
      }
      await go();
      await settle();
      expect(await flagsOf(one)).toEqual([into]);
      expect(await flagsOf(into)).toEqual([one]);
    },
  );

  test('are not told to the person, who could try any number on their own record', async () => {
    const two = { sub: 'two', role: 'volunteer' };
    const registering = (token: Ask['token'], given: object): Ask => ({
      ...{ ...register, token },
      body: { areaId: 'hongqi', consentVersion: '1', person: given },
    });
    const { id: first } = (await must('volunteers', registering(feng, person))).body;
    const { id } = (await must('volunteers', registering(two, { phone: '13700137000' }))).body;
    await must(
      'volunteers',
      ask('PATCH /volunteers/{id}/person', id, two, { body: { phone: '13800138000' } }),
    );
    for (const event of await ledger())
      if (event.type === 'PersonalDataCorrected') await findDuplicates(event);
    const read = (token: Ask['token']) =>
      must('volunteers', ask('GET /volunteers/{id}', id, token));
    expect((await read(admin)).body.possibleDuplicates).toEqual([first]);
    expect((await read(two)).body.possibleDuplicates).toEqual([]);
    const revised = await must(
      'volunteers',
      ask('PATCH /volunteers/{id}', id, two, { body: { tags: ['youth'] } }),
    );
    expect(revised.body.possibleDuplicates).toEqual([]);
    const { handler } = await import('../../../functions/records/api.ts');
    const exported = await askOf(handler, ask('GET /volunteers/{id}/export', id, two));
    expect(exported.status).toBe(200);
    expect(JSON.stringify(exported.body)).not.toContain(first);
  });

  test('are looked for again while the index of numbers does not have the record itself', async () => {
    const token = { sub: 'one', role: 'volunteer' };
    const body = { areaId: 'hongqi', consentVersion: '1', person };
    await must('volunteers', { ...register, token, body });
    const event = (await ledger()).find(
      ({ type, actor }) => type === 'VolunteerRegistered' && actor.id === 'one',
    ) as DomainEvent<'VolunteerRegistered'>;
    const send = dynamodb.send.bind(dynamodb) as (sent: object) => Promise<unknown>;
    const behind = jest
      .spyOn(dynamodb as unknown as { send: typeof send }, 'send')
      .mockImplementation(async (sent) =>
        (sent as { input: { IndexName?: string } }).input.IndexName ? { Items: [] } : send(sent),
      );
    await expect(findDuplicates(event)).rejects.toThrow(NotYet);
    behind.mockRestore();
    await findDuplicates(event);
  });

  test('a record is merged by the district, not with itself, and once', async () => {
    const { id } = (await must('volunteers', register)).body;
    const merge = (intoId: string, token: Ask['token'] = admin): Ask =>
      ask('POST /volunteers/{id}/merge', id, token, { body: { intoId, reason: '同一人' } });
    expect(await refusal(merge(id))).toBe(problem('invalid-value'));
    expect(await refusal(merge(town.volunteerId, organiserOf(town.ours)))).toBe(
      problem('forbidden'),
    );
    const { body } = await must('volunteers', merge(town.volunteerId));
    expect(body).toMatchObject({ status: 'merged', mergedInto: town.volunteerId });
  });
});

test('an auditor opens the records of the sample only', async () => {
  const auditor = { sub: 'auditor', role: 'auditor' };
  const seen: string[] = [];
  for (let n = 0; n < 30; n += 1) {
    const token = { sub: `person-${n}`, role: 'volunteer' };
    const { id } = (await must('volunteers', { ...register, token })).body;
    const { status, body } = await may('volunteers', ask('GET /volunteers/{id}', id, auditor));
    if (status === 200) seen.push(id);
    else expect(body.type).toBe(problem('not-in-sample'));
  }
  expect(seen.length).toBeLessThan(15);
});
