import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  change,
  clerkOf,
  documentOf,
  issued,
  mayApply,
  project,
  serve,
  settle,
  type Town,
  verified,
} from '../../support/certificates.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must } from '../../support/town.ts';

let town: Town;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const givePerson = (id: string) =>
  must('volunteers', {
    route: 'PATCH /volunteers/{id}/person',
    params: { id },
    body: { name: '雷小锋', sex: 'male' },
    token: { sub: 'lei', role: 'volunteer' },
  });

describe('a certificate', () => {
  test('is applied for, issued, verified by its number, and revoked', async () => {
    await givePerson(town.volunteerId);
    await serve(town);
    await project();
    const applied = await mayApply(town);
    expect(applied).toMatchObject({ status: 201, body: { status: 'applied', number: null } });
    const { id } = applied.body;
    const done = await change(id, 'issue', { token: clerkOf(town.ours) });
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'issued', minutes: 90, entryCount: 1, issuedOn: '2025-11-03' },
    });
    const { number } = done.body;
    expect(number).toMatch(/^110105-\d{4}-2025-\d{6}-\d{2}$/);

    const shown = await verified(number);
    expect(shown).toMatchObject({
      status: 200,
      body: {
        number,
        ...{ status: 'issued', issuer: '红旗社区居民委员会', issuedOn: '2025-11-03' },
        ...{ from: null, until: null, minutes: null, hours: null },
      },
    });
    const document = await documentOf(id);
    expect(document.body).toMatchObject({
      person: { name: '雷小锋', sex: 'male', idDocument: null },
      services: [{ date: '2025-10-18', activity: '义诊', minutes: 90 }],
      code: expect.stringMatching(/^([2-9A-HJ-NP-Z]{5}-){5}[2-9A-HJ-NP-Z]$/),
    });
    expect(await verified(number, { code: document.body.code })).toMatchObject({
      status: 200,
      body: { from: '2025-10-01', until: '2025-10-31', minutes: 90, hours: '1.50' },
    });
    expect(JSON.stringify((await verified(number)).body)).not.toContain('雷');

    const reason = { reason: '出具有误' };
    expect((await change(id, 'revoke', { body: reason })).body).toMatchObject({
      ...{ status: 'revoked', endedBy: 'unit', reason: '出具有误' },
    });
    expect((await verified(number)).body).toMatchObject({ status: 'revoked' });
    expect((await change(id, 'issue')).body.type).toBe('urn:leifeng:problem:illegal-transition');
  });

  test('follows its entries and its person', async () => {
    const sheet = await serve(town);
    await project();
    const { number, id } = await issued(town);
    await settle();
    expect((await verified(number)).body.status).toBe('issued');
    await must('participation', {
      route: 'POST /sheets/{id}/void',
      params: { id: sheet },
      body: { entries: [town.volunteerId], reason: '重复' },
      token: admin,
    });
    await settle();
    expect((await verified(number)).body.status).toBe('superseded');
    await must('volunteers', {
      route: 'DELETE /volunteers/{id}',
      params: { id: town.volunteerId },
      token: admin,
    });
    await settle();
    expect((await verified(number)).body).toMatchObject({ status: 'unavailable' });
    const events = (await ledger()).filter(({ aggregate }) => aggregate.id === id);
    expect(events.map(({ type }) => type).sort()).toEqual([
      'CertificateApplied',
      'CertificateIssued',
      'CertificateRevoked',
      'CertificateSuperseded',
    ]);
  });

  test('of nothing is refused', async () => {
    expect((await mayApply(town)).body.type).toBe('urn:leifeng:problem:nothing-to-certify');
    expect(
      (await may('recognition', { route: 'GET /verify', headers: { accept: 'text/html' } })).status,
    ).toBe(200);
  });
});
