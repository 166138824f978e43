import '../../support/tables.ts';

import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { field, form, refusalNote } from '../../../functions/html/form.ts';
import { html } from '../../../functions/html/markup.ts';
import { pageOf } from '../../../functions/html/page.ts';
import { route } from '../../../functions/http/contract.ts';
import { serve } from '../../../functions/http/serve.ts';
import type { OpenSession } from '../../../functions/http/session.ts';
import { Rejection } from '../../../functions/refusals/decision.ts';
import { type Ask, ask, httpEvent } from '../../support/http-event.ts';

const summary = { en: 'A page', zh: '页面' };
const contract = {
  show: route({
    key: 'GET /pages/things/{id}',
    access: 'session',
    summary,
    params: z.strictObject({ id: z.string() }),
    query: z.strictObject({ part: z.string().optional() }),
    only: 'text/html',
    answer: z.object({ id: z.string() }),
  }),
  change: route({
    key: 'POST /pages/things/{id}/change',
    access: 'session',
    summary,
    params: z.strictObject({ id: z.string() }),
    body: z.strictObject({ title: z.string().min(2) }),
    only: 'text/html',
    again: 'show',
    answer: z.object({}),
  }),
  open: route({
    key: 'GET /things',
    access: 'public',
    summary,
    also: ['text/html'],
    answer: z.object({}),
  }),
};

const actor = {
  ...{ id: 'somebody', roles: ['organiser'] as const, organisationId: null, areaIds: null },
  volunteerId: '0198c0de-0000-7000-8000-0000000000a1',
};
const openSession: OpenSession = async (cookies) => {
  if (cookies.includes('__Host-session=unreadable')) throw new Error('KMS does not answer');
  return cookies.includes('__Host-session=good') ? { actor, secret: 'secret' } : undefined;
};
const change = jest.fn<(request: unknown) => Promise<{ body: object; redirect: string }>>();

const handler = serve(
  contract,
  {
    show: async ({ params }) => ({ body: { id: params.id } }),
    change: change as never,
    open: async () => ({ body: {} }),
  },
  {
    show: {
      'text/html': ({ id }, _, view) =>
        pageOf(view, {
          title: id,
          body: html`${refusalNote(view)}${form(view, {
            key: contract.change.key,
            action: `/pages/things/${id}/change`,
            submit: 'Go',
            body: field(view, { name: 'title', label: 'Title' }),
          })}`,
        }),
    },
    change: { 'text/html': () => ({ text: '', headers: {} }) },
    open: { 'text/html': (_, __, view) => pageOf(view, { title: 'Open', body: html`<p>yes</p>` }) },
  },
  openSession,
);

const browser = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };
/** What the gateway hands over of a request with a session's cookie. */
const asked = async (request: Ask, cookies: readonly string[] = ['__Host-session=good']) => {
  const event = { ...httpEvent({ ...request, headers: { ...browser, ...request.headers } }) };
  const result = await handler({ ...event, cookies: [...cookies] }, {
    getRemainingTimeInMillis: () => 10_000,
  } as never);
  return { ...result, headers: result.headers ?? {}, text: String(result.body ?? '') };
};

const show: Ask = { route: contract.show.key, params: { id: '1' } };
const tokenIn = (text: string): string => /name="form" value="([^"]+)"/.exec(text)?.[1] ?? '';
const send = async (
  fields: Record<string, string>,
  {
    headers,
    id = '1',
    query = {},
    cookies,
  }: {
    headers?: Record<string, string>;
    id?: string;
    query?: Record<string, string>;
    cookies?: string[];
  } = {},
) =>
  asked(
    {
      route: contract.change.key,
      params: { id },
      query,
      key: null,
      body: new URLSearchParams(fields).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        host: 'leifeng.example',
        origin: 'https://leifeng.example',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    },
    cookies,
  );

const evil = { headers: { origin: 'https://evil.example' } };

beforeEach(() => {
  change.mockReset();
  change.mockResolvedValue({ body: {}, redirect: '/pages/things/1' });
});

describe('a page of a session', () => {
  test('is shown to whoever has one, and kept by no cache', async () => {
    const { statusCode, headers, text } = await asked(show);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'; style-src 'sha256-"),
    });
    expect(tokenIn(text)).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
  });

  test('leads anybody else to sign in, and back', async () => {
    const { statusCode, headers, text } = await asked({ ...show, query: { part: 'a' } }, []);
    expect([statusCode, headers.location, text]).toEqual([
      303,
      `/pages/sign-in?next=${encodeURIComponent('/pages/things/1?part=a')}`,
      '',
    ]);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('a function without what opens sessions does not start', () => {
    expect(() =>
      serve(
        { show: contract.show },
        { show: async () => ({ body: { id: '' } }) },
        { show: { 'text/html': () => ({ text: '', headers: {} }) } },
      ),
    ).toThrow('sessions');
  });
});

