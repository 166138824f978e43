import '../../support/tables.ts';

import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { handler as keys } from '../../../functions/keys/api.ts';
import { handler as recognition } from '../../../functions/recognition/api.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import {
  change,
  documentOf,
  issued,
  november,
  period,
  project,
  serve,
  type Town,
} from '../../support/certificates.ts';
import { testDistrict } from '../../support/district.ts';
import { ask } from '../../support/http-event.ts';
import { residentIdOf } from '../../support/people.ts';
import { freshTables } from '../../support/tables.ts';
import { expanded, openedByDid, statusIn } from '../../support/third-parties.ts';
import { admin, foundTown, must } from '../../support/town.ts';

/** The public routes of the district, as the page of the docs reaches them. */
const server = createServer(async (request, response) => {
  const [, list] = /^\/credentials\/status\/([^/]+)$/.exec(request.url ?? '') ?? [];
  const answer = list
    ? await ask(recognition, {
        route: 'GET /credentials/status/{list}',
        params: { list },
        at: november,
      })
    : await ask(keys, { route: `GET ${request.url}`, at: november });
  const { body } = answer;
  response.writeHead(answer.status, { 'content-type': String(answer.headers['content-type']) });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
process.env.DISTRICT = JSON.stringify({ ...JSON.parse(testDistrict), publicBaseUrl: origin });
const did = `did:web:${encodeURIComponent(origin.slice('http://'.length))}`;

const vc = { accept: 'application/vc+jwt' };
const read = async (path: 'jwks' | 'did') =>
  (await ask(keys, { route: `GET /.well-known/${path}.json` })).body;
const statusList = async (list: string, at = november): Promise<string> =>
  (await ask(recognition, { route: 'GET /credentials/status/{list}', params: { list }, at })).body;

/** The program of the docs, on a file, in a process of its own. */
const program =
  /```js\n([\s\S]*?)```/.exec(readFileSync('docs/certificates.md', 'utf8'))?.[1] ?? '';
const runProgram = (jwt: string): Promise<string> => {
  const file = join(mkdtempSync(join(tmpdir(), 'leifeng-vc-')), 'certificate.jwt');
  writeFileSync(file, jwt);
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ['--input-type=module', '-', file, origin],
      (error, stdout) => (error ? reject(error) : resolve(stdout.trim())),
    );
    child.stdin?.end(program);
  });
};

const number = residentIdOf('19900305', 13);
let town: Town;
let id: string;
let jwt: string;
beforeAll(async () => {
  await freshTables();
  town = await foundTown();
  await must('volunteers', {
    route: 'PATCH /volunteers/{id}/person',
    params: { id: town.volunteerId },
    body: { name: '雷小锋', sex: 'male', idDocument: { type: 'resident-id', number } },
    token: admin,
  });
  await serve(town);
  await project();
  ({ id } = await issued(town));
  jwt = (await documentOf(id, vc)).body;
});
afterAll(() => {
  server.close();
});

const statusOf = (payload: object) =>
  (payload as { readonly credentialStatus: Readonly<Record<string, string>> }).credentialStatus;

