import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { jsonSchemas } from '../../infra/json-schemas.ts';
import { parseSettings } from '../../infra/settings.ts';
import { districtOf, withIssuer } from '../../infra/settings-files.ts';

const demo = JSON.parse(readFileSync('infra/districts/demo.json', 'utf8'));

/** What the settings of `demo` with this in `oidc`, as JSON, say of the issuer. */
const districtWith = (oidc: string, issuer?: string) =>
  parseSettings(
    'demo',
    withIssuer({ ...demo, oidc: { ...demo.oidc, ...JSON.parse(oidc) } }, issuer),
  ).oidc;
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
  ['ro\u200ble', /invisible character in it \(U\+200B\)/],
  ['role\u2069', /U\+2069/],
  ['\u202erole', /U\+202E/],
  ['my\u00a0role', /U\+00A0/],
  ['role\ud800', /half a character/],
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
  ['{"Man\u200dager": "organiser"}', /U\+200D/],
  ['{"\u2066Manager\u2069": "organiser"}', /U\+2066/],
  ['{"Manager\\udc00": "organiser"}', /half a character/],
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
  ['{"audience": []}', /oidc\.audience/],
  ...['', ' ', '\\n', ' leifeng', 'leifeng\\t', 'lei\u200bfeng', 'lei\\u0000feng', '\\ud800'].map(
    (audience): [string, RegExp] => [`{"audience": ["x", "${audience}"]}`, /oidc\.audience\[1\]/],
  ),
  ['{"claims": {"role": "r", "organisation": "r"}}', /already the one for role.*\n.*organisation/],
  ['{"claims": {"role": "r", "organisation": "o", "area": "o"}}', /one for organisation.*\n.*area/],
  ['{"claims": {"role": "area", "organisation": "o"}}', /one for role.*\n.*area/],
  ['{"role": "realm_access.roles"}', /"role"/],
  ['{"claims": {"role": "r", "organisation": "o", "subject": "oid"}}', /"subject"/],
])('%s is refused', (oidc, reason) => {
  expect(() => districtWith(oidc)).toThrow(reason);
});