describe('a form', () => {
  test('reaches its use case, checked and typed, and sends the browser on', async () => {
    const token = tokenIn((await asked(show)).text);
    const { statusCode, headers } = await send({ form: token, title: '义诊' });
    expect([statusCode, headers.location]).toEqual([303, '/pages/things/1']);
    expect(change).toHaveBeenCalledTimes(1);
    expect(change.mock.calls[0]?.[0]).toMatchObject({
      params: { id: '1' },
      body: { title: '义诊' },
      actor: { id: 'somebody', roles: ['organiser'], year: 2025 },
      idempotency: { key: expect.any(String), hash: expect.any(String) },
    });
  });

  test('sent twice is one command; another form is another', async () => {
    const [token, other] = [tokenIn((await asked(show)).text), tokenIn((await asked(show)).text)];
    for (const form of [token, token, other]) await send({ form, title: '义诊' });
    const keys = change.mock.calls.map(
      ([request]) => (request as { idempotency: { key: string } }).idempotency.key,
    );
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  test('that is refused is shown again, with words at its field and what was put in', async () => {
    const token = tokenIn((await asked(show)).text);
    const { statusCode, text } = await send({ form: token, title: '<' });
    expect(statusCode).toBe(400);
    expect(change).not.toHaveBeenCalled();
    expect(text).toContain('aria-invalid="true"');
    expect(text).toContain('value="&lt;"');
    expect(text).toMatch(/<p class="fault" id="f-title-fault">[^<]+<\/p>/);
    // A new token, so that the next try is a command of its own.
    expect(tokenIn(text)).not.toBe(token);
  });

  test('a refusal by a rule stands above it, or at the field that it names', async () => {
    change.mockRejectedValueOnce(new Rejection('forbidden'));
    const token = tokenIn((await asked(show)).text);
    const forbidden = await send({ form: token, title: '义诊' });
    expect([forbidden.statusCode, forbidden.text]).toEqual([
      403,
      expect.stringContaining('无权进行此操作'),
    ]);
    expect(forbidden.text).toContain('value="义诊"');
    change.mockRejectedValueOnce(new Rejection('already-exists', {}, '#/title'));
    const named = await send({ form: token, title: '义诊' });
    expect([named.statusCode, named.text]).toEqual([
      409,
      expect.stringContaining('id="f-title-fault"'),
    ]);
  });

  test('what is wrong with a field that it does not show stands in it', async () => {
    change.mockRejectedValueOnce(new Rejection('already-exists', {}, '#/version'));
    const token = tokenIn((await asked(show)).text);
    const { text } = await send({ form: token, title: '义诊' });
    expect(text).toMatch(
      /<form[^>]*>(?:(?!<\/form>).)*<div class="note bad" role="alert"><p>[^<]+/,
    );
  });

  test.each([
    ['is shown again with what was put in', true, 'x'.repeat(300 * 1024)],
    ['is shown anew when it is more than a page gives back', false, 'x'.repeat(1024 * 1024)],
  ])('that is too large %s', async (_, isKept, title) => {
    const token = tokenIn((await asked(show)).text);
    const { statusCode, headers, text } = await send({ form: token, title });
    expect([statusCode, headers['content-type']]).toEqual([413, 'text/html; charset=utf-8']);
    expect(change).not.toHaveBeenCalled();
    expect(text).toContain('256 KB');
    expect(tokenIn(text)).not.toBe('');
    expect(text.includes(`value="${title}"`)).toBe(isKept);
  });

  test('with fields that make no form is shown anew', async () => {
    const token = tokenIn((await asked(show)).text);
    const { statusCode, text } = await send({ form: token, 'title.0.a': '1', title: '义诊' });
    expect([statusCode, tokenIn(text) !== '']).toEqual([400, true]);
    expect(text).toContain('name="title" value=""');
  });

  test.each<[string, Parameters<typeof send>[1], Record<string, string>]>([
    ['too large, from another site', evil, { more: 'x'.repeat(300 * 1024) }],
    ['refused for its query, from another site', { ...evil, query: { of: 'another' } }, {}],
    ['from another site', evil, {}],
    ['from a sibling of the site', { headers: { 'sec-fetch-site': 'same-site' } }, {}],
    ['for another thing', { id: '2' }, {}],
    ['without its token', {}, { form: '' }],
  ])('%s changes nothing', async (_, changed, fields) => {
    const token = tokenIn((await asked(show)).text);
    const { statusCode, text } = await send({ form: token, title: '义诊', ...fields }, changed);
    expect(statusCode).toBe(403);
    expect(text).not.toContain('义诊');
    expect(change).not.toHaveBeenCalled();
  });

  test('after the session has ended changes nothing, and says so', async () => {
    const token = tokenIn((await asked(show)).text);
    const { statusCode, text } = await send({ form: token, title: '义诊' }, { cookies: [] });
    expect([statusCode, text]).toEqual([401, expect.stringContaining('登录已失效')]);
    expect(change).not.toHaveBeenCalled();
  });

  test('a failure of ours is a page, and never the form again', async () => {
    change.mockRejectedValueOnce(new Error('a fault in the code'));
    const token = tokenIn((await asked(show)).text);
    const { statusCode, text } = await send({ form: token, title: '义诊' });
    expect(statusCode).toBe(500);
    expect(text).not.toContain('<form');
  });
});

describe('the head of a public page', () => {
  const read: Ask = { route: contract.open.key };
  const [signIn, own] = ['>登录</a>', '>已登录 · 我的事项</a>'];

  test.each([
    ['nobody', []],
    ['whoever has another cookie', ['__Host-session=ended', 'of=another']],
    ['whoever has a session that cannot be opened', ['__Host-session=unreadable']],
  ])('leads %s to sign in, and caches may keep the page', async (_, cookies) => {
    const { statusCode, headers, text } = await asked(read, cookies);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      ...{ 'cache-control': 'public, max-age=15', vary: 'Accept, Accept-Language, Cookie' },
      etag: expect.any(String),
    });
    expect([text.includes(signIn), text.includes(own)]).toEqual([true, false]);
  });

  test('says to whoever has a session that they are signed in, and no cache keeps that page', async () => {
    const { headers, text } = await asked(read);
    expect(headers).toMatchObject({
      ...{ 'cache-control': 'private, no-store', vary: 'Accept, Accept-Language, Cookie' },
    });
    expect(headers).not.toHaveProperty('etag');
    expect([text.includes(signIn), text.includes(own)]).toEqual([false, true]);
    // But for that, it is the page that everybody sees.
    const anonymous = (await asked(read, [])).text;
    expect(text.replace(own, signIn)).toBe(anonymous);
    // What a cache has kept for everybody is not said to be the same.
    const { etag } = (await asked(read, [])).headers;
    expect((await asked({ ...read, headers: { 'if-none-match': String(etag) } })).statusCode).toBe(
      200,
    );
  });

  test('is none of JSON, which is the same for everybody', async () => {
    const { headers } = await asked({ ...read, headers: { accept: 'application/json' } });
    expect(headers).toMatchObject({
      ...{ 'cache-control': 'public, max-age=15', vary: 'Accept, Accept-Language' },
    });
  });

  test.each([
    [['__Host-session=good'], own],
    [[], signIn],
  ])('of a refusal too: %j', async (cookies, expected) => {
    const { statusCode, headers, text } = await asked({ ...read, query: { lang: 'fr' } }, cookies);
    expect([statusCode, headers['cache-control']]).toEqual([400, 'no-store']);
    expect(text).toContain(expected);
  });
});

