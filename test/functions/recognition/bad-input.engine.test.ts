import '../../support/tables.ts';

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { dynamodb, scanItems } from '../../../functions/runtime/dynamodb.ts';
import {
  change,
  clerkOf,
  documentOf,
  issued,
  mayApply,
  november,
  person,
  project,
  serve,
  settle,
  type Town,
  verified,
  verifySheet,
} from '../../support/certificates.ts';
import { around } from '../../support/faults.ts';
import type { Answer } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, organiserOf, register } from '../../support/town.ts';

let town: Town;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const problem = ({ status, body }: Answer) => [status, String(body.type).split(':').at(-1)];
const wang = { sub: 'wang', role: 'volunteer' };
const onRecord = (id: string, route: string, body?: object) =>
  must('volunteers', { route, params: { id }, ...(body ? { body } : {}), token: admin });
const erase = (id: string) => onRecord(id, 'DELETE /volunteers/{id}');
const merge = (id: string, intoId: string) =>
  onRecord(id, 'POST /volunteers/{id}/merge', { intoId, reason: '同一人' });
const ofCertificates = async () =>
  (await ledger()).filter(({ type }) => type.startsWith('Certificate')).map(({ type }) => type);

describe('an application', () => {
  test('for the same or overlapping days is refused while the other is open', async () => {
    await serve(town);
    await serve(town, town.volunteerId, '2025-10-17');
    await project();
    const first = await mayApply(town, { from: '2025-10-18', until: '2025-10-31' });
    expect(problem(await mayApply(town))).toEqual([409, 'certificate-overlaps']);
    const { body } = await change(first.body.id, 'issue');
    expect(problem(await mayApply(town))).toEqual([409, 'certificate-overlaps']);
    expect((await mayApply(town)).body.detail).toContain(body.number);
    const before = await mayApply(town, { from: '2025-10-01', until: '2025-10-17' });
    expect(before.status).toBe(201);
    await change(before.body.id, 'withdraw', { token: person });
    await change(first.body.id, 'revoke', { body: { reason: '出具有误' } });
    expect((await mayApply(town)).status).toBe(201);
  });

  test('made twice at once is one, and by one key the same answer', async () => {
    await serve(town);
    await project();
    const both = await Promise.all([mayApply(town), mayApply(town)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const id = both.find(({ status }) => status === 201)?.body.id;
    await change(id, 'withdraw', { token: person });
    const same = await Promise.all([
      mayApply(town, { key: 'one' }),
      mayApply(town, { key: 'one' }),
    ]);
    expect(same.map(({ status, body }) => [status, body.id])).toEqual([
      [201, same[0].body.id],
      [201, same[0].body.id],
    ]);
  });

  test('of an erased or merged record, of others, of the future and for nothing is refused', async () => {
    const other = await register('wang');
    await serve(town);
    await serve(town, other, '2025-10-17');
    await project();
    const staff = { token: clerkOf(town.ours) };
    expect(problem(await mayApply(town, { token: wang }))).toEqual([403, 'forbidden']);
    expect(problem(await mayApply(town, { token: clerkOf(town.theirs) }))).toEqual([
      ...[403, 'forbidden'],
    ]);
    expect(problem(await mayApply(town, { until: '2025-11-04' }))).toEqual([422, 'invalid-value']);
    expect(problem(await mayApply(town, { from: '2025-11-01', until: '2025-11-02' }))).toEqual([
      ...[422, 'nothing-to-certify'],
    ]);
    expect(problem(await mayApply(town, { issuerId: town.theirs }))).toEqual([
      422,
      'nothing-to-certify',
    ]);
    await merge(other, town.volunteerId);
    const ofOther = { ...staff, volunteerId: other };
    expect(problem(await mayApply(town, ofOther))).toEqual([409, 'volunteer-not-active']);
    await erase(town.volunteerId);
    expect(problem(await mayApply(town, staff))).toEqual([409, 'volunteer-not-active']);
    expect(await ofCertificates()).toEqual([]);
  });
});

describe('issuing', () => {
  test('takes what is verified then, and counts nobody who was on duty or waits', async () => {
    const sheet = await serve(town);
    await project();
    const { id } = (await mayApply(town)).body;
    await must('participation', {
      route: 'POST /sheets/{id}/correct',
      params: { id: sheet },
      body: {
        entries: [{ volunteerId: town.volunteerId, attendedMinutes: 60, creditedMinutes: 60 }],
        reason: '扣除用餐时间',
      },
      token: organiserOf(town.ours),
    });
    expect(problem(await change(id, 'issue'))).toEqual([422, 'nothing-to-certify']);
    await verifySheet(town, sheet);
    const done = await change(id, 'issue');
    expect(done.body).toMatchObject({ minutes: 60, entryCount: 1 });
    await settle();
    expect((await verified(done.body.number)).body.status).toBe('issued');
  });

  test('to oneself is refused, also by the district', async () => {
    await serve(town);
    await project();
    const { id } = (await mayApply(town)).body;
    const self = { sub: 'lei', role: 'district-admin' };
    expect(problem(await change(id, 'issue', { token: self }))).toEqual([403, 'forbidden']);
    expect(problem(await change(id, 'withdraw', { token: wang }))).toEqual([403, 'forbidden']);
  });

  test('twice at once gives one number', async () => {
    await serve(town);
    await project();
    const { id } = (await mayApply(town)).body;
    const both = await Promise.all([change(id, 'issue'), change(id, 'issue')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await ofCertificates()).toEqual(
      expect.arrayContaining(['CertificateApplied', 'CertificateIssued']),
    );
    expect(await ofCertificates()).toHaveLength(2);
  });

  test('again gives another number, and the first says so', async () => {
    const sheet = await serve(town);
    await serve(town, town.volunteerId, '2025-10-17');
    await project();
    const first = await issued(town);
    await must('participation', {
      route: 'POST /sheets/{id}/void',
      params: { id: sheet },
      body: { entries: [town.volunteerId], reason: '重复' },
      token: admin,
    });
    await settle();
    const again = await change(first.id, 'reissue');
    expect(again).toMatchObject({
      status: 201,
      body: { status: 'issued', minutes: 90, entryCount: 1, predecessorId: first.id },
    });
    expect(again.body.number).not.toBe(first.number);
    expect((await documentOf(first.id)).body).toMatchObject({
      ...{ status: 'superseded', endedBy: 'entries', successorId: again.body.id },
    });
    expect(problem(await change(first.id, 'reissue'))).toEqual([409, 'illegal-transition']);
    expect(problem(await mayApply(town))).toEqual([409, 'certificate-overlaps']);
    await settle();
    expect((await verified(again.body.number)).body.status).toBe('issued');
    const register = await may('recognition', {
      route: 'GET /organisations/{id}/certificates',
      params: { id: town.ours },
      token: clerkOf(town.ours),
    });
    expect(register.body.items.map(({ number }: { number: string }) => number)).toEqual(
      [first.number, again.body.number].sort(),
    );
  });
});

describe('what changes meanwhile', () => {
  test('is found after the issue when its event came before', async () => {
    const sheet = await serve(town);
    await project();
    const { id } = (await mayApply(town)).body;
    // The first transaction assigns the digits of the unit; the void comes after everything was read for the
    // second, which issues the certificate.
    const faults = around('TransactWriteCommand', {
      before: async (call) => {
        if (call !== 2) return;
        await must('participation', {
          route: 'POST /sheets/{id}/void',
          params: { id: sheet },
          body: { entries: [town.volunteerId], reason: '重复' },
          token: admin,
        });
        await settle();
        expect(await ofCertificates()).toEqual(['CertificateApplied']);
      },
    });
    const done = await change(id, 'issue');
    faults.mockRestore();
    expect(done.body.status).toBe('issued');
    await settle();
    expect((await verified(done.body.number)).body.status).toBe('superseded');
  });

  test('by a merge and its undoing supersedes what rests on it', async () => {
    const other = await register('wang');
    await serve(town);
    await serve(town, other, '2025-10-17');
    await project();
    const ofOther = await issued(town, { volunteerId: other, token: wang });
    await settle();
    await merge(other, town.volunteerId);
    await settle();
    expect((await verified(ofOther.number)).body.status).toBe('superseded');
    await must('volunteers', {
      route: 'POST /volunteers/{id}/accept-merge',
      params: { id: town.volunteerId },
      body: { fromId: other },
      token: person,
    });
    await settle();
    const ofBoth = await issued(town);
    expect((await documentOf(ofBoth.id)).body).toMatchObject({ entryCount: 2, minutes: 180 });
    await settle();
    expect((await verified(ofBoth.number)).body.status).toBe('issued');
    await onRecord(other, 'POST /volunteers/{id}/unmerge', { reason: '不是同一人' });
    await settle();
    expect((await verified(ofBoth.number)).body.status).toBe('superseded');
  });
});

describe('what a certificate says of its person', () => {
  const rename = (body: object) =>
    onRecord(town.volunteerId, 'PATCH /volunteers/{id}/person', body);
  beforeEach(async () => {
    await serve(town);
    await project();
    await rename({ name: '雷小锋' });
    await settle();
  });

  test('supersedes it once it is corrected, and a new one is issued', async () => {
    const first = await issued(town);
    await settle();
    expect((await verified(first.number)).body.status).toBe('issued');
    await rename({ phone: '13800138000' });
    await settle();
    expect((await verified(first.number)).body.status).toBe('issued');
    await rename({ name: '雷大锋' });
    await settle();
    expect((await verified(first.number)).body.status).toBe('superseded');
    expect((await documentOf(first.id)).body.notes).toEqual([expect.stringContaining('已更正')]);
    expect((await change(first.id, 'reissue')).body.status).toBe('issued');
  });

  test('supersedes it when it was corrected while it was issued', async () => {
    const { id } = (await mayApply(town)).body;
    // The first transaction assigns the digits of the unit; the second issues.
    const faults = around('TransactWriteCommand', {
      before: async (call) => {
        if (call !== 2) return;
        await rename({ name: '雷大锋' });
        await settle();
      },
    });
    const done = await change(id, 'issue');
    faults.mockRestore();
    await settle();
    expect((await verified(done.body.number)).body.status).toBe('superseded');
  });
});

test('a certificate begins in the year of its first service', async () => {
  await serve(town);
  await project();
  const refused = await mayApply(town, { from: '0001-01-01' });
  expect(problem(refused)).toEqual([422, 'invalid-value']);
  expect(refused.body.detail).toContain('2025-01-01');
  expect((await mayApply(town, { from: '2025-01-01' })).status).toBe(201);
});

test('hours are certified once, though their activity gets another recording unit', async () => {
  await serve(town);
  await project();
  const { id } = await issued(town);
  await must('activities', {
    route: 'PATCH /activities/{id}',
    params: { id: town.activityId },
    body: { recordingUnitId: town.theirs },
    token: organiserOf(town.ours),
  });
  await project();
  const again = { issuerId: town.theirs };
  expect(problem(await mayApply(town, again))).toEqual([422, 'nothing-to-certify']);
  await change(id, 'revoke', { body: { reason: '记录单位已变更' } });
  expect((await mayApply(town, again)).status).toBe(201);
});

describe('a number', () => {
  test('of somebody who was erased says no more at once', async () => {
    await serve(town);
    await project();
    const { number, id } = await issued(town);
    const { code } = (await documentOf(id)).body;
    await erase(town.volunteerId);
    expect((await verified(number, { code })).body).toMatchObject({
      ...{ minutes: null, from: null },
    });
    await settle();
    expect((await verified(number, { code })).body.status).toBe('unavailable');
  });

  test('that was mistyped, is unknown, or has a wrong code is told so, at once and on the page', async () => {
    await serve(town);
    await project();
    const { number, id } = await issued(town);
    const digit = number.startsWith('9') ? '1' : '9';
    const mistyped = digit + number.slice(1);
    expect(problem(await verified(mistyped))).toEqual([422, 'certificate-number-mistyped']);
    const unknown = '110105-0001-2026-482913-81';
    expect(problem(await verified(unknown))).toEqual([404, 'certificate-unknown']);
    const { code } = (await documentOf(id)).body;
    const wrong = code.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A'));
    expect(problem(await verified(number, { code: wrong }))).toEqual([
      ...[403, 'certificate-code-wrong'],
    ]);
    const typed = await verified(number, { code: code.toLowerCase().replaceAll('-', ' ') });
    expect(typed.body.minutes).toBe(90);
    const page = async (query: Record<string, string>) =>
      (await may('recognition', { route: 'GET /verify', query, at: november })).body as string;
    expect(await page({ number: mistyped })).toContain('抄写或输入有误');
    expect(await page({ number: unknown })).toContain('从未出具过');
    expect(await page({ number, code: wrong })).toContain('查验码与该编号不符');
    const right = await page({ number, code });
    expect(right).toContain('1 时 30 分');
    expect(right).toContain('红旗社区居民委员会');
    expect((await verified(number, { accept: 'text/html' })).body).toContain('有效');
  });

  test('is told so many times an hour to one place, whatever is asked', async () => {
    const ask = () => verified('110105-0001-2026-482913-81');
    for (let asked = 0; asked < 120; asked += 20)
      await Promise.all(Array.from({ length: 20 }, ask));
    expect(problem(await ask())).toEqual([429, 'too-many-questions']);
    // Nothing was read for it, so nothing is counted.
    expect(problem(await verified('1'))).toEqual([422, 'certificate-number-mistyped']);
    const items: Record<string, unknown>[] = [];
    await scanItems({ TableName: process.env.PEOPLE_TABLE }, (item) => items.push(item));
    const counted = items.filter(({ pk }) => String(pk).startsWith('source#'));
    expect(counted.map(({ asked }) => asked).filter(Boolean)).toEqual([120]);
    for (const { expiresAt } of counted) expect(expiresAt).toBeGreaterThan(november / 1000);
  });
});

describe('the file with the seal', () => {
  const put = (id: string, body: Uint8Array, token = clerkOf(town.ours)) =>
    may('recognition', {
      route: 'PUT /certificates/{id}/sealed-file',
      params: { id },
      body,
      token,
      at: november,
      key: null,
    });
  const get = (id: string, token: Readonly<Record<string, unknown>> = person) =>
    may('recognition', { route: 'GET /certificates/{id}/sealed-file', params: { id }, token });
  const pdf = (bytes: number) =>
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes, '7'), Buffer.from('\n%%EOF\n')]);

  test('is kept in parts, handed out as it was, and gone with the person', async () => {
    await serve(town);
    await project();
    const { id, number } = await issued(town);
    expect(problem(await get(id))).toEqual([404, 'not-found']);
    expect(problem(await put(id, Buffer.from('MZ')))).toEqual([422, 'unreadable-file']);
    expect((await put(id, pdf(4 * 1024 * 1024))).status).toBe(413);
    expect(problem(await put(id, pdf(10)))).toEqual([409, 'certificate-names-nobody']);
    const name = { name: '雷小锋' };
    await onRecord(town.volunteerId, 'PATCH /volunteers/{id}/person', name);
    expect((await put(id, pdf(10))).status).toBe(200);
    const file = pdf(600_000);
    const done = await put(id, file);
    expect(done.body.sealedFile).toMatchObject({ bytes: file.length, on: '2025-11-03' });
    expect((await put(id, file)).body.version).toBe(done.body.version);
    const handed = await get(id);
    expect(handed.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${number}.pdf"`,
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.from(handed.body, 'base64').equals(file)).toBe(true);
    expect(problem(await get(id, admin))).toEqual([403, 'reason-required']);
    expect(problem(await get(id, wang))).toEqual([403, 'forbidden']);
    expect(problem(await put(id, file, { ...wang, organisation: '' }))).toEqual([403, 'forbidden']);
    await change(id, 'revoke', { body: { reason: '出具有误' } });
    expect(problem(await get(id))).toEqual([409, 'certificate-not-good']);
    const parts = async () => {
      const items: Record<string, unknown>[] = [];
      await scanItems({ TableName: process.env.PEOPLE_TABLE }, (item) => items.push(item));
      return items.filter(({ pk }) => String(pk).startsWith('sealed-file#'));
    };
    const kept = await parts();
    expect(kept).toHaveLength(3);
    await erase(town.volunteerId);
    expect((await get(id, admin)).status).toBe(403);
    await settle();
    expect(await parts()).toEqual([]);
    // Even from a backup it does not open any more.
    for (const item of kept)
      await dynamodb.send(new PutCommand({ TableName: process.env.PEOPLE_TABLE, Item: item }));
    const query = { reason: 'certificate' };
    const route = 'GET /certificates/{id}/sealed-file';
    const asked = await may('recognition', { route, params: { id }, query, token: admin });
    expect(problem(asked)).toEqual([404, 'not-found']);
  });
});
