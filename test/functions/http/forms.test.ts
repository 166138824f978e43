import { describe, expect, test } from '@jest/globals';
import {
  checkForm,
  fieldsIn,
  givenIn,
  newFormToken,
  valueOfForm,
} from '../../../functions/http/forms.ts';
import type { Event } from '../../../functions/http/request.ts';

const valueIn = (text: string): unknown => valueOfForm(new URLSearchParams(text));

describe('the value of a form', () => {
  test.each([
    ['title=%E4%B9%89%E8%AF%8A&year=2025', { title: '义诊', year: '2025' }],
    ['themes.0.title=a&themes.1.title=b', { themes: [{ title: 'a' }, { title: 'b' }] }],
    // Positions are an order: one that was left out leaves no hole.
    ['themes.2.title=c&themes.0.title=a', { themes: [{ title: 'a' }, { title: 'c' }] }],
    ['months[]=3&months[]=10', { months: ['3', '10'] }],
    ['months[]=3', { months: ['3'] }],
    ['empty=&blank=+++&form=token', {}],
    ['text=a%0D%0Ab', { text: 'a\nb' }],
    ['toString[]=1&valueOf=2', { toString: ['1'], valueOf: '2' }],
  ])('%s', (text, expected) => {
    expect(valueIn(text)).toEqual(expected);
  });

  test.each([
    ['a field twice', 'year=2025&year=2026'],
    ['a field that is a group too', 'a=1&a.b=2'],
    ['a group that is a field too', 'a.b=1&a=2'],
    ['a name that JavaScript reserves', '__proto__.polluted=1'],
    ['a name that JavaScript reserves, further in', 'a.constructor.prototype=1'],
    ['a field that is a list too', 'months[]=1&months.0=1'],
    ['a list that is a group too', 'months.0=1&months[]=2'],
    ['a list that is a field too', 'months=1&months[]=2'],
    ['names too deep', `${'a.'.repeat(17)}b=1`],
    ['too many fields', Array.from({ length: 5001 }, (_, at) => `f${at}=1`).join('&')],
  ])('%s is refused', (_, text) => {
    expect(() => valueIn(text)).toThrow('malformed-form');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('what a person put in is kept by the names of the fields', () => {
    const given = givenIn(new URLSearchParams('months[]=3&months[]=4&title= x '));
    expect([...given]).toEqual([
      ['months[]', ['3', '4']],
      ['title', [' x ']],
    ]);
  });
});

const eventOf = (headers: Record<string, string>): Event =>
  ({ headers: { host: 'leifeng.example', ...headers } }) as unknown as Event;
const own = { origin: 'https://leifeng.example', 'sec-fetch-site': 'same-origin' };
const secret = 'the secret of a session';
const route = { key: 'POST /pages/months/{month}/close', path: '/pages/months/2025-10/close' };

const check = (
  token: string,
  {
    headers = own,
    ...changed
  }: { headers?: Record<string, string> } & Partial<typeof route & { secret: string }> = {},
): string =>
  checkForm(eventOf(headers), new URLSearchParams({ form: token }), {
    secret,
    ...route,
    ...changed,
  });

describe('the token of a form', () => {
  const token = newFormToken(secret, route.key, route.path);

  test('gives its idempotency key, the same one each time', () => {
    expect(check(token)).toMatch(/^[\w-]{22}$/);
    expect(check(token)).toBe(check(token));
    expect(check(newFormToken(secret, route.key, route.path))).not.toBe(check(token));
  });

  test.each([
    ['another session', { secret: 'the secret of another session' }],
    ['another route', { key: 'POST /pages/months/{month}/reopen' }],
    ['another path of the route', { path: '/pages/months/2025-11/close' }],
  ])('is good for no %s', (_, changed) => {
    expect(() => check(token, changed)).toThrow('foreign-form');
  });

  test.each(['', '.', 'x', `${token}x`, token.slice(1), token.replace('.', '..')])(
    '%j is none',
    (wrong) => {
      expect(() => check(wrong)).toThrow('foreign-form');
    },
  );
});

describe('where a form is from', () => {
  const token = newFormToken(secret, route.key, route.path);

  test.each<Record<string, string>>([
    own,
    { origin: 'https://leifeng.example' },
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'http://leifeng.example', 'x-forwarded-proto': 'http' },
  ])('%j is this site', (headers) => {
    expect(check(token, { headers })).toBeTruthy();
  });

  test.each<Record<string, string>>([
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'http://leifeng.example' },
    { origin: 'https://leifeng.example:8443' },
    { ...own, 'sec-fetch-site': 'cross-site' },
    { ...own, 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ])('%j is not', (headers) => {
    expect(() => check(token, { headers })).toThrow('foreign-form');
  });
});

test.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', undefined])(
  'a body of type %s is no form',
  (contentType) => {
    const event = eventOf(contentType ? { 'content-type': contentType } : {});
    expect(() => fieldsIn(event, Buffer.from('a=1'))).toThrow('unsupported-media-type');
  },
);
