import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isCard } from '../../../functions/http/person-numbers.ts';
import { subject, subjectFault } from '../../../functions/http/subject.ts';
import { residentIds } from '../../support/people.ts';

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

  const idOf = (alphabet: RegExp, length: number) =>
    fc.stringMatching(new RegExp(`^${alphabet.source}{${length}}$`));
  const bytes = (length: number) =>
    fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((of) => Buffer.from(of).toString('base64url'));
  const name = bare(/^[a-z]{2,10}$/);
  // Of 100,000 each, refused were 0; of the ids of 12 letters and digits, two or three in a million are
  // a number by chance.
  const opaque = {
    uuid: fc.uuid(),
    'a UUID without hyphens': fc.uuid().map((id) => id.replaceAll('-', '')),
    'an object id': bare(/^[0-9a-f]{24}$/),
    'a provider and an object id': bare(/^auth0\|[0-9a-f]{24}$/),
    'an organisation and a UUID': fc.uuid().map((id) => `org/${id}`),
    'an organisation and a name': fc.tuple(name, name).map((parts) => parts.join('/')),
    'a name in a federated store': fc.tuple(fc.uuid(), name).map(([id, of]) => `f:${id}:${of}`),
    ULID: bare(/^01[0-9A-HJKMNP-TV-Z]{24}$/),
    // Of twelve characters that all are digits, or look like them, nobody can tell a number.
    'an id of 12 letters and digits': idOf(/[0-9a-z]/, 12).filter((id) => /[^\dlo]/.test(id)),
    'an id of 21, 28 letters, digits and marks': fc.oneof(idOf(/[\w-]/, 21), idOf(/[\w-]/, 28)),
    'an id of 20, 25, 27 letters and digits': fc.oneof(
      ...[20, 25, 27].map((length) => idOf(/[0-9A-Za-z]/, length)),
    ),
    'a number of Google': bare(/^google-oauth2\|1[0-9]{20}$/),
    'a number of Facebook': bare(/^facebook\|10[0-9]{15}$/),
    'a snowflake of 19 digits': bare(/^1[0-9]{18}$/),
    'an id of Apple': bare(/^[0-9]{6}\.[0-9a-f]{32}\.[0-9]{4}$/),
    '20 bytes in base64url': bytes(20),
    '32 bytes in base64url': bytes(32),
  };
  test.each(Object.entries(opaque))('any %s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<string>, (sub) => subjectFault(sub) === undefined),
    );
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
      'u/84562310',
      'qq12345678',
      'QQ12345678',
      'wechat12345678',
      'staffno84562310',
      'staffNumber:84562310',
      'shouji13800138000',
      'l3800138000',
      'I3800138000',
      '138OO138000',
      'sms|l38oo138000',
      '8456231O',
      'f:6f9619ff-8b86-4011-b42d-00cf4fc964ff:13900000000',
      'f:6f9619ff-8b86-4011-b42d-00cf4fc964ff:84562310',
      'MTM5MDAwMDAwMDA=',
      'MTM5MDAwMDAwMDA',
      'sms|MTM5MDAwMDAwMDA=',
      'TVRNNU1EQXdNREF3TURBPQ==',
      '3133393030303030303030',
    ].map((sub) => [sub, sub, /phone/] as const),
    ...[
      'passport|E12345678',
      'passport.E.12345678',
      'E-12345678',
      'e12345678',
      'id/H12345678',
      'id|230103|19900307|1213',
      'id:23010319900307121-X',
      'ea1234567',
      'Ea1234567',
      'EA1234567',
      'm1234567890',
      'H1234567890',
      'abc123456789012',
      '23010319900307l23X',
      'MjMwMTAzMTk5MDAzMDcxMjNY',
    ].map((sub) => [sub, sub, /document/] as const),
    ...[
      '6222021234567890123',
      '6222-0212-3456-7890-123',
      'u|6222021234567890',
      '4111111111111111',
      '4111.1111.1111.1111',
      '5555555555554444',
      '378282246310005',
      '4l11111111111111',
      'NDExMTExMTExMTExMTExMQ',
    ].map((sub) => [sub, sub, /bank card/] as const),
    ['an e-mail address in base64', 'bGVpQGV4YW1wbGUub3Jn', /e-mail/],
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

  /** The digits with their check digit by Luhn's formula. */
  const withCheckDigit = (digits: string): string =>
    [...'0123456789'].map((check) => digits + check).find(isCard) ?? '';
  const numbers = {
    'a mobile number': bare(/^1[3-9][0-9]{9}$/),
    'a resident ID number': residentIds().map(({ number }) => number),
    'a document': bare(/^([EeGgHhMm]|[Ee][A-Ha-h])[0-9]{8}$/),
    'a card of China': bare(/^62[0-9]{14,17}$/),
    'a card': bare(/^(4|5[1-5]|2[3-6])[0-9]{14}$/)
      .map((digits) => withCheckDigit(digits.slice(0, 15)))
      .filter((card) => card.length === 16),
    'an account': bare(/^(qq|QQ|wx|wechat|alipay)[:_-]?[1-9][0-9]{6,9}$/),
  };
  /** Ways to write a number so that it does not look like one. */
  const disguises: Readonly<Record<string, (number: string) => string>> = {
    plain: (number) => number,
    'in small letters': (number) => number.toLowerCase(),
    'in base64': (number) => Buffer.from(number).toString('base64'),
    'in base64url, behind a provider': (number) =>
      `sms|${Buffer.from(number).toString('base64url')}`,
    'in hexadecimal': (number) => Buffer.from(number).toString('hex'),
    'with an l': (number) => number.replace('1', 'l'),
    'with an O': (number) => number.replace('0', 'O'),
    'with o and I throughout': (number) =>
      number.replace(/\D/g, '').length > 10
        ? number.replaceAll('0', 'o').replaceAll('1', 'I')
        : number,
  };
  test.each(
    Object.entries(numbers).flatMap(([what, arbitrary]) =>
      Object.keys(disguises).map((how) => [what, how, arbitrary] as const),
    ),
  )('any %s %s', (_, how, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (number) => subjectFault(disguises[how]?.(number)) !== undefined),
    );
  });
});
