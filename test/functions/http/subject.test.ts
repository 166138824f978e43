import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { subject, subjectFault } from '../../../functions/http/subject.ts';

const bare = (pattern: RegExp) => fc.stringMatching(pattern);

describe('a subject may be', () => {
  test.each([
    ['Keycloak', '6f9619ff-8b86-4011-b42d-00cf4fc964ff'],
    ['Keycloak, of a federated store', 'f:6f9619ff-8b86-4011-b42d-00cf4fc964ff:42'],
    ['Entra ID', 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ'],
    ['Entra ID, with what base64url has', '-K3f_9sQ0l4uE1vT7yXc2ZbN8mRjHpWa6gDoiUt5eBk'],
    ['Auth0', 'auth0|5f7c8ec7c33c6c004bbafe82'],
    ['Auth0, digits in a row', 'auth0|5f13912345678a004bbafe82'],
    ['Auth0, by Google', 'google-oauth2|103547991597142817347'],
    ['Auth0, by GitHub', 'github|12345678'],
    ['Auth0, a machine', 'Zc3xYb7nQ0pWm5RkTtVvLlHhGgFfDdSs@clients'],
    ['Casdoor', 'b1c2d3e4-0000-4000-8000-139123456780'],
    ['Casdoor, with its organisation', 'district/b1c2d3e4-0000-4000-8000-139123456780'],
    ['Logto', 'x4k9f2m7q1zt'],
    ['Authing', '6188a4a9e1b2c3d4e5f60718'],
    ['Zitadel', '163840776835432705'],
    ['Okta', '00u1ab2cd3EF4gh5ij6k7'],
    ['Apple', '001234.0123456789abcdef0123456789abcdef.0123'],
    ['a snowflake', '1356789012345678901'],
    ['a name with a running number', 'volunteer-2025-0001'],
    ['a name with a date', 'organiser-20251126'],
    ['a name with seven digits', 's7-v0001234'],
    ['Feishu', 'ou_7d8a6e6df7621556ce0d21922b676706'],
    ['WeChat', 'oABCD1234efgh5678IJKL9012mno'],
    ['an id of a URL', 'https://id.example.org/users/4f2a'],
    ['base64', 'Cg0wLTM4NS0yODA4OS0wEgRtb2Nr+/=='],
    ['Casdoor, by default', 'built-in/6f9619ff-8b86-4011-b42d-00cf4fc964ff'],
    ['a ULID', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['Auth0, by Google, another', 'google-oauth2|108765432109876543210'],
    ['a number below a million', '104023'],
    ['128 characters', 'x'.repeat(128)],
  ])('of %s', (_, sub) => {
    expect(subjectFault(sub)).toBeUndefined();
    expect(subject.parse(sub)).toBe(sub);
  });

  const opaque = {
    uuid: fc.uuid(),
    'an object id': bare(/^[0-9a-f]{24}$/),
    'a provider and an object id': bare(/^auth0\|[0-9a-f]{24}$/),
    'an organisation and a UUID': fc.uuid().map((id) => `org/${id}`),
    ULID: bare(/^01[0-9A-HJKMNP-TV-Z]{24}$/),
    'an id of 12 letters and digits': bare(/^[a-z][0-9a-z]{4}[a-z][0-9a-z]{5}[a-z]$/),
    'a number of Google': bare(/^google-oauth2\|1[0-9]{20}$/),
    '32 bytes in base64url': fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString('base64url')),
  };
  test.each(Object.entries(opaque))('any %s', (_, arbitrary) => {
    fc.assert(fc.property(arbitrary, (sub) => subjectFault(sub) === undefined));
  });
});

describe('a subject may not be', () => {
  test.each([
    ['a mobile number', '13900000000', /phone/],
    ['a mobile number of China by its code', '+8613900000000', /phone/],
    ['a mobile number by the code without plus', '8613900000000', /phone/],
    ['a mobile number in groups', '139-0000-0000', /phone/],
    ['a mobile number in wide digits', '１３９００００００００', /phone/],
    ['a mobile number after a provider', 'sms|13900000000', /phone/],
    ['a mobile number as a local part', 'wecom:user/13900000000', /phone/],
    ['a fixed line', '0571-88880000', /phone/],
    ['a fixed line in one', '057188880000', /phone/],
    ['a local number', '88880000', /phone/],
    ['a number of Hong Kong', '+852-9123-4567', /phone/],
    ['a number of another country', 'tel:+441632960961', /phone/],
    ['a staff number', '2021012345', /phone/],
    ['a resident ID number', '110101199003070011', /document/],
    ['a resident ID number ending in X', '11010119900307001x', /document/],
    ['a resident ID number of 15 digits', '110101900307001', /document/],
    ['a resident ID number after a word', 'user_110101199003070011', /document/],
    ['a passport number', 'E12345678', /document/],
    ['a travel permit', 'H12345678', /document/],
    ['a residence card', 'ABC123456789012', /document/],
    ...[
      'tel:84562310',
      'tel:8456-2310',
      'tel|8456.2310|x',
      'phone/0451-84562310',
      'landline:045184562310',
      '8|613|80013|8000',
      '86~138~0013~8000',
      'u:1.3.8.0.0.1.3.8.0.0.0',
      '1=3=8=0=0=1=3=8=0=0=0',
      'u_138_0013_8000',
      'github|13800138000',
      'wx13800138000',
      'staff:2021012345',
    ].map((sub) => [sub, sub, /phone/] as const),
    ...[
      'passport|E12345678',
      'passport.E.12345678',
      'E-12345678',
      'e12345678',
      'id/H12345678',
      'id|230103|19900307|1213',
      'id:23010319900307121-X',
    ].map((sub) => [sub, sub, /document/] as const),
    ['an e-mail address', 'lei.feng@example.org', /e-mail/],
    ['an e-mail address of a phone', '13900000000@example.org', /e-mail/],
    ['an e-mail address behind a provider', 'email|lei@example.org', /e-mail/],
    ['a principal', 'lei@CORP', /e-mail/],
    ['a name', '雷锋', /ASCII/],
    ['a name in letters, with a blank', 'Lei Feng', /ASCII/],
    ['a login of a domain', 'CORP\\leifeng', /ASCII/],
    ['what separates keys', 'a#b', /ASCII/],
    ['JSON', '{"id":1}', /ASCII/],
    ['blank', '   ', /ASCII/],
    ['of two lines', 'a\nb', /ASCII/],
    ['of 129 characters', 'x'.repeat(129), /128/],
    ['empty', '', /no text/],
    ['a number in JSON', 13900000000, /no text/],
    ['a list', ['a'], /no text/],
    ['null', null, /no text/],
    ['missing', undefined, /no text/],
  ])('%s', (_, sub, reason) => {
    const fault = subjectFault(sub);
    expect(fault?.en).toMatch(reason);
    expect(fault?.zh).toMatch(/\p{sc=Han}/u);
    if (typeof sub === 'string' && sub) expect(JSON.stringify(fault)).not.toContain(sub);
    expect(subject.safeParse(sub).success).toBe(false);
  });

  test('anything with a mobile number in it that is no hexadecimal id', () => {
    const mobile = bare(/^1[3-9][0-9]{9}$/);
    const before = bare(/^([g-z][.:|/_-]?)?$/);
    const after = bare(/^([.:|/_-]?[g-z])?$/);
    fc.assert(
      fc.property(before, mobile, after, (...parts) => Boolean(subjectFault(parts.join('')))),
    );
  });
});
