import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { districtOf } from '../../infra/settings.ts';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
const { demo } = context.districts;

/** The district that these settings, as they stand in cdk.json, make. */
const districtWith = (oidc: string, more: object = {}) => {
  const block = { ...demo, oidc: { ...demo.oidc, ...JSON.parse(oidc) } };
  const app = new App({ context: { districts: { demo: block }, district: 'demo', ...more } });
  return districtOf(app.node).oidc;
};
const claims = (role: string) => JSON.stringify({ claims: { ...demo.oidc.claims, role } });

test.each([
  'role',
  'realm_access.roles',
  'resource_access.org.example.app.roles',
  'https://leifeng.example.org/roles',
  'cognito:groups',
  'constructor',
  '角色',
])('the claim %s may be', (role) => {
  expect(districtWith(claims(role)).claims.role).toBe(role);
});

test.each([
  ['', /empty name/],
  ['.', /empty name/],
  ['.roles', /empty name/],
  ['realm_access.', /empty name/],
  ['realm_access..roles', /empty name/],
  [' role', /blank/],
  ['role\n', /blank|control/],
  ['ro\u0000le', /control/],
  ['$.realm_access.roles', /JSONPath/],
  ['/realm_access/roles', /JSON Pointer/],
  ['roles[0]', /positions/],
  ['realm_access.*', /JSONPath/],
  ['sub', /meaning of its own/],
  ['exp', /meaning of its own/],
])('no claim can be at %j, and what is supported is said', (role, reason) => {
  expect(() => districtWith(claims(role))).toThrow(reason);
  expect(() => districtWith(claims(role))).toThrow(/realm_access\.roles; its value is a text or/);
  expect(() => districtWith(claims(role))).toThrow(/oidc\.claims\.role/);
});

test.each([
  '{"Volunteer Manager": "organiser"}',
  '{"区级管理员": "district-admin", "0198c0de-0000-7000-8000-0000000000aa": "verifier"}',
  '{"district/organisers": "organiser", "constructor": "auditor"}',
  '{"verifier": "auditor"}',
])('roles may be mapped as %s', (roles) => {
  expect(districtWith(`{"roles": ${roles}}`).roles).toEqual(JSON.parse(roles));
});

test.each([
  ['{"Manager": "manager"}', /no such role; the roles are district-admin, organiser/],
  ['{"Manager": "Organiser"}', /no such role/],
  ['{"Manager": ""}', /no such role/],
  ['{"Manager": ["organiser"]}', /no such role/],
  ['{"Manager": null}', /no such role/],
  ['{"": "organiser"}', /empty name/],
  ['{" Manager": "organiser"}', /blank/],
  ['{"Manager\\t": "organiser"}', /blank|control/],
  ['{"__proto__": "organiser"}', /__proto__/],
  ['{"[organiser verifier]": "organiser"}', /one name/],
  ['{"[\\"organiser\\"]": "organiser"}', /one name/],
  ['{"map[roles:[organiser]]": "organiser"}', /one name/],
  ['["organiser"]', /oidc\.roles/],
  ['"organiser"', /oidc\.roles/],
])('roles mapped as %s are refused', (roles, reason) => {
  expect(() => districtWith(`{"roles": ${roles}}`)).toThrow(reason);
  expect(() => districtWith(`{"roles": ${roles}}`)).toThrow(/oidc\.roles/);
});

test.each([
  ['{"issuer": "http://id.example.org"}', /https URL/],
  ['{"issuer": "https://id.example.org?tenant=1"}', /no query/],
  ['{"issuer": "https://user@id.example.org"}', /no user/],
  ['{"issuer": "id.example.org"}', /oidc\.issuer/],
  ['{"audience": []}', /oidc\.audience/],
  ['{"audience": [""]}', /oidc\.audience/],
  ['{"role": "realm_access.roles"}', /"role"/],
  ['{"claims": {"role": "r", "organisation": "o", "subject": "oid"}}', /"subject"/],
])('%s is refused', (oidc, reason) => {
  expect(() => districtWith(oidc)).toThrow(reason);
});

test('the issuer of the command line is taken, and held to the same rules', () => {
  const local = 'http://127.0.0.1:7080/oidc';
  expect(districtWith('{}', { issuer: local }).issuer).toBe(local);
  expect(() => districtWith('{}', { issuer: 'http://id.example.org' })).toThrow(/https URL/);
});

/** A district whose settings differ from those of `demo` in this. */
const districtBut = (more: object) => {
  const app = new App({
    context: { districts: { demo: { ...demo, ...more } }, district: 'demo' },
  });
  return districtOf(app.node);
};

test.each<[object, RegExp]>([
  [{ timezone: 'Mars/Olympus' }, /IANA.*\n.*timezone/],
  [{ timezone: '' }, /timezone/],
  [{ retention: { ...demo.retention, logDays: 8 } }, /one of CloudWatch's values.*\n.*logDays/],
  [{ retention: { ...demo.retention, noticeDays: 1e12 } }, /noticeDays/],
  [{ retention: { ...demo.retention, archiveDays: 1e9 } }, /archiveDays/],
  [{ ages: { guardianConsentUnder: 18, adultFrom: 14 } }, /is an adult.*\n.*ages/],
  [{ notices: { webhook: 'http://hooks.example.org/x' } }, /https URL/],
  ...['127.0.0.1', '10.0.0.1', 'localhost', '[::1]', 'db.internal', 'printer.local', 'host'].map(
    (host): [object, RegExp] => [{ notices: { webhook: `https://${host}/x` } }, /public name/],
  ),
  [{ throttling: { token: { rate: 1e9, burst: 1 } } }, /throttling\.token\.rate/],
  [{ concurrency: { publicReads: 1e9 } }, /concurrency\.publicReads/],
  [{ alarms: { topicArn: 'topic' } }, /ARN of an SNS topic/],
  [{ peopleKey: { arn: 'key' } }, /ARN of a KMS key/],
  [{ outputs: { trees: { unit: '', zh: '植树', en: 'trees' } } }, /outputs\.trees\.unit/],
  [{ outputs: { deliveries: { unit: 'x', zh: '送', en: 'sent' } } }, /common outputs/],
])('%j stops the synthesis', (more, reason) => {
  expect(() => districtBut(more)).toThrow(reason);
});

test('what is left out of a block has its default', () => {
  const { ages, throttling } = districtBut({
    ages: { adultFrom: 16 },
    throttling: { public: { burst: 30 } },
  });
  expect(ages).toEqual({ guardianConsentUnder: 14, adultFrom: 16 });
  expect(throttling).toEqual({
    public: { rate: 20, burst: 30 },
    token: { rate: 200, burst: 400 },
    costly: { rate: 2, burst: 10 },
  });
});
