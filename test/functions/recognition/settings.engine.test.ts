// In a district without a public address, which wants a notice before a certificate is issued.
import '../../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import { handler as keys } from '../../../functions/keys/api.ts';
import {
  change,
  documentOf,
  mayApply,
  november,
  project,
  serve,
  type Town,
  verified,
} from '../../support/certificates.ts';
import { testDistrict } from '../../support/district.ts';
import { ask } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, may, must } from '../../support/town.ts';

process.env.DISTRICT = JSON.stringify({
  ...JSON.parse(testDistrict),
  ...{ publicBaseUrl: null, certificates: { divisionCode: '110105', noticeDays: 7 } },
});

const dayMs = 86_400_000;
const noAddress = { type: 'urn:leifeng:problem:no-public-address', status: 404 };
let town: Town;
beforeAll(async () => {
  await freshTables();
  town = await foundTown();
  await must('volunteers', {
    route: 'PATCH /volunteers/{id}/person',
    params: { id: town.volunteerId },
    body: { name: '雷小锋' },
    token: admin,
  });
  await serve(town);
  await project();
});

test('a certificate is issued after its notice, and says what it has not', async () => {
  const { id } = (await mayApply(town)).body;
  expect((await change(id, 'issue')).body).toMatchObject({
    ...{ status: 'in-notice', noticeUntil: '2025-11-10', number: null },
  });
  expect((await change(id, 'issue', { at: november + 7 * dayMs })).body).toMatchObject({
    ...{ type: 'urn:leifeng:problem:notice-not-over', detail: expect.stringContaining('11-10') },
  });
  const done = await change(id, 'issue', { at: november + 8 * dayMs });
  expect(done.body).toMatchObject({ status: 'issued', issuedOn: '2025-11-11' });

  const { number } = done.body;
  const document = await documentOf(id);
  expect(document.body).toMatchObject({
    verifyUrl: null,
    notes: expect.arrayContaining([expect.stringContaining('无二维码和电子凭证')]),
  });
  const page = (await documentOf(id, { accept: 'text/html' })).body as string;
  expect(page).toContain('无二维码和电子凭证');
  expect(page).not.toContain('<svg');
  expect(page).toContain(document.body.code);
  const credential = await documentOf(id, { accept: 'application/vc+jwt' });
  expect(credential.body).toMatchObject(noAddress);
  const { body } = await verified(number, { code: document.body.code });
  expect(body).toMatchObject({ status: 'issued', minutes: 90 });
});

test('there is no DID and no status list, and the keys are there', async () => {
  const did = await ask(keys, { route: 'GET /.well-known/did.json' });
  expect(did.body).toMatchObject(noAddress);
  const list = await may('recognition', {
    route: 'GET /credentials/status/{list}',
    params: { list: '2025-1' },
  });
  expect(list.body).toMatchObject(noAddress);
  expect((await ask(keys, { route: 'GET /.well-known/jwks.json' })).body).toEqual({ keys: [] });
});