describe('an issuer', () => {
  const withIssuer = (issuer: string) => districtWith(JSON.stringify({ issuer })).issuer;

  test.each([
    'https://id.example.org',
    'https://id.example.org/',
    'https://id.example.org:8443/realms/district',
    'https://login.microsoftonline.com/6f9619ff-8b86-4011-b42d-00cf4fc964ff/v2.0',
    'https://login.partner.microsoftonline.cn/6f9619ff-8b86-4011-b42d-00cf4fc964ff/v2.0',
    'https://district.authing.cn/oidc',
    'https://xn--fiqs8s.example.org/%E5%8C%BA',
    'http://127.0.0.1:7080/oidc',
  ])('may be %s', (issuer) => {
    expect(withIssuer(issuer)).toBe(issuer);
  });

  test.each([
    ['http://id.example.org', /https URL/],
    ['id.example.org', /https URL, such as/],
    ['ftp://id.example.org', /https URL/],
    ['', /empty/],
    [' https://id.example.org', /blank/],
    ['https://id.example.org/\n', /blank/],
    ['https://id.exam\u200bple.org', /U\+200B/],
    ['https://id.example.org?tenant=1', /no query/],
    ['https://id.example.org/?', /no query/],
    ['https://id.example.org/x#', /no fragment/],
    ['https://id.example.org/x#a', /no fragment/],
    ['https://user@id.example.org', /no user/],
    ['https://:p@id.example.org', /no user/],
    ['https://@id.example.org', /no user/],
    ['https:id.example.org', /says https:\/\/id\.example\.org\/, write/],
    ['https:/id.example.org', /write that/],
    ['https://ID.example.org/x', /says https:\/\/id\.example\.org\/x/],
    ['HTTPS://id.example.org/x', /write that/],
    ['https://id.example.org:443/x', /write that/],
    ['https://id.example.org/a/../b', /says https:\/\/id\.example\.org\/b/],
    ['https://id.example.org/./b', /write that/],
    ['https://id.example.org/%2e%2e/b', /write that/],
    ['https://id.example.org\\\\b', /write that/],
    ['https://区.example.org/', /write that/],
    ['https://id.example.org/区', /write that/],
    ['https://id.example.org/a b', /write that/],
    ['https://id.example.org/%zz', /hexadecimal/],
    ['https://id.example.org/a%', /hexadecimal/],
    ['https://id.example.org/x/.well-known/openid-configuration', /probably https:\S+\.org\/x\n/],
    ['https://id.example.org/.well-known/oauth-authorization-server/x', /discovery document/],
    ['https://10.0.0.5/x', /public Internet/],
    ['https://192.168.1.1', /public Internet/],
    ['https://[fd00::1]/', /public Internet/],
    ['https://169.254.169.254/', /public Internet/],
    ['https://2130706433/', /write that/],
    ['https://keycloak/realms/x', /public Internet/],
    ['https://id.internal', /public Internet/],
    ['https://id.corp/x', /public Internet/],
    ['https://id.local', /public Internet/],
    ['https://id.home.arpa', /public Internet/],
    ['https://id.example.org./x', /public Internet/],
  ])('may not be %j', (issuer, reason) => {
    expect(() => withIssuer(issuer)).toThrow(reason);
    expect(() => withIssuer(issuer)).toThrow(/oidc\.issuer/);
  });

  test('that is accepted is what a URL of it says, whatever is between', () => {
    const part = fc.stringMatching(/^[-\w.~%/?#@:\\ A-Z]{0,12}$/);
    fc.assert(
      fc.property(part, part, (host, path) => {
        const issuer = `https://${host}.example.org/${path}`;
        let taken: string;
        try {
          taken = withIssuer(issuer);
        } catch {
          return;
        }
        expect([taken, `${taken}/`]).toContain(new URL(issuer).href);
        // An @ in the path names no user.
        expect(taken).not.toMatch(/[?#\s\\]|^https:\/\/[^/]*@/);
      }),
    );
  });
});

test.each(['audience', 'claim', 'role'])('no %s has a character that is not seen', (setting) => {
  const character = fc.constantFrom(
    ...'\u0000\u0009\u007f\u0085\u00a0\u00ad\u061c\u115f\u180e\u2003\u200b\u200f\u2028\u202e\u2060\u2066\u3164\ufe0f\ufeff\ufff9'.split(
      '',
    ),
    '\ud800',
    '\udfff',
    '\u{e0041}',
  );
  fc.assert(
    fc.property(fc.string(), character, fc.string(), (before, unseen, after) => {
      const text = before + unseen + after;
      const oidc = {
        audience: { audience: [text] },
        claim: { claims: { role: text, organisation: 'o' } },
        role: { roles: { [text]: 'organiser' } },
      }[setting];
      expect(() => districtWith(JSON.stringify(oidc))).toThrow(/oidc\./);
    }),
  );
});

test('the issuer of the command line is taken, and held to the same rules', () => {
  const local = 'http://127.0.0.1:7080/oidc';
  expect(districtWith('{}', local).issuer).toBe(local);
  expect(() => districtWith('{}', 'http://id.example.org')).toThrow(/https URL/);
  const app = new App({ context: { district: 'demo', issuer: local } });
  expect(districtOf(app.node)).toMatchObject({ name: 'demo', oidc: { issuer: local } });
});

/** A district whose settings differ from those of `demo` in this. */
const districtBut = (more: object) => parseSettings('demo', { ...demo, ...more });

const trees = { unit: 'trees', unitZh: '棵', zh: '植树', en: 'trees planted' };

test.each<[object, RegExp]>([
  [{ timezone: undefined }, /is missing\n.*timezone/],
  [{ retention: { logDays: 7 } }, /is missing\n.*retention\.archiveDays/],
  [{ colour: 'red' }, /Unrecognized key: "colour"/],
  [{ timezone: 'Mars/Olympus' }, /IANA.*\n.*timezone/],
  [{ timezone: '' }, /timezone/],
  [{ timezone: '+08:00' }, /IANA.*\n.*timezone/],
  [{ timezone: 'asia/shanghai' }, /IANA.*\n.*timezone/],
  [{ retention: { ...demo.retention, logDays: 8 } }, /one of CloudWatch's values.*\n.*logDays/],
  [{ retention: { ...demo.retention, noticeDays: 1e12 } }, /noticeDays/],
  [{ retention: { ...demo.retention, archiveDays: 1e9 } }, /archiveDays/],
  [{ ages: { guardianConsentUnder: 18, adultFrom: 14 } }, /is an adult.*\n.*ages/],
  ...['*', 'app.example.org', 'https://app.example.org/', 'http://app.example.org', 'null'].map(
    (each): [object, RegExp] => [{ cors: { origins: [each] } }, /must be an origin.*\n.*cors/],
  ),
  [{ webhooks: { enabled: true, loopback: true } }, /issuer is on this machine.*\n.*loopback/],
  [{ throttling: { token: { rate: 1e9, burst: 1 } } }, /throttling\.token\.rate/],
  [{ concurrency: { publicReads: 1e9 } }, /concurrency\.publicReads/],
  [{ alarms: { topicArn: 'topic' } }, /ARN of an SNS topic/],
  [{ peopleKey: { arn: 'key' } }, /ARN of a KMS key/],
  [{ outputs: { trees: { ...trees, unit: '' } } }, /outputs\.trees\.unit/],
  [{ outputs: { trees: { ...trees, unit: '棵' } } }, /must be English/],
  [{ outputs: { trees: { ...trees, en: '树' } } }, /must be English/],
  [{ outputs: { trees: { ...trees, unitZh: 'trees' } } }, /must be Chinese/],
  [{ outputs: { trees: { ...trees, zh: 'trees' } } }, /must be Chinese/],
  [{ outputs: { deliveries: trees } }, /common outputs/],
  [{ outputs: { newTeams: trees } }, /is computed/],
  [{ outputs: { clothes: { ...trees, unit: 'kg' } } }, /Kilograms/],
  [{ outputs: { clothesKilograms: trees } }, /Kilograms/],
])('%j stops the synthesis', (more, reason) => {
  expect(() => districtBut(more)).toThrow(reason);
  expect(() => districtBut(more)).toThrow(/^the settings of demo are wrong:\n/);
  expect(() => districtBut(more)).toThrow(/docs\/settings\.md/);
});

test('what is left out of the settings has its default', () => {
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

describe('the settings files', () => {
  const files = globSync('infra/districts/*.json').sort();

  test.each(files)('%s is a district’s, and names the schema', (file) => {
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    expect(parseSettings(basename(file, '.json'), settings).name).toBe(basename(file, '.json'));
    expect(existsSync(join(dirname(file), settings.$schema))).toBe(true);
  });

  test.each(['Demo', '1st', '', 'a'.repeat(32), 'a_b', '../demo'])(
    'no district is called %j',
    (name) => {
      expect(() => parseSettings(name, demo)).toThrow(/lower-case letters/);
    },
  );
});

/** The paths of the settings in a JSON Schema: `oidc.claims.role`. */
const pathsOf = (schema: Readonly<Record<string, unknown>>, above = ''): readonly string[] =>
  Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>).flatMap(
    ([name, inner]) =>
      inner.properties ? pathsOf(inner, `${above}${name}.`) : [`${above}${name}`],
  );

test('docs/settings.md has every setting, and no other', () => {
  const schema = JSON.parse(jsonSchemas()['infra/district.schema.json'] ?? '');
  const rows = readFileSync('docs/settings.md', 'utf8').matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \|/gm);
  const said = [...rows].flatMap(([, names = '']) => names.replaceAll('`', '').split(', '));
  const settings = pathsOf(schema)
    .filter((path) => path !== '$schema')
    // The page explains the two numbers of a throttle together.
    .map((path) => path.replace(/\.(rate|burst)$/, ''));
  expect(said.sort()).toEqual([...new Set(settings)].sort());
});
