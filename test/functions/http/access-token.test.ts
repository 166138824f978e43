import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { claimsOf } from '../../../functions/http/access-token.ts';
import type { Event } from '../../../functions/http/request.ts';
import { compactToken, gatewayClaims } from '../../support/http-event.ts';

const claims = {
  iss: 'https://id.example.org/district',
  sub: '0198c0de-0000-7000-8000-000000000001',
  exp: 1_900_000_000,
  role: ['organiser'],
};
const token = compactToken(claims);
const encode = (text: string | Buffer): string => Buffer.from(text).toString('base64url');

/** What a function is called with when the gateway checked a token of `checked`. */
const eventOf = (authorization: string | undefined, checked: object | null = claims): Event =>
  ({
    headers: authorization === undefined ? {} : { authorization },
    requestContext: checked ? { authorizer: { jwt: { claims: gatewayClaims(checked) } } } : {},
  }) as unknown as Event;

const refusal = (event: Event): string => {
  try {
    claimsOf(event);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('the claims are those of the payload', () => {
  test.each([`Bearer ${token}`, `bearer ${token}`, token])('sent as %.12s…', (authorization) => {
    expect(claimsOf(eventOf(authorization))).toEqual(claims);
  });

  test('whatever JSON they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
        const all = { ...more, iss: claims.iss, sub: claims.sub, exp: claims.exp };
        const seen = claimsOf(eventOf(`Bearer ${compactToken(all)}`, all));
        expect(JSON.stringify(seen)).toBe(JSON.stringify(all));
      }),
    );
  });

  test.each([
    ['a number with more digits than JavaScript has', '"uid":1356789012345678901'],
    ['lists within lists', `"x":${'['.repeat(40)}${']'.repeat(40)}`],
    ['one name in two objects', '"a":{"roles":1},"b":{"roles":2},"roles":3'],
  ])('with %s', (_, more) => {
    const payload = `{${more},${JSON.stringify(claims).slice(1)}`;
    const read = claimsOf(eventOf(`${encode('{"alg":"RS256"}')}.${encode(payload)}.c`));
    expect(read).toEqual(JSON.parse(payload));
  });

  test('also where the gateway writes the expiry with an exponent', () => {
    const event = eventOf(`Bearer ${token}`, { ...claims, exp: '1.9e+09' });
    expect(claimsOf(event)).toEqual(claims);
  });
});

describe('refused is', () => {
  const forged = compactToken({ ...claims, role: ['district-admin'] });
  test.each<[string, string | undefined]>([
    ['no header', undefined],
    ['an empty header', ''],
    ['another scheme', `Basic ${token}`],
    ['no token', 'Bearer '],
    ['two schemes', `Bearer Bearer ${token}`],
    ['two tokens of two headers', `Bearer ${token},Bearer ${forged}`],
    ['two tokens with a blank', `Bearer ${token} ${forged}`],
    ['a token after a comma', `,Bearer ${token}`],
    ['two parts', `Bearer ${token.split('.').slice(0, 2).join('.')}`],
    ['five parts', `Bearer ${token}.a.b`],
    ['no signature', `Bearer ${token.slice(0, token.lastIndexOf('.') + 1)}`],
    ['letters that are not of base64url', `Bearer ${token.replace('.', '.=')}`],
    ['no JSON', `Bearer a.${encode('{"iss"')}.c`],
    ['no object', `Bearer a.${encode('["organiser"]')}.c`],
    ['null', `Bearer a.${encode('null')}.c`],
    ['no UTF-8', `Bearer a.${encode(Buffer.from([0x22, 0xff, 0x22]))}.c`],
    ['another subject', `Bearer ${compactToken({ ...claims, sub: 'someone-else' })}`],
    ['another issuer', `Bearer ${compactToken({ ...claims, iss: 'https://id.example.com' })}`],
    ['another expiry', `Bearer ${compactToken({ ...claims, exp: claims.exp + 1 })}`],
    ...[
      ['role', '"role":["auditor"],"role":["district-admin"]'],
      ['subject', '"sub":"13900000000"'],
      ['issuer, the same', `"iss":"${claims.iss}"`],
      ['name, escaped', '"rol\\u0065":["district-admin"]'],
      ['name within a claim', '"realm_access":{"roles":["auditor"],"roles":["district-admin"]}'],
      ['name within a list', '"x":[{"a":1,"a":1}]'],
      ['__proto__', '"__proto__":1,"__proto__":2'],
    ].map(([what, more]): [string, string] => {
      const payload = encode(`{${more},${JSON.stringify(claims).slice(1)}`);
      return [`a ${what} twice`, `Bearer ${encode('{"alg":"RS256"}')}.${payload}.c`];
    }),
    [
      'a name twice in its header',
      `Bearer ${encode('{"alg":"RS256","alg":"none"}')}.${encode(JSON.stringify(claims))}.c`,
    ],
    ['a header that is no JSON', `Bearer a.${encode(JSON.stringify(claims))}.c`],
    ['an expiry as text', `Bearer ${compactToken({ ...claims, exp: String(claims.exp) })}`],
  ])('%s', (_, authorization) => {
    expect(refusal(eventOf(authorization))).toBe('one-access-token-required');
  });

  test('any name twice in any object of the payload', () => {
    const { letrec, dictionary, string, integer, array, oneof, constant } = fc;
    const { value } = letrec((tie) => ({
      value: oneof(
        { maxDepth: 3 },
        integer(),
        string(),
        constant(null),
        array(tie('value'), { maxLength: 3 }),
        dictionary(string({ maxLength: 3 }), tie('value'), { maxKeys: 4 }),
      ),
    }));
    /** The value as JSON, and the same with the name at this place of all its names there once more. */
    const written = (json: unknown, repeated: number) => {
      let names = 0;
      const write = (each: unknown): string => {
        if (Array.isArray(each)) return `[${each.map(write).join(',')}]`;
        if (typeof each !== 'object' || each === null) return JSON.stringify(each);
        const parts = Object.entries(each).flatMap(([name, inner]) => {
          const part = `${JSON.stringify(name)}:${write(inner)}`;
          names += 1;
          return names === repeated ? [part, `${JSON.stringify(name)}:0`] : [part];
        });
        return `{${parts.join(',')}}`;
      };
      return { text: write(json), names };
    };
    fc.assert(
      fc.property(value, fc.nat(), (more, at) => {
        const all = { more, ...claims };
        const { names } = written(all, -1);
        const send = (text: string) =>
          refusal(eventOf(`${encode('{"alg":"RS256"}')}.${encode(text)}.c`));
        expect(send(written(all, -1).text)).toBe('none');
        expect(send(written(all, (at % names) + 1).text)).toBe('one-access-token-required');
      }),
    );
  });

  test('a token without an expiry, whatever the gateway let pass', () => {
    const { exp: _, ...endless } = claims;
    const authorization = `Bearer ${compactToken(endless)}`;
    expect(refusal(eventOf(authorization, endless))).toBe('one-access-token-required');
    expect(refusal(eventOf(authorization, { ...endless, exp: '' }))).toBe(
      'one-access-token-required',
    );
  });

  test('a request that the gateway checked no token of', () => {
    expect(refusal(eventOf(`Bearer ${token}`, null))).toBe('unauthorized');
  });
});