describe('a credential', () => {
  test('verifies by the keys of the district, and has the form of a VC-JWT', async () => {
    const { payload } = await jwtVerify(jwt, createLocalJWKSet(await read('jwks')), {
      ...{ issuer: did, algorithms: ['EdDSA'] },
    });
    expect(decodeProtectedHeader(jwt)).toEqual({
      ...{ alg: 'EdDSA', kid: `${did}#2025`, typ: 'vc+jwt', cty: 'vc' },
    });
    expect(payload).toMatchObject({
      id: `urn:uuid:${id}`,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: { id: did, name: '红旗社区居民委员会' },
      validFrom: '2025-11-03T00:00:00+08:00',
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    });
    expect(statusOf(payload).statusListCredential).toBe(`${origin}/credentials/status/2025-1`);
    expect(JSON.stringify(payload)).not.toContain(number);
    expect(JSON.stringify(payload)).toContain('雷小锋');
  });

  test('verifies by programs of others: signature by the DID, terms by their contexts, status', async () => {
    const document = await read('did');
    const payload = await openedByDid(jwt, document);
    const terms = JSON.stringify(await expanded(payload));
    for (const term of [
      'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential',
      'https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentityObject',
      'https://www.w3.org/2018/credentials#credentialStatus',
    ])
      expect(terms).toContain(term);
    const { statusListCredential = '', statusListIndex } = statusOf(payload);
    const list = await openedByDid(
      await statusList(statusListCredential.split('/').at(-1) ?? ''),
      document,
    );
    await expanded(list);
    expect(await statusIn(list, Number(statusListIndex))).toEqual({
      ...{ isSet: false, length: 131_072 },
    });
  });

  test('of which a letter was changed verifies nowhere', async () => {
    const [head, body = '', signature] = jwt.split('.');
    const forged = Buffer.from(body, 'base64url').toString().replace('90 分钟', '99 分钟');
    const other = [head, Buffer.from(forged).toString('base64url'), signature].join('.');
    expect(other).not.toBe(jwt);
    await expect(jwtVerify(other, createLocalJWKSet(await read('jwks')))).rejects.toThrow();
    await expect(openedByDid(other, await read('did'))).rejects.toThrow();
    await expect(runProgram(other)).rejects.toThrow();
  });

  test('has a hash of the ID number that only the person can open', async () => {
    const own = (await documentOf(id)).body.person;
    expect(own.idDocument.number).not.toBe(number);
    const staff = await documentOf(id, { token: admin, query: { reason: 'certificate' } });
    expect(staff.body.person).toEqual({ ...own, idSalt: null });
    const hash = await crypto.subtle.digest('SHA-256', Buffer.from(`${number}${own.idSalt}`));
    expect(own.idHash).toBe(`sha256$${Buffer.from(hash).toString('hex')}`);
    expect(JSON.stringify(await openedByDid(jwt, await read('did')))).toContain(own.idHash);
  });

  test('leads to the district’s own address, by whatever host it was asked for', async () => {
    const headers = { host: 'evil.example.org', 'x-forwarded-host': 'evil.example.org' };
    const { body } = await documentOf(id, { headers });
    expect(body.verifyUrl).toMatch(new RegExp(`^${origin}/verify\\?number=[\\d-]+&code=`));
    expect(JSON.stringify(body)).not.toContain('evil.example.org');
    const again = await documentOf(id, { ...vc, headers });
    expect((await openedByDid(again.body, await read('did'))).iss).toBe(did);
  });

  test('of another host is none of the district’s, though its form is right', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const kid = 'did:web:evil.example.org#2025';
    const forged = await new SignJWT({ ...decodeJwt(jwt), iss: kid.split('#')[0] })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .sign(privateKey);
    expect((await jwtVerify(forged, publicKey)).payload.jti).toBe(`urn:uuid:${id}`);
    await expect(runProgram(forged)).rejects.toThrow();
    await expect(openedByDid(forged, await read('did'))).rejects.toThrow();
  });

  test('verifies nowhere while its key is lost, and again once that is restored', async () => {
    const TableName = process.env.PEOPLE_TABLE;
    const Key = { pk: 'signing', sk: 'key#2025' };
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key }));
    await dynamodb.send(new DeleteCommand({ TableName, Key }));
    await expect(runProgram(jwt)).rejects.toThrow();
    await expect(openedByDid(jwt, await read('did'))).rejects.toThrow();
    const { number: own } = (await documentOf(id)).body;
    const byNumber = await ask(recognition, {
      ...{ route: 'GET /certificates/{number}', params: { number: own }, at: november },
    });
    expect(byNumber.body).toMatchObject({ status: 'issued' });
    await dynamodb.send(new PutCommand({ TableName, Item }));
    expect(await runProgram(jwt)).toMatch(/^good /);
  });

  test('of last year verifies when there is a key of this year too', async () => {
    const nextYear = Date.UTC(2026, 1, 3);
    const inNextYear = await ask(recognition, {
      route: 'GET /certificates/{id}/document',
      params: { id },
      token: { sub: 'lei', role: 'volunteer' },
      headers: vc,
      at: nextYear,
    });
    expect(decodeProtectedHeader(inNextYear.body).kid).toBe(`${did}#2026`);
    const document = await read('did');
    expect(document.assertionMethod).toEqual([`${did}#2025`, `${did}#2026`]);
    for (const each of [jwt, inNextYear.body]) {
      expect((await openedByDid(each, document)).jti).toBe(`urn:uuid:${id}`);
      expect(await runProgram(each)).toMatch(/^good /);
    }
  });

  test('fails everywhere once it is revoked, and no new one is signed', async () => {
    expect(await runProgram(jwt)).toMatch(/^good .*90 分钟/);
    await change(id, 'revoke', { body: { reason: '出具有误' } });
    expect(await runProgram(jwt)).toMatch(/^revoked/);
    const payload = await openedByDid(jwt, await read('did'));
    const list = await openedByDid(await statusList('2025-1'), await read('did'));
    expect((await statusIn(list, Number(statusOf(payload).statusListIndex))).isSet).toBe(true);
    expect((await documentOf(id, vc)).body).toMatchObject({
      ...{ type: 'urn:leifeng:problem:certificate-not-good', status: 409 },
    });
  });
});

test('a list that nobody is in is not found, and one that is none is refused', async () => {
  expect(await statusList('2024-1')).toMatchObject({ status: 404 });
  expect(await statusList('2025-9')).toMatchObject({ status: 400 });
});

test('somebody without a name gets a certificate, and no credential', async () => {
  const other = await must('volunteers', {
    route: 'POST /volunteers',
    body: { areaId: 'hongqi', consentVersion: '1' },
    token: { sub: 'wang', role: 'volunteer' },
  });
  await serve(town, other.body.id, '2025-10-17');
  await project();
  const token = { sub: 'wang', role: 'volunteer' };
  const given = { ...period, volunteerId: other.body.id, token };
  const { id: nameless } = await issued(town, given);
  expect((await documentOf(nameless, { ...vc, token })).body.type).toBe(
    'urn:leifeng:problem:certificate-names-nobody',
  );
  const page = await documentOf(nameless, { accept: 'text/html', token });
  expect(page.body).toContain('志愿服务记录证明');
});