describe('the language of a page', () => {
  const read = (query: Record<string, string>, headers: Record<string, string> = {}) =>
    ask(handler, { route: contract.open.key, query, headers: { ...browser, ...headers } });

  test.each([
    [{}, {}, 'zh-CN'],
    [{ lang: 'en' }, {}, 'en'],
    [{ lang: 'zh-CN' }, { 'accept-language': 'en' }, 'zh-CN'],
    [{}, { 'accept-language': 'en' }, 'en'],
  ])('%j and %j: %s', async (query, headers, expected) => {
    const {
      status,
      headers: sent,
      body,
    } = await read(query as Record<string, string>, headers as Record<string, string>);
    expect([status, sent['content-language']]).toEqual([200, expected]);
    expect(body).toContain(`<html lang="${expected}">`);
  });

  test('another language is refused: as a page to a browser, as problem+json to a program', async () => {
    const page = await read({ lang: 'fr' });
    expect([page.status, page.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
    const { status, body } = await ask(handler, {
      route: contract.open.key,
      query: { lang: 'fr' },
    });
    expect([status, body.errors]).toEqual([
      400,
      [
        {
          in: 'query',
          name: 'lang',
          code: 'not-allowed',
          detail: expect.any(String),
          allowed: ['zh-CN', 'en'],
        },
      ],
    ]);
  });
});
